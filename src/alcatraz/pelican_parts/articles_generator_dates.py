"""Replaces how `ArticlesGenerator` finds the posts of a tag, a category, an author and a year among all of them.

It looks for each post of the site in each list from its beginning, so that the work grows with the square of the posts.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["PARTS", "are_only_themselves"]

IDENTITY: Any = object.__eq__


class _Listed(list[Any]):
    """The posts of a list, which knows at once whether a post is among them."""

    def __init__(self, articles: list[Any]) -> None:
        super().__init__(articles)
        self.articles = articles
        self._known = set(map(id, articles))

    def __contains__(self, article: object) -> bool:
        return id(article) in self._known


class _Pairs:
    """Tags, categories or authors with their posts, to be gone through in either way that Pelican has for them.

    Before each it says by `turn` whose turn it is.
    """

    def __init__(self, pairs: Iterable[tuple[Any, Any]], turn: Callable[[Any], None]) -> None:
        self._pairs = pairs
        self._turn = turn

    def items(self) -> _Pairs:
        return self

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        for wrapper, articles in self._pairs:
            self._turn(articles)
            yield wrapper, articles


def _made(name: str, stock: Callable[..., None]) -> Callable[..., None]:
    def generate(self: Any, write: Callable[..., None]) -> None:
        """The page of each tag, category or author; whatever renders it finds the lists as they were."""
        lists, dates = getattr(self, name), self.dates
        if not are_only_themselves(dates):
            return stock(self, write)
        place = {id(article): number for number, article in enumerate(dates)}

        def turn(articles: Any) -> None:
            """Pelican goes through all posts by date for those of a list: it is given no others."""
            some = isinstance(articles, _Listed) and len(place) == len(dates) and all(id(article) in place for article in articles)
            self.dates = sorted(articles, key=lambda article: place[id(article)]) if some else dates

        def write_page(*arguments: Any, articles: Any, **rest: Any) -> None:
            setattr(self, name, lists)
            self.dates = dates
            write(*arguments, articles=articles.articles if isinstance(articles, _Listed) else articles, **rest)

        pairs = lists.items() if name == "tags" else lists
        setattr(self, name, _Pairs(((wrapper, _listed(articles)) for wrapper, articles in pairs), turn))
        try:
            return stock(self, write_page)
        finally:
            setattr(self, name, lists)
            self.dates = dates

    return generate


def _listed(articles: Any) -> Any:
    return _Listed(articles) if type(articles) is list and are_only_themselves(articles) else articles


def are_only_themselves(articles: Iterable[Any]) -> bool:
    """Whether no two of them can be equal, as posts of a plugin's might be."""
    return all(kind.__eq__ is IDENTITY for kind in set(map(type, articles)))


def _periods(stock: Callable[..., Any]) -> Callable[..., Any]:
    def build_period_archives(self: Any, sorted_articles: Any, articles: Any, settings: Any) -> Any:
        """The posts of each year, month and day."""
        if not are_only_themselves(articles):
            return stock(self, sorted_articles, articles, settings)
        found = stock(self, sorted_articles, [], settings)
        for archives in found.values():
            whose = {id(article): archive["articles"] for archive in archives for article in archive["dates"]}
            for article in articles:
                if id(article) in whose:
                    whose[id(article)].append(article)
        return found

    return build_period_archives


PARTS = (
    *(Part(ArticlesGenerator, f"generate_{name}", partial(_made, name)) for name in ("tags", "categories", "authors")),
    Part(ArticlesGenerator, "_build_period_archives", _periods),
)
