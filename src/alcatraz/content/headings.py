"""Headings: an anchor for each, and the table of contents."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from pelican.utils import slugify

from alcatraz.content.document import TocEntry
from alcatraz.content.notes import NOTEREF
from alcatraz.content.tags import INSIDE, StartTag, each_start_tag, identifiers, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["set_headings"]

LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
TAG = re.compile(rf"</?[a-z]{INSIDE}(?:>|\Z)", re.IGNORECASE)
LINK = re.compile(rf"</?a\b{INSIDE}(?:>|\Z)", re.IGNORECASE)
SLUG = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))


def set_headings(html: str) -> tuple[str, tuple[TocEntry, ...], frozenset[str]]:
    """Gives each heading an anchor that links to itself; returns the HTML, the contents and every anchor in it."""
    taken = identifiers(html)
    numbers: dict[str, int] = {}  # how far each anchor has been counted, so that equal headings do not begin again at 1
    entries: list[TocEntry] = []
    parts: list[str] = []
    position = 0
    for start, end in _headings(html):
        tag, inner = StartTag(start["name"], start["inside"]), html[start.end() : end.start()]
        shown = _shown(inner)
        anchor = tag.get("id")
        if not anchor:
            anchor = _unused(_slug(shown), taken, numbers)
            taken.add(anchor)
            tag = StartTag(tag.written_name, f' id="{anchor}"{tag.changed(_without_id).inside}')
        if shown:  # a link without words is announced and leads nobody anywhere
            entries.append(TocEntry(anchor, shown, int(tag.name[1])))
        text = f'<a href="#{escape(anchor)}">{inner}</a>' if shown and not LINK.search(inner) else inner
        parts += (html[position : start.start()], str(tag), text)
        position = end.start()
    return "".join(parts) + html[position:], _tree(iter(entries)), frozenset(taken)


def _headings(html: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The start and end tag of each heading; one that is never closed is none."""
    start = None
    for tag in walk(html, LEVELS):
        if tag["name"].lower() not in LEVELS:
            continue
        if not tag["end"]:
            start = tag
        elif start and start["name"].lower() == tag["name"].lower():
            yield start, tag
            start = None


def _shown(inner: str) -> str:
    """A heading as it stands in a table of contents: no links, no notes, words for pictures, no id a second time."""
    text = LINK.sub("", NOTEREF.sub("", inner)).strip()
    return each_start_tag(text, lambda tag: escape(tag.get("alt") or "", quote=False) if tag.name == "img" else tag.changed(_without_id))


def _without_id(name: str, value: str) -> str | None:
    return None if name == "id" else value


def _slug(shown: str) -> str:
    return slugify(unescape(TAG.sub("", shown)), regex_subs=SLUG) or "section"


def _unused(anchor: str, taken: set[str], numbers: dict[str, int]) -> str:
    candidate, number = anchor, numbers.get(anchor, 1)
    while candidate in taken:
        number += 1
        candidate = f"{anchor}-{number}"
    numbers[anchor] = number
    return candidate


def _tree(entries: Iterable[TocEntry]) -> tuple[TocEntry, ...]:
    """Nests headings below the nearest higher one before them."""
    root: list[TocEntry] = []
    open_: list[tuple[TocEntry, list[TocEntry]]] = []

    def close(level: int) -> None:
        while open_ and open_[-1][0].level >= level:
            entry, children = open_.pop()
            (open_[-1][1] if open_ else root).append(TocEntry(entry.id, entry.html, entry.level, tuple(children)))

    for entry in entries:
        close(entry.level)
        open_.append((entry, []))
    close(0)
    return tuple(root)
