"""Parsing HTML and XML: the only file that knows lxml's parsers.

lxml, because one library does for the pages and for the feeds, and at 0.2 ms a page it is no slower than Lexbor (selectolax).
It forgives what HTML does not allow: whether a page is valid is asked of a validator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Tree",
    "XMLSyntaxError",
    "attributes",
    "elements",
    "line",
    "markup",
    "parse_html",
    "parse_xml",
    "read_text",
    "tag",
    "text",
]

Tree = etree._Element  # noqa: SLF001 (lxml gives its elements no public name)
XMLSyntaxError = etree.XMLSyntaxError

READ = etree.XPath("descendant::text()[not(parent::script or parent::style)]")


def parse_html(html: bytes) -> Tree | None:
    """The root of a page in UTF-8; None where there is nothing in it."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root: Tree | None = etree.fromstring(html, parser)
    return root


def parse_xml(xml: bytes) -> Tree:
    """The root of an XML file. Raises XMLSyntaxError.

    Nothing outside the file is read and no entity expanded: it may come from anywhere, by an author's folder of static files.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)
    root: Tree = etree.fromstring(xml, parser)
    return root


def elements(root: Tree) -> Iterator[Tree]:
    """The root and every element below it, in the order of the file."""
    return root.iter(etree.Element)


def attributes(element: Tree) -> dict[str, str]:
    """The attributes of an element, in the order they are written."""
    return cast("dict[str, str]", dict(element.attrib))


def line(element: Tree) -> int:
    """The line that an element's start tag ends on; 0 where that is not known."""
    return element.sourceline or 0


def tag(element: Tree) -> str:
    """The name of an element; in XML, with its namespace in braces before it."""
    return str(element.tag)


def text(element: Tree) -> str:
    """All text of an element, its white space made single."""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def read_text(element: Tree) -> str:
    """The text of an element that people read: not that of scripts and styles."""
    return " ".join(cast("list[str]", READ(element)))


def markup(element: Tree) -> bytes:
    """An element as HTML."""
    return etree.tostring(element, encoding="utf-8", method="html", with_tail=False)
