"""What was measured, as rows of one table."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Curve", "Row", "spread"]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured, of each generator several times: seconds, or megabytes."""

    name: str
    values: Mapping[str, list[float]]
    unit: Literal["s", "MB"] = "s"

    def median(self, generator: str) -> float | None:
        """The median of a generator's values, if it has any."""
        values = self.values.get(generator)
        return statistics.median(values) if values else None

    def ratio(self, ours: str, theirs: str) -> float | None:
        """How many times theirs ours is: below 1 it is less."""
        own, other = self.median(ours), self.median(theirs)
        return own / other if own is not None and other else None

    def spreads(self) -> Iterator[float]:
        """For each generator how far its values are apart, as a share of their median."""
        for values in self.values.values():
            if values:
                yield (max(values) - min(values)) / statistics.median(values)


def spread(rows: Iterable[Row]) -> float:
    """How far the values of one thing are apart in the middle: what a ratio may be wrong by, and whether a machine was left alone."""
    return statistics.median(share for row in rows for share in row.spreads())


@dataclass(frozen=True, slots=True)
class Curve:
    """Rows of the same name by the number of posts."""

    name: str
    rows: Mapping[int, Row]
