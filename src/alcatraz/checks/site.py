"""A built site as the checks see it: its files, and the facts of each page, style sheet and feed, read once and shared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from alcatraz.checks.addresses import Addresses, Here, is_absolute
from alcatraz.checks.documents import read_document
from alcatraz.checks.feed import Feed
from alcatraz.checks.pages import Page, read_page
from alcatraz.checks.references import Reference, Use
from alcatraz.checks.rules import NEEDS_ADDRESS, OURS
from alcatraz.checks.stylesheets import addresses_in
from alcatraz.findings import Finding, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from alcatraz.checks.documents import Document
    from alcatraz.checks.nu import Nu
    from alcatraz.checks.rules import Rule

__all__ = ["Built", "Site"]

DRAFTS = "drafts/"
NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True)
class Built:
    """A site on disk and what it was made from.

    `siteurl` may have a path; that of a blog that is not of ours, `ours`, may lack a host, or be empty. `sources` says of an output path which file of the author's it was made of;
    both are relative and in POSIX form. `findings` is what the build found in the content. `nu` is the Nu HTML Checker,
    where it is at hand: `find_nu` looks for it. With `root`, the blog's folder, findings get the line in the author's file.
    """

    output: Path
    siteurl: str
    sources: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    nu: Nu | None = None
    root: Path | None = None
    ours: bool = True


class Site:
    """A built site, read as far as the checks ask for it."""

    def __init__(self, built: Built) -> None:
        self.built = built
        self.addresses = Addresses.under(built.siteurl)
        self._sources: dict[str, str] = {}

    @property
    def passed_over(self) -> frozenset[str]:
        """The rules that this site is not held to."""
        ours = frozenset() if self.built.ours else OURS
        return ours if self.addresses.has_host else ours | NEEDS_ADDRESS

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file of the output, relative to it."""
        output = self.built.output
        return frozenset(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that has a file in it or below, without a slash at the end; the output itself is ""."""
        folders = {""}
        for path in self.files:
            while (path := path.rpartition("/")[0]) and path not in folders:
                folders.add(path)
        return frozenset(folders)

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """The pages, by their path."""
        read = (read_page(path, self.read(path)) for path in self._named(".html", ".htm"))
        return {page.path: page for page in read if page}

    @cached_property
    def stylesheets(self) -> Mapping[str, tuple[Reference, ...]]:
        """What each style sheet asks for."""
        return {
            path: tuple(
                Reference(url, Use.RESOURCE, "url()", 0, weight=True) for url in addresses_in(self.read(path).decode("utf-8", "replace"))
            )
            for path in self._named(".css")
        }

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The feeds, sitemaps and other XML of the site."""
        return tuple(read_document(path, self.read(path)) for path in self._named(".xml", ".atom", ".rss", ".json"))

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """The feeds."""
        return tuple(document for document in self.documents if isinstance(document, Feed))

    def _named(self, *endings: str) -> list[str]:
        return sorted(path for path in self.files if path.lower().endswith(endings))

    def read(self, path: str) -> bytes:
        """The bytes of an output file."""
        return (self.built.output / path).read_bytes()

    def file_at(self, address: Here) -> str | None:
        """The output file that a server sends for an address; None where there is none."""
        path = address.path
        if not path or path.endswith("/"):
            path += "index.html"
        return path if path in self.files else self._without_ending.get(path)

    @cached_property
    def _without_ending(self) -> Mapping[str, str]:
        """For a host that gives out `x.html` at `x`: the pages that say so, each naming that as its canonical address."""
        found = {}
        for page in self.pages.values():
            for canonical in page.canonicals:
                address = self.addresses.read(canonical, page.path)
                if isinstance(address, Here) and f"{address.path}.html" == page.path:
                    found[address.path] = page.path
        return found

    def is_hidden(self, path: str) -> bool:
        """Whether a page is one that no list may show: a draft, an unlisted page, a redirect, the page for what is not there."""
        page = self.pages.get(path)
        return path == NOT_FOUND or path.startswith(DRAFTS) or (page is not None and (page.hidden or page.redirect))

    def page_at(self, url: str) -> str | None:
        """The output file that an absolute address leads to; None where that is not in the site, or the address not absolute."""
        address = self.addresses.read(url, "") if is_absolute(url) else None
        return self.file_at(address) if isinstance(address, Here) else None

    def source_of(self, path: str, entry: str | None = None) -> str | None:
        """The author's file that an output file is made of, or what that says of the page at the address `entry`."""
        sources = self.built.sources
        page = self.page_at(entry) if entry else None
        return sources.get(page or path) or sources.get(path)

    def finding(
        self, path: str, line: int, rule: Rule, message: str, remedy: str, *, entry: str | None = None, written: str | None = None
    ) -> Finding:
        """A finding in the output file `path`, or in what that says of the page at the address `entry`.

        It names the author's file where that is known: the line on which `written` stands there, and no line without it.
        What does not stand there is the theme's, and is named in the output.
        """
        if source := self.source_of(path, entry):
            place = self._line(source, written) if written and self.built.root else 0
            if place is not None:
                return Finding(source, place, str(rule), message, remedy)
        output, root = self.built.output, self.built.root
        return Finding(place_of(output / path, root or output.parent), line, str(rule), message, remedy)

    def _line(self, source: str, written: str) -> int | None:
        """The first line of the author's file that holds an address, as it is written there; None where none does."""
        if source not in self._sources and self.built.root:
            file = self.built.root / source
            self._sources[source] = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        text = self._sources.get(source, "")
        # A link to another page begins at the site's root; in a blog below a path the build has put that in front.
        for form in (
            written,
            unquote(written),
            written.removeprefix(self.addresses.base),
            unquote(written).removeprefix(self.addresses.base),
        ):
            if form and form != "/" and (at := text.find(form)) >= 0:
                return text.count("\n", 0, at) + 1
        return None
