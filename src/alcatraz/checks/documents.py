"""The files of a site that programs read: Atom and JSON feeds, sitemaps, and other XML."""

from __future__ import annotations

from alcatraz.checks.atom import FEED, read_atom
from alcatraz.checks.feed import Feed, Flaw, Other
from alcatraz.checks.json_feed import MARK, read_json_feed
from alcatraz.checks.rules import Rule
from alcatraz.checks.sitemaps import ROOTS, Sitemap, read_sitemap
from alcatraz.checks.trees import XMLSyntaxError, parse_xml, tag

__all__ = ["Document", "read_document"]

Document = Feed | Sitemap | Other


def read_document(path: str, content: bytes) -> Document:
    """What a file of the output says; `path` ends in .json or is that of an XML file."""
    if path.lower().endswith(".json"):
        is_feed = path.rpartition("/")[2] == "feed.json" or MARK in content
        return read_json_feed(path, content) if is_feed else Other(path, ())
    try:
        root = parse_xml(content)
    except XMLSyntaxError as error:
        remedy = "mend what writes the file: nothing can read it"
        return Other(path, (Flaw(Rule.XML_FORM, error.lineno or 0, f"the file is not well-formed XML: {error.msg}", remedy),))
    if tag(root) == FEED:
        return read_atom(path, root)
    if tag(root) in ROOTS:
        return read_sitemap(path, root, len(content))
    return Other(path, ())
