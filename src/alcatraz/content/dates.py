"""Dates as an author writes them: RFC 3339 with an offset, or a full date."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from zoneinfo import ZoneInfo

from dateutil import parser

from alcatraz.errors import ContentError

__all__ = ["parse_date", "refuse_partial"]

FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WHOLE = re.compile(r"[1-9]\d{3}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?")  # as nearly all are, and dateutil is slow to see
PARTIAL_DATE = re.compile(r"\d{4}(-\d{1,2})?")


def parse_date(text: str, zone: str, *, key: str, line: int, naive: bool = False) -> datetime:
    """The moment `text` names, as an aware datetime.

    A full date is its first moment in `zone` (an IANA name). A moment without an offset is refused, since the
    machine would decide what it means; with `naive`, as in Pelican's own headers, it is a moment in `zone`.

    Source: RFC 3339, section 5.6.
    """
    text = text.strip()
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        if PARTIAL_DATE.fullmatch(text):
            what = f"`{key}` is {text}, which is only part of a date"
        else:
            what = f"`{key}` is {text!r}, which is not a date"
        raise ContentError(what, rule="date", line=line, remedy=f"write all of it, as in `{key}: {example(text)}`") from None
    if when.tzinfo is not None:
        return when
    if FULL_DATE.fullmatch(text) or naive:
        return when.replace(tzinfo=ZoneInfo(zone))
    raise ContentError(
        f"`{key}` is {text}, which has no offset from UTC",
        rule="date",
        line=line,
        remedy=f"write `{key}: {when.replace(tzinfo=ZoneInfo(zone)).isoformat()}` if that is the moment you mean",
    )


def refuse_partial(text: str, key: str) -> None:
    """Raises ContentError where another reader's date says less than a day: Pelican would complete it from the clock.

    dateutil, which Pelican reads such dates with, takes what is missing from a date that it is given: where two such
    dates lead to two days, something is missing.
    """
    text = str(text).strip().replace("_", " ")
    if WHOLE.fullmatch(text):
        with contextlib.suppress(ValueError):  # 31 February
            datetime.fromisoformat(text)
            return
    try:
        found = {parser.parse(text, default=default).date() for default in (datetime(2000, 1, 1), datetime(2001, 2, 2))}  # noqa: DTZ001
    except (ValueError, OverflowError):
        what = f"`{key}` is {text!r}, which is not a date"
    else:
        if len(found) == 1:
            return
        what = f"`{key}` is {text}, which is only part of a date"
    raise ContentError(what, rule="date", remedy=f"write all of it, as in `{key}: {example(text)}`")


def example(text: str) -> str:
    """A whole date that begins as `text` does."""
    year, _, month = text.partition("-")
    if not year.isdigit() or len(year) != 4 or year == "0000":  # a year that there was not
        return "2026-11-22T09:30:00+01:00"
    return f"{year}-{int(month):02d}-01" if month.isdigit() and 1 <= int(month) <= 12 else f"{year}-01-01"
