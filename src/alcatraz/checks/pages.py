"""What the checks know of a page: facts read from its HTML in one pass, so that no tree stays in memory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alcatraz.checks.references import references_of
from alcatraz.checks.trees import attributes, elements, line, markup, parse_html, read_text, tag, text

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from alcatraz.checks.references import Reference
    from alcatraz.checks.trees import Tree

__all__ = ["Article", "Heading", "Image", "Marked", "Page", "read_page"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level is 1 for h1."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Image:
    """An <img>: what it shows, and which of alt, width and height it has."""

    src: str
    attributes: AbstractSet[str]
    line: int


@dataclass(frozen=True, slots=True)
class Marked:
    """An attribute that stands where it should not, or stands twice."""

    tag: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """The body of an article: its words, its bytes of HTML, and whether it shows a picture, a film or a frame."""

    words: int
    size: int
    pictured: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page of the output; `path` is relative to it. `size` is in bytes."""

    path: str
    size: int
    lang: str | None
    titles: tuple[str, ...]
    canonicals: tuple[str, ...]
    base: str | None
    hidden: bool
    """Whether search engines are told not to list it."""
    redirect: bool
    headings: tuple[Heading, ...]
    ids: frozenset[str]
    repeated_ids: tuple[Marked, ...]
    styled: tuple[Marked, ...]
    scripted: tuple[Marked, ...]
    images: tuple[Image, ...]
    references: tuple[Reference, ...]
    article: Article | None


IS_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
PICTURES = frozenset({"img", "picture", "video", "audio", "svg", "iframe", "object", "embed", "canvas"})

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+(?:[’'.,-][^\W\u3040-\u30ff\u3400-\u9fff]+)*")


def read_page(path: str, html: bytes) -> Page | None:
    """The facts of a page; None for a file that is no page but a piece of one, such as a search engine's proof of ownership."""
    if not IS_PAGE.search(html):
        return None
    root = parse_html(html)
    if root is None:
        return None
    return _Reading(root).page(path, len(html))


class _Reading:
    """One walk over a page's elements."""

    def __init__(self, root: Tree) -> None:
        self.root = root
        self.lang = root.get("lang")
        self.titles: list[str] = []
        self.canonicals: list[str] = []
        self.base: str | None = None
        self.hidden = False
        self.redirect = False
        self.headings: list[Heading] = []
        self.ids: set[str] = set()
        self.repeated_ids: list[Marked] = []
        self.styled: list[Marked] = []
        self.scripted: list[Marked] = []
        self.images: list[Image] = []
        self.references: list[Reference] = []
        self.bodies: list[Tree] = []
        self.articles: list[Tree] = []

    def page(self, path: str, size: int) -> Page:
        for element in elements(self.root):
            given = attributes(element)
            self._element(element, given)
            if given or tag(element) == "style":
                self._attributes(element, given)
                self.references.extend(references_of(element, given))
        bodies = self.bodies or self.articles
        return Page(
            path=path,
            size=size,
            lang=self.lang,
            titles=tuple(self.titles),
            canonicals=tuple(self.canonicals),
            base=self.base,
            hidden=self.hidden,
            redirect=self.redirect,
            headings=tuple(self.headings),
            ids=frozenset(self.ids),
            repeated_ids=tuple(self.repeated_ids),
            styled=tuple(self.styled),
            scripted=tuple(self.scripted),
            images=tuple(self.images),
            references=tuple(self.references),
            article=_article(bodies[0]) if len(bodies) == 1 else None,
        )

    def _element(self, element: Tree, given: dict[str, str]) -> None:
        name, at = tag(element), line(element)
        if name in HEADINGS:
            self.headings.append(Heading(HEADINGS[name], text(element), at))
        elif name == "img":
            self.images.append(Image(given.get("src", ""), given.keys() & {"alt", "width", "height"}, at))
        elif name == "title" and not any(True for _ in element.iterancestors("svg")):
            self.titles.append(text(element))
        elif name == "a" and "name" in given:
            self.ids.add(given["name"])
        elif name == "article":
            self.articles.append(element)
        elif name == "base" and self.base is None:
            self.base = given.get("href")
        elif name == "link" and "canonical" in given.get("rel", "").lower().split():
            self.canonicals.append(given.get("href", ""))
        elif name == "meta":
            self.hidden |= given.get("name", "").lower() == "robots" and "noindex" in given.get("content", "").lower()
            self.redirect |= given.get("http-equiv", "").lower() == "refresh"

    def _attributes(self, element: Tree, given: dict[str, str]) -> None:
        kind, at = tag(element), line(element)
        for name, value in given.items():
            if name == "id":
                if value in self.ids:
                    self.repeated_ids.append(Marked(kind, value, at))
                self.ids.add(value)
            elif name == "style":
                self.styled.append(Marked(kind, value, at))
            elif name.startswith("on"):
                self.scripted.append(Marked(kind, name, at))
            elif name == "class" and "e-content" in value.split():
                self.bodies.append(element)
            elif name in ("href", "action", "src") and value.lstrip()[:11].lower() == "javascript:":
                self.scripted.append(Marked(kind, value, at))


def _article(body: Tree) -> Article:
    pictured = any(tag(element) in PICTURES for element in elements(body))
    return Article(len(WORD.findall(read_text(body))), len(markup(body)), pictured)
