"""The posts that generators are measured with."""

from __future__ import annotations

import hashlib
import statistics
from typing import TYPE_CHECKING

import pytest

from bench.speed import dialects
from bench.speed.corpus import TAGS, Code, Heading, Items, Link, Picture, Prose, posts

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.speed.corpus import Post


def test_posts_are_the_same_on_every_machine() -> None:
    """The same words whenever and wherever they are made; a change of this hash makes all earlier figures incomparable."""
    made = "".join(map(repr, posts(20)))
    assert hashlib.sha256(made.encode()).hexdigest() == "a0e4056aad343af1e9ac09e6ca8a08586468bcf53222c2c35d9988618be46a07"


def test_a_post_is_of_the_stated_size() -> None:
    """About 720 words, three tags of forty, headings, a block of code, a list, a link to another post, a picture."""
    made = list(posts(200))
    assert 700 <= statistics.mean(len(dialects.eleventy(post).partition("\n---\n")[2].split()) for post in made) <= 740
    assert len(TAGS) == len({tag for post in made for tag in post.tags}) == 40
    for post in made:
        assert len(set(post.tags)) == 3
        kinds = [type(block) for block in post.blocks]
        assert [kinds.count(kind) for kind in (Heading, Code, Items, Link, Picture)] == [3, 1, 1, 1, 1]


def test_links_lead_to_other_posts() -> None:
    """To one that there is, and not to the post itself."""
    made = list(posts(50))
    links = {post.slug: block.slug for post in made for block in post.blocks if isinstance(block, Link)}
    assert set(links.values()) <= links.keys()
    assert not [slug for slug, other in links.items() if slug == other]


def test_the_newest_post_is_the_last() -> None:
    """The one that is edited, and which index and feed show."""
    dates = [post.date for post in posts(50)]
    assert dates == sorted(set(dates))


@pytest.mark.parametrize("dialect", [dialects.alcatraz, dialects.eleventy, dialects.hugo, dialects.pelican])
def test_every_generator_gets_all_words(dialect: Callable[[Post], str]) -> None:
    """Title, tags and all text stand in the file of each."""
    (post, _) = posts(2)
    written = dialect(post)
    texts = [post.title, *post.tags, post.summary]
    for block in post.blocks:
        match block:
            case Prose(several) | Items(several):
                texts += several
            case Heading(text) | Code(_, text):
                texts.append(text)
            case Link(before, text, slug, after):
                texts += [before, text, slug, after]
            case Picture(alternative, caption):
                texts += [alternative, caption]
    assert [text for text in texts if text not in written] == []
