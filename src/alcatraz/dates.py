"""Dates as pages show them: in the words of the blog, since Pelican's depend on the locales a machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["iso", "written_date"]


def written_date(words: Mapping[str, Any], date: datetime, form: str = "long") -> str:
    """`22 November 2026`; with `short`, `22 Nov`, and with `dated`, `22 Nov 2026`: in these forms where `words` are English."""
    months = words["months" if form == "long" else "months_short"]
    written: str = words[f"date_{form}"] % {"day": date.day, "month": months[date.month - 1], "year": date.year}
    return written


def iso(date: datetime) -> str:
    """The date as RFC 3339 wants it."""
    return date.isoformat(timespec="seconds")
