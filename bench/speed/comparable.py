"""Whether the generators have made the same site: as many pages of each kind, the same titles, the same words in each post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["TOLERANCE", "Contents", "contents", "differences"]

TOLERANCE = 0.02  # of a post's words: generators treat quotes, and code with punctuation in it, a little differently
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Contents:
    """What a built site has: the words of each post by its slug, its title, and how many pages of other kinds there are."""

    titles: Mapping[str, str]
    words: Mapping[str, int]
    lists: int
    tags: int
    entries: int


def contents(output: Path) -> Contents:
    """What the site in `output` has. The text of a post is the element of the class `e-content`, its title the `h1`."""
    titles: dict[str, str] = {}
    words: dict[str, int] = {}
    for path in sorted(output.glob("posts/*/index.html")):
        page = html.document_fromstring(path.read_bytes(), html.HTMLParser(encoding="utf-8"))
        slug = path.parent.name
        titles[slug] = " ".join(heading.text_content().strip() for heading in page.iter("h1"))
        words[slug] = sum(len(element.text_content().split()) for element in page.find_class("e-content"))
    feed = output / "feed.xml"
    return Contents(
        titles=titles,
        words=words,
        lists=sum(1 for _ in output.glob("page/*/index.html")) + (output / "index.html").is_file(),
        tags=sum(1 for _ in output.glob("tags/*/index.html")),
        entries=len(re.findall(r"<entry[ >]", feed.read_text(encoding="utf-8"))) if feed.is_file() else 0,
    )


def differences(sites: Mapping[str, Contents]) -> list[str]:
    """What each site has that the first has not, or the other way round, as sentences; none where they can be compared."""
    (first, model), *others = sites.items()
    return [f"{name}: {found} ({first} is what it is held to)" for name, other in others for found in _differences(model, other)]


def _differences(model: Contents, other: Contents) -> Iterator[str]:
    for kind, wanted, made in (
        ("pages of posts", len(model.titles), len(other.titles)),
        ("pages of the index", model.lists, other.lists),
        ("pages of tags", model.tags, other.tags),
        ("entries in the feed", model.entries, other.entries),
    ):
        if made != wanted:
            yield f"{made} {kind}, and not {wanted}"
    slugs = sorted(model.titles.keys() & other.titles.keys())
    titles = [
        f"{slug} is {other.titles[slug]!r}, and not {model.titles[slug]!r}" for slug in slugs if other.titles[slug] != model.titles[slug]
    ]
    words = [
        f"{slug} has {other.words[slug]} words, and not {model.words[slug]}"
        for slug in slugs
        if abs(other.words[slug] - model.words[slug]) > TOLERANCE * model.words[slug]
    ]
    for kind, found in (("titles", titles), ("words", words)):
        if found:
            more = f", and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            yield f"other {kind}: {'; '.join(found[:SHOWN])}{more}"
