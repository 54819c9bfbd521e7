"""For search engines: sitemap.xml (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

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
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for location in sorted(locations, key=lambda each: each.url):
        changed = [f"<lastmod>{iso(location.modified)}</lastmod>"] if location.modified else []
        lines += ["<url>", f"<loc>{escape(location.url)}</loc>", *changed, "</url>"]
    return "\n".join([*lines, "</urlset>", ""]).encode()


def robots(sitemap_url: str) -> bytes:
    """Everybody may read everything, and here is the list."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n".encode()
