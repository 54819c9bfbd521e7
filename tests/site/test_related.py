"""What posts have to do with one another."""

from __future__ import annotations

import itertools
import math
import random
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from alcatraz.site.related import Post, neighbours, related, series

if TYPE_CHECKING:
    from types import FrameType

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def post(slug: str, day: int = 0, *tags: str, series: str | None = None) -> Post:
    """A post some days after the first of November."""
    return Post(slug, DAY + timedelta(days=day), tags, series)


def slugs(posts: list[Post], positions: list[int]) -> list[str]:
    """Positions as names."""
    return [posts[position].slug for position in positions]


def test_posts_follow_one_another_in_time() -> None:
    """The oldest has none before it, the newest none after."""
    posts = [post("new", 3), post("old", 1), post("middle", 2)]
    assert neighbours(posts) == [(2, None), (None, 2), (1, 0)]


def test_posts_of_one_moment_follow_by_slug() -> None:
    """Whatever order they were read in."""
    posts = [post(slug) for slug in "bca"]
    for order in itertools.permutations(posts):
        chain = {
            order[index].slug: (order[before].slug if before is not None else None, order[after].slug if after is not None else None)
            for index, (before, after) in enumerate(neighbours(order))
        }
        assert chain == {"a": (None, "b"), "b": ("a", "c"), "c": ("b", None)}


def test_no_post_and_one_post() -> None:
    """There is nothing to relate."""
    assert neighbours([]) == []
    assert related([]) == []
    assert neighbours([post("a", 0, "x")]) == [(None, None)]
    assert related([post("a", 0, "x")]) == [[]]


def test_a_series_is_read_in_order_of_time() -> None:
    """With the slug between posts of one moment; other posts belong to none."""
    posts = [post("c", 5, series="S"), post("b", 1, series="S"), post("a", 1, series="S"), post("x"), post("t", 2, series="T")]
    assert series(posts) == {"S": [2, 1, 0], "T": [4]}


def test_a_rare_tag_relates_more_than_a_common_one() -> None:
    """Two common tags shared count for less than one that only two posts have."""
    posts = [post("one", 0, "rare", "common"), post("kin", 0, "rare"), *(post(f"p{day}", day, "common") for day in range(1, 9))]
    assert slugs(posts, related(posts)[0]) == ["kin", "p8", "p7"]


def test_among_equals_the_newer_comes_first_and_then_the_slug() -> None:
    """So the choice is the same on every machine."""
    posts = [post("me", 0, "x"), post("c", 1, "x"), post("b", 2, "x"), post("a", 1, "x"), post("d", 1, "x")]
    for order in itertools.permutations(posts):
        mine = next(index for index, each in enumerate(order) if each.slug == "me")
        assert slugs(list(order), related(order)[mine]) == ["b", "a", "c"]


def test_posts_without_a_shared_tag_are_not_related() -> None:
    """Nor is a post to itself; a tag given twice counts once."""
    posts = [post("a", 0, "x", "x"), post("b", 0, "y"), post("c")]
    assert related(posts) == [[], [], []]


@pytest.mark.parametrize("seed", range(5))
def test_the_choice_is_that_of_comparing_every_post_with_every_other(seed: int) -> None:
    """The short way finds what the long way finds."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    posts = [post(f"p{index:03}", chance.randrange(9), *chance.sample("abcdefgh", chance.randrange(6))) for index in range(80)]
    frequency = Counter(tag for each in posts for tag in each.tags)
    ranks = {tag: rank for rank, tag in enumerate(sorted(frequency, key=lambda tag: (frequency[tag], tag)))}

    def weight(one: Post, other: Post) -> float:
        shared = sorted(set(one.tags) & set(other.tags), key=ranks.__getitem__)
        return math.prod((len(posts) + 1) / frequency[tag] for tag in shared)

    for one, found in zip(posts, related(posts), strict=True):
        kin = sorted((each for each in posts if each is not one and set(each.tags) & set(one.tags)), key=lambda each: each.slug)
        kin.sort(key=lambda each: (weight(one, each), each.date), reverse=True)
        assert slugs(posts, found) == [each.slug for each in kin[:3]]


@pytest.mark.parametrize("tags", [("one",), ("a", "b", "c", "d", "e", "f", "g")])
def test_the_work_grows_as_the_number_of_posts_does(tags: tuple[str, ...]) -> None:
    """Four times as many posts, all on the same subjects, are at most five times the work. Steps are counted, not seconds."""
    small, large = (steps([post(f"p{index}", index % 7, *tags) for index in range(count)]) for count in (200, 800))
    assert large < 5 * small


def steps(posts: list[Post]) -> int:
    """How many lines of Python run to relate these posts."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace if frame.f_code.co_filename.endswith("related.py") else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        related(posts)
    finally:
        sys.settrace(before)
    return count
