"""Runs Pagefind so that its search index is the same bytes for the same pages, and nothing but what a search page needs.

Run as a command on a folder, Pagefind 1.5.2 does not write the same bytes twice. Found by experiment (60 and 1,000 pages;
orders of the files, paths, threads and processors varied) and in its source:

- pages are numbered in the order in which the file system lists them: in another order nearly every file differs;
- `pagefind-entry.json` names the languages in random order;
- the values of a filter are in random order, and so are two or more keys to sort by.

The last two are mended in its repository (https://github.com/Pagefind/pagefind/pull/1124) and not yet released. So pages
are handed over one by one, in order of their addresses, through the protocol that Pagefind's own Python package speaks
(`pagefind --service`: JSON in base64, ended by commas, both ways), the entry file is sorted afterwards, and search.py
refuses filters and second sort keys. With that, every variation gave the same bytes.

Two more things that the experiments showed: the Python package takes a tenth of a second for every page, which is why
it is not used; and asked to write files (WriteFiles), 1.5.2 answers before they are whole, so they are asked for (GetFiles).
"""

from __future__ import annotations

import base64
import contextlib
import fnmatch
import importlib
import importlib.metadata
import json
import subprocess
import tempfile
from typing import TYPE_CHECKING, Any

from alcatraz.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

__all__ = ["EXTENDED", "finds_words_of", "make_index", "version"]

# Of Pagefind's two packages the larger one, for a blog whose lock names it, also parts words that have no space between.
EXTENDED, PLAIN = "pagefind_bin_extended", "pagefind_bin"

# Found by experiment with 1.5.2, a sentence and its words for each: without the larger package the first word alone is
# found. Korean needs no parting; Khmer, Lao and Burmese are not parted by either package.
PARTED = frozenset({"ja", "th", "zh"})

# A search page loads pagefind.js, and through it the worker, the WebAssembly and the index. These are what is left.
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
ENTRY = "pagefind-entry.json"


def version() -> str:
    """Which Pagefind is installed: its package and its version. Raises ToolError where none is."""
    name = _package().__name__
    try:
        return f"{name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError as error:
        raise _missing() from error


def finds_words_of(language: str) -> bool:
    """Whether each word of a text in this language can be found, as far as any Pagefind can do that. Raises ToolError."""
    return language.partition("-")[0].lower() not in PARTED or _package().__name__ == EXTENDED


def make_index(pages: Mapping[str, str], language: str | None = None) -> dict[str, bytes]:
    """The files of the search index of `pages` (address to HTML), by path; they hang together and belong in one folder.

    With `language` there is one index in that language, whatever the pages say. Raises ToolError.
    """
    requests: list[dict[str, Any]] = [{"type": "NewIndex", "config": {"force_language": language.lower()} if language else {}}]
    requests += ({"type": "AddFile", "index_id": 0, "url": url, "file_contents": html} for url, html in sorted(pages.items()))
    requests.append({"type": "GetFiles", "index_id": 0})
    files = {file["path"]: base64.b64decode(file["content"]) for file in _converse(requests)["files"]}
    return dict(sorted(_needed(files).items()))


def _needed(files: dict[str, bytes]) -> dict[str, bytes]:
    entry = json.loads(files[ENTRY])
    unused = list(UNUSED)
    if all(language["wasm"] for language in entry["languages"].values()):
        # The program for languages that Pagefind has no stemmer for.
        unused.append("wasm.unknown.pagefind")
    kept = {path: data for path, data in files.items() if not any(fnmatch.fnmatch(path, each) for each in unused)}
    kept[ENTRY] = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return kept


def _converse(requests: list[dict[str, Any]]) -> dict[str, Any]:
    """Pagefind's answer to the last of the requests.

    Nothing around it may decide: no environment (it reads PAGEFIND_…), an empty working folder (it reads pagefind.toml).
    """
    with (
        tempfile.TemporaryDirectory() as empty,
        tempfile.TemporaryFile() as log,
        subprocess.Popen(  # noqa: S603 (no shell, and the program comes from the locked package)
            [_program(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=empty, env={}
        ) as process,
    ):
        try:
            # Pagefind reads its input to the end whatever becomes of its output, so sending everything first cannot
            # block; the input stays open until the last answer is there, since Pagefind stops where its input ends.
            with contextlib.suppress(BrokenPipeError):
                _send(requests, process.stdin)
            for answer in _answers(process.stdout):
                payload: dict[str, Any] = answer["payload"]
                if payload["type"] == "Error":
                    raise _failed(str(payload["message"]))
                if answer["message_id"] == len(requests):
                    return payload
            log.seek(0)
            raise _failed(log.read().decode(errors="replace"))
        except (ValueError, KeyError) as error:
            raise _failed("its answer cannot be read") from error
        finally:
            process.kill()
            with contextlib.suppress(BrokenPipeError):
                process.communicate()


def _send(requests: list[dict[str, Any]], stream: Any) -> None:
    for number, request in enumerate(requests, start=1):
        message = json.dumps({"message_id": number, "payload": request}, ensure_ascii=False)
        stream.write(base64.b64encode(message.encode(errors="replace")) + b",")
    stream.flush()


def _answers(stream: Any) -> Iterator[dict[str, Any]]:
    parts: list[bytes] = []
    while data := stream.read1(1 << 20):
        *ends, rest = data.split(b",")
        for end in ends:
            yield json.loads(base64.b64decode(b"".join([*parts, end])))
            parts.clear()
        parts.append(rest)


def _program() -> str:
    try:
        return str(_package().get_executable())
    except FileNotFoundError as error:
        raise _missing() from error


def _package() -> ModuleType:
    for name in (EXTENDED, PLAIN):
        with contextlib.suppress(ImportError):
            return importlib.import_module(name)
    raise _missing()


def _missing() -> ToolError:
    return ToolError("the search program Pagefind is not installed", remedy="install what poetry.lock names, or build without search")


def _failed(why: str) -> ToolError:
    first = next((line.strip() for line in why.splitlines() if line.strip()), "it ended without a word")
    return ToolError(f"Pagefind did not make the search index: {first}", remedy="run it again; if it stays, build without search")
