"""The addresses in a page: which elements hold one, and what a browser does with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from alcatraz.checks.stylesheets import addresses_in
from alcatraz.checks.trees import attributes, elements, line, parse_html, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alcatraz.checks.trees import Tree

__all__ = ["Reference", "Use", "references_in", "references_of"]


class Use(Enum):
    """What a browser does with an address: asks for it with the page, or only when somebody follows it."""

    RESOURCE = auto()
    LINK = auto()


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a page or a style sheet, as it is written; `where` is the tag it stands in, for the reader of a finding."""

    url: str
    use: Use
    where: str
    line: int
    weight: bool = False
    """Whether the page is heavier by what the address leads to: a style sheet, a script, a font."""


# https://html.spec.whatwg.org/multipage/links.html#linkTypes: the kinds of <link> for which a browser opens a connection.
ASKED = frozenset(
    {
        "apple-touch-icon",
        "dns-prefetch",
        "icon",
        "manifest",
        "mask-icon",
        "modulepreload",
        "preconnect",
        "prefetch",
        "preload",
        "stylesheet",
    }
)
WEIGHTY = frozenset({"modulepreload", "preload", "stylesheet"})

# The attributes that hold an address, by element. <link> and <meta> are looked at apart.
ADDRESSES: dict[str, tuple[tuple[str, Use], ...]] = {
    "a": (("href", Use.LINK), ("xlink:href", Use.LINK)),
    "area": (("href", Use.LINK),),
    "audio": (("src", Use.RESOURCE),),
    "blockquote": (("cite", Use.LINK),),
    "body": (("background", Use.RESOURCE),),
    "del": (("cite", Use.LINK),),
    "embed": (("src", Use.RESOURCE),),
    "feimage": (("href", Use.RESOURCE), ("xlink:href", Use.RESOURCE)),
    "form": (("action", Use.LINK),),
    "iframe": (("src", Use.RESOURCE),),
    "image": (("href", Use.RESOURCE), ("xlink:href", Use.RESOURCE)),
    "img": (("src", Use.RESOURCE),),
    "input": (("src", Use.RESOURCE),),
    "ins": (("cite", Use.LINK),),
    "object": (("data", Use.RESOURCE),),
    "q": (("cite", Use.LINK),),
    "script": (("src", Use.RESOURCE), ("href", Use.RESOURCE), ("xlink:href", Use.RESOURCE)),
    "source": (("src", Use.RESOURCE),),
    "track": (("src", Use.RESOURCE),),
    "use": (("href", Use.RESOURCE), ("xlink:href", Use.RESOURCE)),
    "video": (("src", Use.RESOURCE), ("poster", Use.RESOURCE)),
}
SETS = {"img": "srcset", "source": "srcset", "link": "imagesrcset"}
CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+[^,]*)?(?:,|$)")
SHARED = frozenset({"og:image", "og:url", "og:video", "og:audio", "twitter:image"})
REFRESH = re.compile(r"\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)


def references_in(html: str) -> Iterator[Reference]:
    """The addresses in a piece of HTML, such as the content of a feed's entry."""
    root = parse_html(f"<!doctype html><body>{html}".encode())
    if root is not None:
        for element in elements(root):
            if element.attrib or tag(element) == "style":
                yield from references_of(element, attributes(element))


def references_of(element: Tree, given: dict[str, str]) -> Iterator[Reference]:
    """The addresses in the attributes `given` to an element, and in its style."""
    name, at = tag(element), line(element)
    for attribute, use in ADDRESSES.get(name, ()):
        if attribute in given:
            yield Reference(given[attribute], use, f"<{name} {attribute}>", at, weight=name == "script")
    if candidates := given.get(SETS.get(name, "")):
        for url in CANDIDATE.findall(candidates):
            yield Reference(url, Use.RESOURCE, f"<{name} {SETS[name]}>", at)
    if name == "link":
        yield from _link(given, at)
    elif name == "meta":
        yield from _meta(given, at)
    styles = {"<style>": element.text if name == "style" else None, f"<{name} style>": given.get("style")}
    for where, css in styles.items():
        if css:
            yield from (Reference(url, Use.RESOURCE, where, at) for url in addresses_in(css))


def _link(given: dict[str, str], at: int) -> Iterator[Reference]:
    if "href" in given:
        kinds = frozenset(given.get("rel", "").lower().split())
        use = Use.RESOURCE if kinds & ASKED else Use.LINK
        yield Reference(given["href"], use, f'<link rel="{given.get("rel", "")}">', at, weight=bool(kinds & WEIGHTY))


def _meta(given: dict[str, str], at: int) -> Iterator[Reference]:
    content = given.get("content", "")
    name = (given.get("property") or given.get("name") or "").lower()
    if name in SHARED:
        yield Reference(content, Use.LINK, f'<meta "{name}">', at)
    elif given.get("http-equiv", "").lower() == "refresh" and (found := REFRESH.match(content)):
        yield Reference(found[1], Use.LINK, '<meta http-equiv="refresh">', at)
