"""Replaces `get_date`, which has dateutil guess at the plainest form of a date too, and `strftime`, which asks for each letter apart."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from pelican import readers, utils
from pelican.utils import SafeDatetime

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = ["PARTS"]

# A year that cannot be a day or a month, then a month and a day: dateutil has no choice.
PLAIN = re.compile(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])-([0-3][0-9])(?: ([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?)?")
LETTERS = re.compile(r"(?:[ -$&-~]|%[aAbBcdfGHIjmMpSUuVwWxXyYzZ%])+")  # ASCII, and what Pelican lets through as it is


def _get_date(stock: Callable[..., datetime]) -> Callable[..., datetime]:
    def get_date(string: str) -> datetime:
        """The moment that a text names."""
        found = PLAIN.fullmatch(string) if type(string) is str else None
        if found:
            try:
                return SafeDatetime(*(int(part or 0) for part in found.groups()))  # type: ignore[no-any-return] # Pelican has no types
            except ValueError:
                pass  # 31 February
        return stock(string)

    return get_date


def _strftime(stock: Callable[..., str]) -> Callable[..., str]:
    @functools.lru_cache(maxsize=256)
    def is_plain(form: str) -> bool:
        return LETTERS.fullmatch(form) is not None

    def strftime(date: Any, date_format: str) -> str:
        """A date, written as the format says."""
        if type(date) is SafeDatetime and type(date_format) is str and is_plain(date_format):
            return str(date.strftime(date_format, safe=False))
        return stock(date, date_format)

    return strftime


PARTS = (
    *(Part(module, "get_date", _get_date) for module in (utils, readers)),
    Part(utils, "strftime", _strftime, rests_on=(vars(SafeDatetime)["strftime"],)),
)
