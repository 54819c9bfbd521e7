"""Reading an Atom feed by the rules of RFC 4287."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from alcatraz.checks.addresses import is_absolute
from alcatraz.checks.feed import Address, Draft, Entry, Feed, Flaw, moment
from alcatraz.checks.references import Reference, Use, references_in
from alcatraz.checks.rules import Rule
from alcatraz.checks.trees import line, markup, tag, text

if TYPE_CHECKING:
    from datetime import datetime

    from alcatraz.checks.trees import Tree

__all__ = ["FEED", "read_atom"]

NAMESPACE = "{http://www.w3.org/2005/Atom}"
FEED = f"{NAMESPACE}feed"

# How often an element may stand in a feed (section 4.1.1) and in an entry (4.1.2).
ONCE = ("id", "title", "updated")
AT_MOST_ONCE = {
    "feed": ("generator", "icon", "logo", "rights", "subtitle"),
    "entry": ("content", "published", "rights", "source", "summary"),
}
KNOWN = {
    "feed": {*ONCE, *AT_MOST_ONCE["feed"], "author", "category", "contributor", "entry", "link"},
    "entry": {*ONCE, *AT_MOST_ONCE["entry"], "author", "category", "contributor", "link"},
}
TEXTS = ("title", "subtitle", "summary", "rights")
DATES = ("updated", "published")
PERSONS = ("author", "contributor")
TEXT_TYPES = ("text", "html", "xhtml")
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:\s*;.*)?")
TAG = re.compile(r"<[^>]*>")
READERS = "a feed reader may refuse it; mend the feed's template"


def read_atom(path: str, root: Tree) -> Feed:
    """The facts of the Atom feed `root`."""
    return _Reading().feed(path, root)


class _Reading:
    """One reading of a feed."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.entry: str | None = None

    def feed(self, path: str, root: Tree) -> Feed:
        self.draft.own = _link(root, "self")
        self._members(root, "feed")
        if (identity := _text(root, "id")) and not is_absolute(identity):
            message = f"the id of the feed is {identity}, which is no whole address"
            self._flaw(root, message, "use the address of the site or the feed, with SITEURL", Rule.FEED_ID)
        entries = root.findall(f"{NAMESPACE}entry")
        if root.find(f"{NAMESPACE}author") is None:
            for entry in entries:
                if entry.find(f"{NAMESPACE}author") is None and entry.find(f"{NAMESPACE}source/{NAMESPACE}author") is None:
                    self._flaw(entry, "an entry has no author, and the feed has none either", "give the feed an <author>")
        for entry in entries:
            self._entry(entry)
        return self.draft.feed(path)

    def _flaw(self, element: Tree, message: str, remedy: str = READERS, rule: Rule = Rule.ATOM_ELEMENTS) -> None:
        self.draft.flaws.append(Flaw(rule, line(element), message, remedy, self.entry))

    def _address(self, element: Tree, url: str, where: str, use: Use = Use.LINK) -> None:
        self.draft.addresses.append(Address(Reference(url, use, where, line(element)), self.entry))

    def _entry(self, entry: Tree) -> None:
        self.entry = _link(entry, "alternate")
        self._members(entry, "entry")
        content = entry.find(f"{NAMESPACE}content")
        if content is None and self.entry is None:
            self._flaw(entry, "an entry has neither content nor a link to its page")
        if content is not None and "src" in content.attrib and entry.find(f"{NAMESPACE}summary") is None:
            self._flaw(entry, "an entry's content is elsewhere, and it has no summary")
        self.draft.entries.append(
            Entry(
                id=_text(entry, "id"),
                url=self.entry,
                title=_title(entry),
                published=_date(entry, "published") or _date(entry, "updated"),
                line=line(entry),
            )
        )
        self.entry = None

    def _members(self, parent: Tree, kind: str) -> None:
        members = list(parent.iterchildren(f"{NAMESPACE}*"))
        names = [tag(child).removeprefix(NAMESPACE) for child in members]
        for name in ONCE:
            if names.count(name) != 1:
                count = "no" if name not in names else "more than one"
                self._flaw(parent, f"the {kind} has {count} <{name}>")
        for name in AT_MOST_ONCE[kind]:
            if names.count(name) > 1:
                self._flaw(parent, f"the {kind} has more than one <{name}>")
        for child, name in zip(members, names, strict=True):
            if name not in KNOWN[kind]:
                self._flaw(child, f"<{name}> may not stand in a {kind} of Atom")
            self._member(child, name)
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in parent.findall(f"{NAMESPACE}link")
            if link.get("rel", "alternate") == "alternate"
        ]
        if len(alternates) != len(set(alternates)):
            self._flaw(parent, f"the {kind} has two links to its page of the same type and language")

    def _member(self, element: Tree, name: str) -> None:
        if name in TEXTS:
            self._markup(element, name, element.get("type", "text"))
        elif name in DATES:
            self._date(element, name)
        elif name in PERSONS:
            self._person(element, name)
        elif name in ("icon", "logo"):
            self._address(element, (element.text or "").strip(), f"<{name}>", Use.RESOURCE)
        elif name == "content":
            self._content(element)
        elif name == "link":
            self._link(element)
        elif name == "category" and not element.get("term"):
            self._flaw(element, "<category> has no term")
        elif name == "generator" and (uri := element.get("uri")):
            self._address(element, uri, "<generator uri>")

    def _date(self, element: Tree, name: str) -> None:
        value = (element.text or "").strip()
        if moment(value) is None:
            remedy = "write it as 2026-11-22T09:30:00+01:00"
            self._flaw(element, f"<{name}> is {value!r}, which is not a date of RFC 3339", remedy, Rule.FEED_DATE)

    def _link(self, element: Tree) -> None:
        if href := element.get("href"):
            self._address(element, href, f'<link rel="{element.get("rel", "alternate")}">')
        else:
            self._flaw(element, "<link> has no href")

    def _person(self, element: Tree, name: str) -> None:
        for part, needed in (("name", True), ("uri", False), ("email", False)):
            count = len(element.findall(NAMESPACE + part))
            if count > 1 or (needed and not _text(element, part)):
                self._flaw(element, f"<{name}> has {'no' if count <= 1 else 'more than one'} <{part}>")
        if uri := _text(element, "uri"):
            self._address(element, uri, f"<{name}> <uri>")

    def _content(self, element: Tree) -> None:
        kind = element.get("type", "text")
        if src := element.get("src"):
            self._address(element, src, "<content src>")
            if len(element) or (element.text or "").strip():
                self._flaw(element, "<content> has both a src and content")
        elif kind in TEXT_TYPES:
            self._markup(element, "content", kind)
        elif not MEDIA_TYPE.fullmatch(kind):
            self._flaw(element, f"<content> is of the type {kind!r}, which Atom does not know")

    def _markup(self, element: Tree, name: str, kind: str) -> None:
        if kind not in TEXT_TYPES:
            self._flaw(element, f"<{name}> is of the type {kind!r}, which Atom does not know")
            return
        children = [tag(child) for child in element.iterchildren("*")]
        if kind == "xhtml" and children != ["{http://www.w3.org/1999/xhtml}div"]:
            self._flaw(element, f"<{name}> is XHTML without the one <div> that should hold it")
        if kind != "xhtml" and children:
            self._flaw(element, f"<{name}> of the type {kind} has elements in it", "escape its HTML, or call it xhtml")
        html = markup(element).decode() if children else element.text or ""
        if kind == "text":
            return
        for reference in references_in(html):
            self._address(element, reference.url, reference.where, reference.use)


def _link(parent: Tree, relation: str) -> str | None:
    links = (link for link in parent.findall(f"{NAMESPACE}link") if link.get("rel", "alternate") == relation)
    return next((link.get("href") for link in links), None)


def _text(parent: Tree, name: str) -> str:
    return (parent.findtext(NAMESPACE + name) or "").strip()


def _date(parent: Tree, name: str) -> datetime | None:
    return moment(_text(parent, name))


def _title(entry: Tree) -> str:
    title = entry.find(f"{NAMESPACE}title")
    if title is None:
        return ""
    if title.get("type") == "html":
        return " ".join(unescape(TAG.sub("", title.text or "")).split())
    return text(title)
