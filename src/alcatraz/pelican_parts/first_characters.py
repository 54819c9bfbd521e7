"""With which characters a match of a regular expression can begin, by going through what Python's own parser reads in it."""

from __future__ import annotations

import functools
import re
import warnings
from re import _constants as kinds  # type: ignore[attr-defined] # neither has a public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ALL", "first_characters"]

ALL = (1 << 128) - 1  # a bit for each character of ASCII
WITHOUT_WIDTH = frozenset({kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT})
REPEATS = frozenset({kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT})
CATEGORIES = {
    kinds.CATEGORY_DIGIT: r"\d",
    kinds.CATEGORY_NOT_DIGIT: r"\D",
    kinds.CATEGORY_SPACE: r"\s",
    kinds.CATEGORY_NOT_SPACE: r"\S",
    kinds.CATEGORY_WORD: r"\w",
    kinds.CATEGORY_NOT_WORD: r"\W",
}


@functools.lru_cache(maxsize=4096)  # a language has the same rules in many of its states
def first_characters(expression: re.Pattern[str]) -> int:
    """The characters of ASCII as bits. None is left out with which a match can begin; some may be in it with which none can."""
    try:
        with warnings.catch_warnings(action="ignore"):  # said when the expression was compiled
            read = parser.parse(expression.pattern, expression.flags)
    except Exception:  # noqa: BLE001 (an inner part of Python's, and there is an answer that is always right)
        return ALL
    found, ends = _first(read, expression.flags | read.state.flags)
    return ALL if ends else found


def _first(read: Iterable[tuple[Any, Any]], flags: int) -> tuple[int, bool]:
    """The first characters of a sequence, and whether it can match without any."""
    found = 0
    for kind, value in read:
        if kind in WITHOUT_WIDTH:
            continue
        one, ends = _of_one(kind, value, flags)
        found |= one
        if not ends:
            return found, False
    return found, True


def _of_one(kind: Any, value: Any, flags: int) -> tuple[int, bool]:
    found, ends = ALL, False
    if kind is kinds.LITERAL:
        found = _literal(value, flags)
    elif kind is kinds.IN:
        found = _set(value, flags)
    elif kind is kinds.BRANCH:
        ways = [_first(way, flags) for way in value[1]]
        found, ends = functools.reduce(int.__or__, (one for one, _ in ways), 0), any(one for _, one in ways)
    elif kind is kinds.SUBPATTERN:
        _, added, removed, inner = value
        found, ends = _first(inner, (flags | added) & ~removed)
    elif kind is kinds.ATOMIC_GROUP:
        found, ends = _first(value, flags)
    elif kind in REPEATS:
        least, _, inner = value
        found, ends = _first(inner, flags)
        ends = ends or least == 0
    return found, ends


def _literal(code: int, flags: int) -> int:
    if not flags & re.IGNORECASE:
        return 1 << code if code < 128 else 0
    if code >= 128:
        return ALL  # there are letters outside of ASCII that are equal to some within
    return functools.reduce(int.__or__, (1 << ord(letter) for letter in {chr(code).lower(), chr(code).upper()}))


def _set(items: list[tuple[Any, Any]], flags: int) -> int:
    found, negated = 0, False
    for kind, value in items:
        if kind is kinds.NEGATE:
            negated = True
        elif kind is kinds.LITERAL:
            found |= _literal(value, flags)
        elif kind is kinds.RANGE and (value[1] < 128 or not flags & re.IGNORECASE):
            found |= functools.reduce(int.__or__, (_literal(code, flags) for code in range(value[0], min(value[1], 127) + 1)), 0)
        elif kind is kinds.CATEGORY and value in CATEGORIES:
            found |= _category(CATEGORIES[value], flags & re.ASCII)
        else:
            return ALL
    if not negated:
        return found
    return ALL if flags & re.IGNORECASE else ALL & ~found


@functools.cache
def _category(expression: str, flags: int) -> int:
    return functools.reduce(int.__or__, (1 << code for code in range(128) if re.match(expression, chr(code), flags)))
