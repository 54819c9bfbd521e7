"""How a blog's posts are ordered: by categories, by time, by subject, in series. Sets what templates show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alcatraz.pages.related import Post, neighbours, related, series

if TYPE_CHECKING:
    from pelican.contents import Article
    from pelican.urlwrappers import Category

__all__ = ["Series", "add_relations", "all_categories"]


@dataclass(frozen=True, slots=True)
class Series:
    """A post's place in a series: all of its posts, oldest first, and which of them this is (from 1)."""

    name: str
    posts: tuple[Article, ...]
    position: int


def all_categories(articles: list[Article]) -> list[tuple[Category, list[Article]]]:
    """Every category with its posts, by name. Pelican knows one category a post; ours may have several."""
    posts: dict[Category, list[Article]] = {}
    for article in articles:
        for category in article.categories:
            posts.setdefault(category, []).append(article)
    return sorted(posts.items())


def add_relations(articles: list[Article]) -> None:
    """Sets `previous`, `next`, `related` and `series` on each of the posts that are listed."""
    posts = [
        Post(
            article.slug,
            article.date,
            tuple(tag.slug for tag in getattr(article, "tags", ())),
            article.series_name,
        )
        for article in articles
    ]
    for article, (previous, following), others in zip(articles, neighbours(posts), related(posts), strict=True):
        article.previous = None if previous is None else articles[previous]
        article.next = None if following is None else articles[following]
        article.related = [articles[index] for index in others]
    for name, order in series(posts).items():
        members = tuple(articles[index] for index in order)
        for position, article in enumerate(members, start=1):
            article.series = Series(name, members, position)
