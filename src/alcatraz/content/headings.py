"""Headings: an anchor for each, and the table of contents."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from pelican.utils import slugify

from alcatraz.content.document import TocEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ANY_ID", "set_headings"]

HEADING = re.compile(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.DOTALL)
ID = re.compile(r'\bid="([^"]*)"')
ANY_ID = re.compile(r'<[a-z][^>]*\sid="([^"]*)"')
TAG = re.compile(r"<[^>]+>")
LINK = re.compile(r"</?a\b[^>]*>")
SLUG = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))


def set_headings(html: str) -> tuple[str, tuple[TocEntry, ...], frozenset[str]]:
    """Gives each heading an anchor that links to itself; returns the HTML, the contents and every anchor in it."""
    taken = set(ANY_ID.findall(html))
    entries: list[TocEntry] = []

    def replace(found: re.Match[str]) -> str:
        level, attributes, inner = int(found[1]), found[2], found[3]
        given = ID.search(attributes)
        if given:
            anchor = given[1]
        else:
            anchor = _unused(_slug(inner), taken)
            taken.add(anchor)
            attributes = f' id="{anchor}"{attributes}'
        plain = LINK.sub("", inner)
        entries.append(TocEntry(anchor, plain, level))
        text = f'<a href="#{anchor}">{inner}</a>' if plain == inner else inner
        return f"<h{level}{attributes}>{text}</h{level}>"

    html = HEADING.sub(replace, html)
    return html, _tree(iter(entries)), frozenset(taken)


def _slug(inner: str) -> str:
    return slugify(unescape(TAG.sub("", inner)), regex_subs=SLUG) or "section"


def _unused(anchor: str, taken: set[str]) -> str:
    candidate, number = anchor, 1
    while candidate in taken:
        number += 1
        candidate = f"{anchor}-{number}"
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
