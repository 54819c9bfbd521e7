"""How fast a blog is built, beside other generators, as ratios within one run.

    ./alcatraz bench speed --posts 1000 --against hugo,pelican,eleventy --runs 5

`--curve` measures first builds and builds after an edit by numbers of posts, `--docs` writes what came out into docs/speed.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.speed import machine, plots, tables
from bench.speed.generators import AGAINST, OURS, MissingError, rival
from bench.speed.measuring import DifferentError, measure, measure_builds
from bench.speed.page import put
from bench.speed.results import Curve, spread
from bench.speed.scenarios import BODY, COLD
from bench.speed.workshop import FailedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.speed.generators import Generator

SIZES = (100, 300, 1_000, 3_000, 10_000)


def main(words: Sequence[str] | None = None) -> None:
    """Prints a table and the machine's line. Exit status 1 where the sites cannot be compared, with what differs."""
    asked = _arguments(words)
    rivals = []
    for name in asked.against:
        try:
            rivals.append(rival(name))
        except MissingError as error:
            print(error, file=sys.stderr)
    names = [OURS.name, *(generator.name for generator in rivals)]
    with tempfile.TemporaryDirectory(prefix="alcatraz-bench-", dir=asked.folder) as folder:
        told = machine.line(Path(folder), [OURS, *rivals])
        try:
            if asked.curve:
                curves = _curves(Path(folder), rivals, asked.runs)
                rows = [row for curve in curves for row in curve.rows.values()]
                table, drawing = tables.of_curves(curves, names[0], names[1:]), plots.curves(curves, names, "Seconds by numbers of posts")
            else:
                rows = measure(Path(folder), asked.posts, rivals, asked.runs)
                told = f"{asked.posts:,} posts; {told}"
                shared = [row for row in rows if len(row.values) == len(names)]
                table, drawing = tables.of_rows(rows, names[0], names[1:]), plots.bars(shared, names, f"{asked.posts:,} posts")
        except (DifferentError, FailedError) as error:
            sys.exit(f"bench: {error}")
    many = f"medians of {asked.runs} runs in turn, between which a value differs by {spread(rows):.0%} in the middle"
    told += f"; {many if asked.runs > 1 else 'one run of each'}."
    print(f"{table}\n{told}")
    if asked.docs:
        put("curve" if asked.curve else "table", f"{table}\n{told}\n", drawing)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./alcatraz bench speed", description="Measures ours beside other generators.")
    parser.add_argument("--posts", type=int, default=1_000)
    parser.add_argument("--against", type=_names, default=AGAINST)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--folder", type=Path, default=machine.usual_folder())
    parser.add_argument("--docs", action="store_true")
    asked = parser.parse_args(words)
    if asked.posts < 2 or asked.runs < 1:
        parser.error("there must be two posts and one run at least")
    return asked


def _names(text: str) -> tuple[str, ...]:
    names = tuple(filter(None, text.split(",")))
    if unknown := set(names) - set(AGAINST):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))} is none of {', '.join(AGAINST)}")
    return names


def _curves(folder: Path, rivals: Sequence[Generator], runs: int) -> list[Curve]:
    measured = {}
    for count in SIZES:
        with tempfile.TemporaryDirectory(dir=folder) as sites:
            measured[count] = measure_builds(Path(sites), count, rivals, runs, (COLD, BODY))
    return [Curve(scenario.name, {count: rows[number] for count, rows in measured.items()}) for number, scenario in enumerate((COLD, BODY))]


if __name__ == "__main__":
    main()
