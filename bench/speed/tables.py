"""Results as tables in Markdown, with columns that line up, so that a console shows them as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.speed.results import Curve, Row

__all__ = ["of_curves", "of_rows", "shown"]


def of_rows(rows: Sequence[Row], ours: str, others: Sequence[str]) -> str:
    """A table of medians: ours, then each of the others with how many times theirs ours is."""
    heads = ["", ours, *(cell for name in others for cell in (name, f"÷ {name}"))]
    return _table([heads, *([_named(row), *_cells(row, ours, others)] for row in rows)])


def of_curves(curves: Sequence[Curve], ours: str, others: Sequence[str]) -> str:
    """The same by numbers of posts, a row for each."""
    heads = ["", "posts", ours, *(cell for name in others for cell in (name, f"÷ {name}"))]
    rows = [[_named(row), f"{count:,}", *_cells(row, ours, others)] for curve in curves for count, row in curve.rows.items()]
    return _table([heads, *rows])


def shown(value: float) -> str:
    """A measured value with no more digits than it has."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _named(row: Row) -> str:
    return f"{row.name}, {row.unit}"


def _cells(row: Row, ours: str, others: Sequence[str]) -> Iterator[str]:
    for name in (ours, *others):
        value = row.median(name)
        yield "" if value is None else shown(value)
        if name != ours:
            ratio = row.ratio(ours, name)
            yield "" if ratio is None else f"{ratio:.2f}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| "
        + " | ".join(
            cell.rjust(width) if number else cell.ljust(width) for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 1) + ("-" if not number else ":") for number, width in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]]) + "\n"
