"""A post's body after reading: HTML, and what is known about it. A value: nothing in it depends on other posts."""

from __future__ import annotations

from dataclasses import dataclass

from alcatraz.findings import Finding  # noqa: TC001 (dataclass field)

__all__ = ["Document", "Link", "TocEntry"]


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading in the table of contents: its anchor, its inline HTML without links, and the headings below it."""

    id: str
    html: str
    level: int
    children: tuple[TocEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture that names another file of the content tree.

    `written` is what the author typed, with escapes such as %20 read; `path` is the file it means, relative to the content folder, in POSIX form;
    `fragment` is the anchor and `query` the query, without their marks; `image` tells a picture from a link.
    """

    written: str
    path: str
    fragment: str = ""
    image: bool = False
    query: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The body of a post or a page.

    In `html` links to other files have Pelican's form, `{filename}/path` and `{static}/path`, and are resolved when
    all of the content is known. `words` counts the words that a reader reads, without code.
    """

    html: str
    words: int = 0
    toc: tuple[TocEntry, ...] = ()
    anchors: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    excerpt: str = ""
    has_code: bool = False
    has_math: bool = False
    has_notes: bool = False
    findings: tuple[Finding, ...] = ()
