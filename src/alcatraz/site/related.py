"""What posts have to do with one another: the ones before and after, those on the same subjects, and series."""

from __future__ import annotations

import heapq
import itertools
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

__all__ = ["Post", "in_order", "neighbours", "related", "series"]

MOST = 3
TAGS_THAT_COUNT = 5
# A post is found by at most MOST others before it in a list that holds the post itself and those already chosen.
DEPTH = 2 * MOST


@dataclass(frozen=True, slots=True)
class Post:
    """What must be known of a post to relate it to others. Slugs differ from one another; dates have an offset."""

    slug: str
    date: datetime
    tags: tuple[str, ...] = ()
    series: str | None = None


def in_order(posts: Sequence[Post]) -> list[int]:
    """The posts' positions in `posts`, oldest first; the slug decides between posts of one moment."""
    return sorted(range(len(posts)), key=lambda index: (posts[index].date, posts[index].slug))


def neighbours(posts: Sequence[Post]) -> list[tuple[int | None, int | None]]:
    """For each post the positions of the one before it in time and the one after."""
    order = in_order(posts)
    found: list[tuple[int | None, int | None]] = [(None, None)] * len(posts)
    for before, index, after in zip([None, *order], order, [*order[1:], None], strict=False):
        found[index] = (before, after)
    return found


def series(posts: Sequence[Post]) -> dict[str, list[int]]:
    """The positions of each series' posts, oldest first."""
    found: dict[str, list[int]] = {}
    for index in in_order(posts):
        if name := posts[index].series:
            found.setdefault(name, []).append(index)
    return found


def related(posts: Sequence[Post]) -> list[list[int]]:
    """For each post the positions of at most three others that share tags with it, the nearest in subject first.

    A shared tag counts by its rarity (inverse document frequency); among equals the newer post comes first, then the
    slug decides. Of a post with many tags the five rarest count.

    Comparing every post with every other would take a hundred million steps for 10,000 posts. Instead, each post is put
    down under every set that can be made of its tags (at most 31), and looks for company under its own sets, from the
    rarest to the commonest: what it meets first shares the most with it. So the work grows as the number of posts does.
    """
    frequency = Counter(tag for post in posts for tag in dict.fromkeys(post.tags))
    # Rarest first; names decide among equals, so that the same five count on every machine.
    rank = {tag: index for index, tag in enumerate(sorted(frequency, key=lambda tag: (frequency[tag], tag)))}
    # Rarities are multiplied where textbooks add their logarithms: the order is the same, and unlike `log`, division
    # and multiplication round alike on every machine (IEEE 754).
    rarity = [(len(posts) + 1) / frequency[tag] for tag in rank]
    tags = [tuple(sorted({rank[tag] for tag in post.tags})[:TAGS_THAT_COUNT]) for post in posts]

    newest_first = sorted(range(len(posts)), key=lambda index: posts[index].slug)
    newest_first.sort(key=lambda index: posts[index].date, reverse=True)
    place = {index: position for position, index in enumerate(newest_first)}
    company: dict[tuple[int, ...], list[int]] = {}
    for index in newest_first:
        for some in _subsets(tags[index]):
            members = company.setdefault(some, [])
            if len(members) < DEPTH:
                members.append(index)

    found = []
    for index, own in enumerate(tags):
        chosen: dict[int, None] = {}
        by_weight = sorted(((math.prod(rarity[tag] for tag in some), some) for some in _subsets(own)), reverse=True)
        for _, equals in itertools.groupby(by_weight, key=lambda each: each[0]):
            for other in heapq.merge(*(company[some] for _, some in equals), key=place.__getitem__):
                if other != index and len(chosen) < MOST:
                    chosen[other] = None
            if len(chosen) == MOST:
                break
        found.append(list(chosen))
    return found


def _subsets(tags: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for size in range(1, len(tags) + 1):
        yield from itertools.combinations(tags, size)
