"""The search index of a built site, made again only when what it holds has changed."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import quote

from alcatraz.errors import OutputError, TemplateError
from alcatraz.search import pagefind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["BUNDLE", "index", "searchable"]

BUNDLE = "pagefind"
LISTING = "listing.json"
FORMAT = "1"  # of what is kept and of how pages are cut: a change of it makes every index anew

# A start tag with the attribute, and not one that merely has its name in a quoted value.
BODY = re.compile(r"""<([a-z][a-z0-9-]*)(?:\s(?:[^>"']|"[^"]*"|'[^']*')*?)?\sdata-pagefind-body(?=[\s=/>])""", re.IGNORECASE)
LANGUAGE = re.compile(r"""<html\b[^>]*?\slang\s*=\s*["']?([a-z0-9-]+)""", re.IGNORECASE)
UNSTABLE = re.compile(r"""<[a-z][^<>]*?\sdata-pagefind-(filter|sort)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)


def index(
    output: Path, cache: Path, pages: Iterable[str] | None = None, *, language: str | None = None, beside: Path | None = None
) -> bool:
    """Puts the search index of the site in `output` into its folder `pagefind`, or into that of `beside`. True when it was made anew.

    `pages` are the paths of the pages that may be found, where these are known; else every page of the site is looked at.

    What can be found is what an element with `data-pagefind-body` holds, on the pages that have one such element; its
    first `h1` is the title of the result. A site without such a page gets no index. Where nothing of that has changed
    since an earlier call, the index is taken from the folder `cache`, which keeps the latest. With `language` there is
    one index in that language, and a search finds posts in any; without, each language of the pages has its own, and a
    search page finds posts in its own language only.

    Raises ToolError when Pagefind is missing or fails, TemplateError for what it cannot index the same way twice, and
    OutputError when the index cannot be written.
    """
    target = (beside or output) / BUNDLE
    try:
        held = {_address(path): html for path, html in _searchable(output, pages)}
        shutil.rmtree(target, ignore_errors=True)
        if not held:
            return False
        kept = cache / _fingerprint(held, language)
        with _alone(cache):
            if _restore(kept, target):
                return False
            files = pagefind.make_index(held, language)
            _keep(files, kept)
            _write(files, target)
    except OSError as error:
        raise OutputError(
            f"the search index cannot be made: {error.strerror or error}",
            where=str(error.filename or target),
            remedy="see that the folder may be written to and that the disk has room",
        ) from error
    return True


def searchable(html: str) -> str | None:
    """As little of a page as gives the same index; None where the page cannot be found.

    Styles, navigation and footer stay outside, so that a change of these leaves the index as it is.
    """
    if "data-pagefind-body" not in html:
        return None
    body = BODY.search(html, max(html.find("<body"), 0))
    if not body:
        return None
    # Up to the last end tag of that name, not the element's own: too much does no harm here, as Pagefind finds the
    # element's end itself; too little would leave a change unseen.
    end = html.lower().rfind(f"</{body[1].lower()}")
    held = f"{html[body.start() : end if end > body.end() else len(html)]}</{body[1]}>"
    written = LANGUAGE.search(html)
    opening = f'<html lang="{written[1]}">' if written else "<html>"
    return f"{opening}<body>{held}</body></html>"


def _searchable(output: Path, pages: Iterable[str] | None) -> Iterator[tuple[str, str]]:
    """The path of each page that can be found, and what of it is told to Pagefind."""
    sort_keys: set[str] = set()
    for path in sorted(output.rglob("*.html") if pages is None else map(output.joinpath, pages)):
        held = searchable(path.read_text(encoding="utf-8", errors="replace"))
        if held is None:
            continue
        name = path.relative_to(output).as_posix()
        for kind, value in UNSTABLE.findall(held):
            sort_keys.update(re.split(r"[:[]", key)[0].strip() for key in value.strip("\"'").split(","))
            if kind.lower() == "filter" or len(sort_keys) > 1:
                raise TemplateError(
                    "Pagefind writes filters, and more than one sort key, in random order",
                    where=name,
                    remedy="take `data-pagefind-filter` and all but one `data-pagefind-sort` out of the template",
                )
        yield name, held


def _address(path: str) -> str:
    return quote("/" + re.sub(r"(?:^|(?<=/))index\.html$", "", path))


def _fingerprint(pages: Mapping[str, str], language: str | None) -> str:
    """A name for the index that this version of Pagefind makes of these pages."""
    made = hashlib.sha256("\0".join((FORMAT, pagefind.version(), language or "", *pages)).encode())
    for html in pages.values():
        made.update(hashlib.sha256(html.encode()).digest())
    return made.hexdigest()


@contextlib.contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Keeps a second build out while one uses the cache: it would make the same index beside it, at twice the memory.

    The lock goes with the process, however that ends.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _restore(kept: Path, target: Path) -> bool:
    """Puts the kept index into `target`. False where there is none, or it is not what was kept."""
    try:
        files = _kept_files(kept)
    except (FileNotFoundError, NotADirectoryError, AttributeError, TypeError, ValueError):
        return False
    for name, data in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.hardlink_to(kept / name)
        except OSError:  # another file system, or one without links
            path.write_bytes(data)
    return True


def _kept_files(kept: Path) -> dict[str, bytes]:
    listing: dict[str, str] = json.loads((kept / LISTING).read_bytes())
    files = {}
    for name, digest in listing.items():
        files[name] = (kept / name).read_bytes()
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise ValueError(name)
    return files


def _keep(files: Mapping[str, bytes], kept: Path) -> None:
    """Makes an index the one that is kept: whole, or not at all."""
    for other in kept.parent.iterdir():
        if other.is_dir():  # earlier ones, and what a build that was killed has left
            shutil.rmtree(other)
    new = kept.with_name("new")
    _write(files, new)
    listing = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    _write({LISTING: json.dumps(listing, indent=0).encode()}, new)
    new.rename(kept)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
