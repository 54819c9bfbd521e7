"""For search engines: sitemap.xml (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alcatraz.dates import iso

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

__all__ = ["Location", "robots", "sitemap"]


@dataclass(frozen=True, slots=True)
class Location:
    """A page that may be found: its absolute address, and when it changed last, where that is known."""

    url: str
    modified: datetime | None = None


def sitemap(locations: Iterable[Location]) -> bytes:
    """The site map, sorted by address."""
    root = ET.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for location in sorted(locations, key=lambda each: each.url):
        element = ET.SubElement(root, "url")
        ET.SubElement(element, "loc").text = location.url
        if location.modified:
            ET.SubElement(element, "lastmod").text = iso(location.modified)
    ET.indent(root, space="")
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def robots(sitemap_url: str) -> bytes:
    """Everybody may read everything, and here is the list."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n".encode()
