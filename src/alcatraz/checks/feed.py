"""What the checks know of a feed, be it Atom or JSON: its entries, the addresses in it, and what is wrong with its form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alcatraz.checks.references import Reference
    from alcatraz.checks.rules import Rule

__all__ = ["Address", "Draft", "Entry", "Feed", "Flaw", "Other", "moment"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A rule that a document breaks by itself; `entry` is the address of the entry at fault, where it is one."""

    rule: Rule
    line: int
    message: str
    remedy: str
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a feed; `entry` is that of the entry it stands in, where it stands in one."""

    reference: Reference
    entry: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, in the terms that both kinds of feed share; `published` is None where the feed gives no readable date."""

    id: str
    url: str | None
    title: str
    published: datetime | None
    line: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of the site; `own` is the address it says it has."""

    path: str
    own: str | None
    entries: tuple[Entry, ...]
    addresses: tuple[Address, ...]
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A file that is no feed, or cannot be read as one."""

    path: str
    flaws: tuple[Flaw, ...]


@dataclass(slots=True)
class Draft:
    """A feed while it is read."""

    own: str | None = None
    entries: list[Entry] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def feed(self, path: str) -> Feed:
        """The feed as it was read."""
        return Feed(path, self.own, tuple(self.entries), tuple(self.addresses), tuple(self.flaws))


RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def moment(text: str) -> datetime | None:
    """The moment that a date of RFC 3339 (section 5.6) names; None for anything else."""
    if not RFC_3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
