"""Replaces how `ArticlesGenerator.generate_tags`, `_categories` and `_authors` find the posts of a list among all by date.

They look for each post of the site in each list from its beginning, so that the work grows with the square of the posts.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["PARTS"]

IDENTITY: Any = object.__eq__


class _Listed(list[Any]):
    """The posts of a list, which knows at once whether a post is among them."""

    def __init__(self, articles: list[Any]) -> None:
        super().__init__(articles)
        self.articles = articles
        self._known = set(map(id, articles))

    def __contains__(self, article: object) -> bool:
        return id(article) in self._known


class _Pairs(list[tuple[Any, Any]]):
    """Tags, categories or authors with their posts, to be gone through in either way that Pelican has for them."""

    def items(self) -> _Pairs:
        return self


def _made(name: str, stock: Callable[..., None]) -> Callable[..., None]:
    def generate(self: Any, write: Callable[..., None]) -> None:
        """The page of each tag, category or author; whatever renders it finds the lists as they were."""
        lists = getattr(self, name)
        if not _are_only_themselves(self.dates):
            return stock(self, write)

        def write_page(*arguments: Any, articles: Any, **rest: Any) -> None:
            setattr(self, name, lists)
            write(*arguments, articles=articles.articles if isinstance(articles, _Listed) else articles, **rest)

        pairs = lists.items() if name == "tags" else lists
        setattr(self, name, _Pairs((wrapper, _listed(articles)) for wrapper, articles in pairs))
        try:
            return stock(self, write_page)
        finally:
            setattr(self, name, lists)

    return generate


def _listed(articles: Any) -> Any:
    return _Listed(articles) if type(articles) is list and _are_only_themselves(articles) else articles


def _are_only_themselves(articles: Iterable[Any]) -> bool:
    """Whether no two of them can be equal, as posts of a plugin's might be."""
    return all(kind.__eq__ is IDENTITY for kind in set(map(type, articles)))


PARTS = tuple(Part(ArticlesGenerator, f"generate_{name}", partial(_made, name)) for name in ("tags", "categories", "authors"))
