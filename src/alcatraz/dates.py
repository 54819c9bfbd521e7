"""Dates as pages show them. English month names: Pelican's own depend on the locales a machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["iso", "written_date"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def written_date(date: datetime, form: str = "long") -> str:
    """`22 November 2026`; with `short`, `22 Nov`."""
    month = MONTHS[date.month - 1]
    return f"{date.day} {month[:3]}" if form == "short" else f"{date.day} {month} {date.year}"


def iso(date: datetime) -> str:
    """The date as RFC 3339 wants it."""
    return date.isoformat(timespec="seconds")
