"""What a web server is to have of a built site: the files below their path, their compressed twins, and each page's policy.

As a command, this file makes a folder of a site:

    python hosting.py SITE FOLDER [--path=/blog] [--origin=https://blog.example] [--allow=JSON] [--brotli=PROGRAM]

`FOLDER/root` is what is served. `FOLDER/policies.json` holds the Content-Security-Policy of every path, and `policies.nginx`
and `policies.caddy` hold the same as the insides of a `map`. Nix runs it, with Python alone; so it needs nothing of ours.

A policy names the hashes of what is inline in the site, and nothing else that is inline is run or shown: whatever a page
should be brought to contain on its way, it does nothing. https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["HostingError", "compress", "policies", "prepare"]

# What is text already, and pays for the time; pictures, fonts and Pagefind's index are compressed as they are.
COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml", ".xsl"}
WORTH_IT = 256  # bytes; below, the header of a second file costs more than is won
FONTS = {".otf", ".ttf", ".woff", ".woff2"}
# nginx reads no word of more than 4096 bytes, and no reader should have to.
LONGEST = 3500
# What ends a word between quotes, or stands for something else there, to nginx or Caddy.
UNQUOTABLE = re.compile(r'["\\${}\x00-\x1f\x7f]')
INDEX = "pagefind/"
# Every other type makes of a script a block of data, which nobody runs.
CODE = {"", "application/ecmascript", "application/javascript", "importmap", "module", "text/ecmascript", "text/javascript"}
FETCHING = {
    "audio": "media-src",
    "embed": "object-src",
    "form": "form-action",
    "iframe": "frame-src",
    "img": "img-src",
    "object": "object-src",
    "script": "script-src",
    "source": "media-src",  # of a film; that of a picture has `srcset`
    "track": "media-src",
    "video": "media-src",
}
LINKS = {"icon": "img-src", "manifest": "manifest-src", "stylesheet": "style-src"}
# Where there is nothing to be named, what is here stands alone.
ALWAYS = {
    "default-src": {"'none'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "img-src": {"'self'"},
}
# A drawing that is opened by itself is a document, with a style of its own.
DRAWING = "default-src 'none'; frame-ancestors 'none'; img-src 'self' data:; style-src 'unsafe-inline'"
# Pagefind searches in a worker, which fetches the index and runs WebAssembly.
WORKER = "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'"


class HostingError(Exception):
    """A site asks for what its policy forbids; the text says where, and what to do."""


@dataclass
class Needs:
    """What a page must be allowed: sources, by directive; and whether it searches."""

    sources: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    searches: bool = False

    def add(self, directive: str, *sources: str) -> None:
        """Adds sources to a directive."""
        self.sources[directive].update(sources)


class Page(HTMLParser):
    """Finds out what a page needs. Addresses are resolved against the page's own, `here`."""

    def __init__(self, here: str, index: str) -> None:
        super().__init__()
        self.needs = Needs()
        self._here = here
        self._index = index
        self._inline: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what an element fetches, and what its attributes say of style and events."""
        values = {name: value or "" for name, value in attrs}
        if tag == "style":
            self._inline = ("style-src", [])
        elif tag == "script" and "src" not in values and values.get("type", "").strip().lower() in CODE:
            self._inline = ("script-src", [])
        self._attributes(values)
        self._fetches(tag, values)

    def handle_data(self, data: str) -> None:
        """Gathers the text of a style sheet or script."""
        if self._inline:
            self._inline[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        """Notes the hash of a style sheet or script that ends."""
        if self._inline and tag in {"script", "style"}:
            self.needs.add(self._inline[0], _hash("".join(self._inline[1])))
            self._inline = None

    def _attributes(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            if name == "style":
                self.needs.add("style-src-attr", "'unsafe-hashes'", _hash(value))
            elif name.startswith("on"):
                self.needs.add("script-src-attr", "'unsafe-hashes'", _hash(value))
            elif INDEX in value and urljoin(self._here, value).startswith(self._index):
                self.needs.searches = True

    def _fetches(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "link":
            for rel in values.get("rel", "").lower().split():
                if rel in LINKS:
                    self._fetch(LINKS[rel], values.get("href"))
        elif tag in FETCHING:
            for name in ("src", "data", "action"):
                self._fetch(FETCHING[tag], values.get(name))
            self._fetch("img-src", values.get("poster"))
            for candidate in values.get("srcset", "").split(", "):
                self._fetch("img-src", candidate.split()[0] if candidate.strip() else None)

    def _fetch(self, directive: str, address: str | None) -> None:
        if address is None:
            return
        whole = urlsplit(urljoin(self._here, address.strip()))
        ours = urlsplit(self._here)
        if whole.scheme == "data":
            self.needs.add(directive, "data:")
        elif whole[:2] == ours[:2]:
            self.needs.add(directive, "'self'")
        elif whole.netloc:
            self.needs.add(directive, f"{whole.scheme}://{whole.netloc}")


def prepare(site: Path, folder: Path, *, path: str, origin: str, allow: Mapping[str, list[str]] | None) -> None:
    """Makes `folder` of `site`, to be served below `path` of `origin`; where `allow` is None, without policies.

    Raises HostingError where `site` is none, or a page fetches from another host what `allow`, sources by directive, does not name.
    """
    # A flake's input is a folder in the store too: the blog's source, drafts included.
    if not (site / "index.html").is_file():
        raise HostingError("there is no index.html, so it is not a site; name what is built, as in my-blog.packages.${system}.default")
    base = "/" + "".join(f"{part}/" for part in path.split("/") if part)
    files = [file for file in sorted(site.rglob("*")) if file.is_file()]
    for file in files:
        target = folder / "root" / base.strip("/") / file.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(file.resolve())
    if allow is not None:
        _write(folder, policies({base + file.relative_to(site).as_posix(): file for file in files}, base, origin, allow))


def policies(files: Mapping[str, Path], base: str, origin: str, allow: Mapping[str, list[str]]) -> dict[str, str]:
    """The policies of files, by their paths: those of paths that need one of their own, and that of all others, as "default"."""
    index = f"{base}{INDEX}"
    needs = {path: _needs(file, f"{origin}{path}", f"{origin}{index}") for path, file in files.items() if file.suffix == ".html"}
    _refuse_strangers(needs, allow)
    given = {directive: set(sources) for directive, sources in allow.items()}
    if any(file.suffix.lower() in FONTS for file in files.values()):
        given.setdefault("font-src", set()).add("'self'")
    found = {"default": _policy((one for one in needs.values() if not one.searches), given)}
    for path, one in needs.items():
        if one.searches:
            one.add("connect-src", "'self'")
            one.add("script-src", "'self'", "'wasm-unsafe-eval'")
            found |= dict.fromkeys(sorted({path, path.removesuffix("index.html")}), _policy([one], given))
    # A worker has the policy of its own file, and not of the page that starts it.
    return found | {path: WORKER for path, file in files.items() if path.startswith(index) and file.suffix == ".js"}


def compress(root: Path, brotli: str | None = None) -> None:
    """Puts beside each file that is worth it its compressed twins, `.gz` and, where there is a program for it, `.br`."""
    for file in sorted(root.rglob("*")):
        if file.suffix not in COMPRESSED or (size := file.stat().st_size) < WORTH_IT:
            continue
        packed = gzip.compress(file.read_bytes(), mtime=0)
        if len(packed) < size:
            file.with_name(f"{file.name}.gz").write_bytes(packed)
        if brotli:
            subprocess.run([brotli, "--best", f"--output={file}.br", file], check=True)  # noqa: S603 (a program that Nix names)


def _needs(file: Path, here: str, index: str) -> Needs:
    page = Page(here, index)
    page.feed(file.read_text(encoding="utf-8"))
    page.close()
    return page.needs


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _policy(needs: Iterable[Needs], allow: Mapping[str, set[str]]) -> str:
    together: dict[str, set[str]] = {directive: set(sources) for directive, sources in ALWAYS.items()}
    for sources in (*(one.sources for one in needs), allow):
        for directive, values in sources.items():
            together.setdefault(directive, set()).update(values)
    for values in together.values():
        if len(values) > 1:
            values.discard("'none'")
    policy = "; ".join(" ".join([directive, *sorted(sources)]) for directive, sources in together.items())
    if len(policy) > LONGEST:
        hashes = policy.count("'sha256-")
        raise HostingError(
            f"the policy would have {len(policy)} bytes, with {hashes} hashes of inline styles and scripts: "
            "put what differs from page to page into files, or set contentSecurityPolicy to null"
        )
    return policy


def _refuse_strangers(needs: Mapping[str, Needs], allow: Mapping[str, list[str]]) -> None:
    strangers = {
        f"{address}: {directive} {source}"
        for address, one in needs.items()
        for directive, sources in one.sources.items()
        for source in sources
        if "://" in source and not {source, f"{source.partition(':')[0]}:", "*"} & set(allow.get(directive, []))
    }
    if strangers:
        listed = "\n  ".join(sorted(strangers))
        raise HostingError(
            f"pages fetch from other hosts, which their policy forbids:\n  {listed}\n"
            'bring what they fetch into the site, or allow the host, as in contentSecurityPolicy.img-src = [ "https://host.example" ]'
        )


def _write(folder: Path, found: Mapping[str, str]) -> None:
    # Who names a file of the site would else write the server's configuration, on a machine that only serves it.
    if strange := next((part for named in found.items() for part in named if UNQUOTABLE.search(part)), None):
        raise HostingError(
            f"{strange!r} has a character that servers take for more than itself: give the file, or what it fetches, another name"
        )
    (folder / "policies.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    lines = {**{name: policy for name, policy in found.items() if name != "default"}, r"~\.svg$": DRAWING}
    for server, end in (("nginx", ";"), ("caddy", "")):
        written = [f'default "{found["default"]}"{end}', *(f'"{name}" "{policy}"{end}' for name, policy in lines.items())]
        (folder / f"policies.{server}").write_text("".join(f"{line}\n" for line in written), encoding="utf-8")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--path", default="/")
    parser.add_argument("--origin", default="")
    parser.add_argument("--allow", type=json.loads, default={}, help="sources by directive, or null for no policies")
    parser.add_argument("--brotli")
    given = parser.parse_args()
    try:
        prepare(given.site, given.folder, path=given.path, origin=given.origin, allow=given.allow)
    except HostingError as error:
        sys.exit(f"alcatraz: {given.site}: {error}")
    compress(given.folder / "root", given.brotli)


if __name__ == "__main__":
    main()
