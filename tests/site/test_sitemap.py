"""The site map and robots.txt."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lxml import etree

from alcatraz.site.sitemap import Location, robots, sitemap

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_pages_stand_in_order_with_the_moment_of_their_last_change() -> None:
    """Whatever order they came in; a page of unknown age has no moment."""
    pages = [Location("https://b.example/z/?a&b"), Location("https://b.example/", datetime(2026, 11, 1, tzinfo=UTC))]
    data = sitemap(pages)
    found: Any = etree.fromstring(data).xpath("//s:loc/text() | //s:lastmod/text()", namespaces=NAMES)
    assert found == ["https://b.example/", "2026-11-01T00:00:00+00:00", "https://b.example/z/?a&b"]
    assert sitemap(reversed(pages)) == data


def test_robots_lets_everybody_in_and_shows_the_map() -> None:
    """The three lines that are needed."""
    text = robots("https://b.example/sitemap.xml").decode()
    assert text.splitlines() == ["User-agent: *", "Allow: /", "", "Sitemap: https://b.example/sitemap.xml"]
