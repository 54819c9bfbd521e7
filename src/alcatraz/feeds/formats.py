"""Feeds: Atom (RFC 4287) and JSON Feed 1.1, from one value, with all of each post's content.

The label that says who wrote a post travels with it. In Atom it is a category of its own scheme, which every reader
shows or passes over as it does any category: `<category scheme="tag:alcatraz.example,2026:label" term="ai"
label="Written by AI"/>`. In JSON Feed it is the extension `"_alcatraz": {"about": …, "label": "ai"}`, where `about` is
the page on which the blog explains its labels.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alcatraz.dates import iso

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from alcatraz.content.labels import Label

__all__ = ["LABEL_SCHEME", "Author", "Entry", "Feed", "atom", "atom_entry", "json_entry", "json_feed"]

LABEL_SCHEME = "tag:alcatraz.example,2026:label"
"""The scheme of a label's category: a tag URI (RFC 4151), so it names something and is never fetched."""

# What XML 1.0 cannot hold, not even as a reference (section 2.2), and what UTF-8 cannot: lone surrogates.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

FEED_END = "\n</feed>"
OBJECT_END = "\n}"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote something, and the page about them."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One post. `url` is its permalink and its id, and never changes; dates have an offset from UTC.

    `content` is HTML, or what gives it, the rest is text. Addresses are absolute, those in the content too: absolute.py makes them so.
    """

    url: str
    title: str
    published: datetime
    updated: datetime
    content: str | Callable[[], str]
    summary: str = ""
    categories: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    label: Label | None = None
    image: str | None = None
    language: str | None = None

    @property
    def html(self) -> str:
        """The content."""
        return self.content if isinstance(self.content, str) else self.content()

    def __post_init__(self) -> None:
        """Refuses a date that RFC 3339 could not write."""
        if not (self.published.tzinfo and self.updated.tzinfo):
            raise ValueError(f"a date of {self.url} has no offset from UTC")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of at least one entry, newest first. `home` is the page it belongs to, and its id.

    `about_labels` is the page that says what the labels mean.
    """

    title: str
    home: str
    language: str
    entries: tuple[Entry, ...]
    description: str = ""
    authors: tuple[Author, ...] = ()
    icon: str | None = None
    about_labels: str | None = None

    def __post_init__(self) -> None:
        """Refuses a feed that would have to ask the clock."""
        if not self.entries:
            raise ValueError("a feed without entries has no moment of its last change, and is not written")

    @property
    def updated(self) -> datetime:
        """The moment of the last change: that of an entry, never the clock's."""
        return max(entry.updated for entry in self.entries)


def atom(feed: Feed, url: str, written: Callable[[Entry, str], bytes] | None = None) -> bytes:
    """The feed as Atom, to be found at `url`. The same bytes for the same values.

    `written` is atom_entry, for many feeds one that remembers: a post stands in the feed of each of its tags.
    """
    # ElementTree can only write Atom's namespace as the default one if no attribute is without a namespace, so the
    # prefixes are plain text here.
    root = ET.Element(
        "feed",
        {"xmlns": "http://www.w3.org/2005/Atom", "xmlns:media": "http://search.yahoo.com/mrss/", "xml:lang": feed.language},
    )
    _add(root, "id", feed.home)
    _add(root, "title", feed.title)
    if feed.description:
        _add(root, "subtitle", feed.description)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    _add(root, "link", rel="self", type="application/atom+xml", href=url)
    _add(root, "updated", iso(feed.updated))
    _add_authors(root, feed.authors)
    if feed.icon:
        _add(root, "icon", feed.icon)
    head = f'<?xml version="1.0" encoding="utf-8"?>\n{_text(root).removesuffix(FEED_END)}\n'
    entries = [(written or atom_entry)(entry, feed.language) for entry in feed.entries]
    return b"".join([head.encode(), b"\n".join(entries), f"{FEED_END}\n".encode()])


def atom_entry(entry: Entry, language: str) -> bytes:
    """An entry of a feed in `language`."""
    other = {"xml:lang": entry.language} if entry.language and entry.language != language else {}
    element = ET.Element("entry", other)
    _add(element, "id", entry.url)
    _add(element, "title", entry.title)
    _add(element, "link", rel="alternate", type="text/html", href=entry.url)
    _add(element, "published", iso(entry.published))
    _add(element, "updated", iso(entry.updated))
    _add_authors(element, entry.authors)
    for category in entry.categories:
        _add(element, "category", term=category)
    if entry.label:
        _add(element, "category", scheme=LABEL_SCHEME, term=entry.label.name, label=entry.label.text)
    if entry.image:
        _add(element, "media:thumbnail", url=entry.image)
    if entry.summary:
        _add(element, "summary", entry.summary)
    _add(element, "content", entry.html, type="html")
    return _text(element).encode()


def _text(element: ET.Element) -> str:
    ET.indent(element, space="")
    text: str = ET.tostring(element, encoding="unicode")
    return text


def _add_authors(parent: ET.Element, authors: tuple[Author, ...]) -> None:
    for author in authors:
        element = _add(parent, "author")
        _add(element, "name", author.name)
        if author.url:
            _add(element, "uri", author.url)


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, {key: _clean(value) for key, value in attributes.items()})
    if text is not None:
        element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold. HTML shows them as nothing, so nobody misses them."""
    return FORBIDDEN.sub("", text)


def json_feed(feed: Feed, url: str, written: Callable[[Entry, str, str | None], bytes] | None = None) -> bytes:
    """The feed as JSON Feed, to be found at `url`. The same bytes for the same values; `written` is json_entry, as in atom.

    Source: https://www.jsonfeed.org/version/1.1/
    """
    top = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": url,
        "description": feed.description,
        "icon": feed.icon,
        "language": feed.language,
        "authors": _json_authors(feed.authors),
    }
    head = f'{_json(_present(top)).removesuffix(OBJECT_END)},\n "items": [\n'
    items = [(written or json_entry)(entry, feed.language, feed.about_labels) for entry in feed.entries]
    return b"".join([head.encode(), b",\n".join(items), f"\n ]{OBJECT_END}\n".encode()])


def json_entry(entry: Entry, language: str, about_labels: str | None) -> bytes:
    """An item of a feed in `language`, indented as it stands there; in JSON no text has a line feed."""
    item = _json(_json_item(entry, language, about_labels)).replace("\n", "\n  ")
    return f"  {item}".encode()


def _json(value: dict[str, Any]) -> str:
    # JSON writes control characters as references; a lone surrogate is the only thing left that UTF-8 cannot hold.
    return FORBIDDEN.sub("", json.dumps(value, ensure_ascii=False, indent=1))


def _json_item(entry: Entry, language: str, about_labels: str | None) -> dict[str, Any]:
    label = _present({"about": about_labels, "label": entry.label.name}) if entry.label else None
    item = {
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": iso(entry.published),
        "date_modified": iso(entry.updated),
        "authors": _json_authors(entry.authors),
        "tags": list(entry.categories),
        "language": entry.language if entry.language != language else None,
        "_alcatraz": label,
    }
    return _present(item)


def _json_authors(authors: tuple[Author, ...]) -> list[dict[str, Any]]:
    return [_present({"name": author.name, "url": author.url}) for author in authors]


def _present(values: dict[str, Any]) -> dict[str, Any]:
    """Only what is there: a key without a value says nothing."""
    return {key: value for key, value in values.items() if value}
