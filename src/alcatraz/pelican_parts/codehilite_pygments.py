"""Replaces how python-markdown's codehilite comes by a lexer and a formatter: anew for each block of code."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from markdown.extensions import codehilite
from pygments.formatters import HtmlFormatter
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PARTS"]

Options = tuple[tuple[str, str, Any], ...]


def _lexer(stock: Callable[..., Any]) -> Callable[..., Any]:
    @functools.cache
    def class_of(alias: str) -> Any:
        try:
            return find_lexer_class_by_name(alias)
        except ClassNotFound as error:
            return error

    def get_lexer_by_name(_alias: Any, **options: Any) -> Any:
        """A new lexer, since some remember what they have read; its class is looked for once."""
        if type(_alias) is not str:
            return stock(_alias, **options)
        found = class_of(_alias)
        if isinstance(found, ClassNotFound):
            raise ClassNotFound(*found.args)
        return found(**options)

    return get_lexer_by_name


def _formatter(stock: Callable[..., Any]) -> Callable[..., Any]:
    kept: dict[tuple[str, Options], Any] = {}

    def get_formatter_by_name(_alias: str, **options: Any) -> Any:
        """A formatter, the same for the same options; Pygments' own for HTML remembers nothing of what it has written."""
        named = _named(options) if type(_alias) is str else None
        if named is None:
            return stock(_alias, **options)
        if (found := kept.get((_alias, named))) is not None:
            return found
        formatter = stock(_alias, **options)
        if type(formatter) is HtmlFormatter:
            if len(kept) >= MOST:
                kept.clear()
            kept[_alias, named] = formatter
        return formatter

    return get_formatter_by_name


MOST = 64  # sets of options: blocks have lines of their own highlighted


def _named(options: dict[str, Any]) -> Options | None:
    """Options as a value to look up by; None where one of them can be anything."""
    named: list[tuple[str, str, Any]] = []
    for name, value in options.items():
        plain = tuple(value) if type(value) is list else value
        if not all(type(part) in {str, int, bool, type(None)} for part in (plain if type(value) is list else (plain,))):
            return None
        named.append((name, type(value).__name__, plain))
    return tuple(named)


PARTS = (
    Part(codehilite, "get_lexer_by_name", _lexer, rests_on=(find_lexer_class_by_name,)),
    Part(codehilite, "get_formatter_by_name", _formatter, rests_on=(HtmlFormatter,)),
)
