"""Measures: every generator does the same thing in turn, again and again, so that a machine that drifts does so for all."""

from __future__ import annotations

import itertools
import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from bench.speed import memory
from bench.speed.comparable import contents, differences
from bench.speed.corpus import posts
from bench.speed.generators import OURS, PYTHON_MARKDOWN, UNCHANGED, WITH_SEARCH
from bench.speed.latency import serving
from bench.speed.results import Row
from bench.speed.scenarios import COLD, SCENARIOS
from bench.speed.workshop import write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.speed.corpus import Post
    from bench.speed.generators import Generator
    from bench.speed.scenarios import Scenario
    from bench.speed.workshop import Site

__all__ = ["DifferentError", "measure", "measure_builds"]

VARIANTS = (PYTHON_MARKDOWN, UNCHANGED, WITH_SEARCH)


class DifferentError(Exception):
    """The sites are not the same, so their times say nothing."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__("\n".join(found))


def measure(folder: Path, count: int, rivals: Sequence[Generator], runs: int) -> list[Row]:
    """All scenarios with `count` posts. Raises DifferentError, FailedError."""
    main, variants, newest = _prepared(folder, count, rivals, VARIANTS)
    rows, newest = _builds(main, variants, SCENARIOS, newest, runs)
    first = rows.pop(0)
    table = [_only(first, main), *rows]
    table.append(_saves(main, newest, runs))
    if memory.is_measurable():
        peaks = _peaks([*main, variants[-1]], runs)
        table.append(_only(peaks, main))
    else:
        peaks = None
        _tell("The memory is not measured: this system has no /proc/*/smaps_rollup")
    pelican = first.values.get("Pelican", [])
    for variant in (PYTHON_MARKDOWN, UNCHANGED):
        values = {OURS.name: first.values[variant.name], "Pelican": pelican}
        table.append(Row(f"{first.name}{variant.name.removeprefix(OURS.name)}", values))
    table.append(Row(f"{first.name}, with the search index", {OURS.name: first.values[WITH_SEARCH.name]}))
    if peaks:
        table.append(Row(f"{peaks.name}, with the search index", {OURS.name: peaks.values[WITH_SEARCH.name]}, "MB"))
    return table


def measure_builds(folder: Path, count: int, rivals: Sequence[Generator], runs: int, scenarios: Sequence[Scenario]) -> list[Row]:
    """Some of the scenarios with `count` posts, and nothing else. Raises DifferentError, FailedError."""
    main, _, newest = _prepared(folder, count, rivals, ())
    rows, _ = _builds(main, [], scenarios, newest, runs)
    return rows


def _prepared(folder: Path, count: int, rivals: Sequence[Generator], variants: Sequence[Generator]) -> tuple[list[Site], list[Site], Post]:
    """A site of each generator and variant, built, and found to be the same; and the newest post."""
    _tell(f"Writing {count:,} posts for each generator …")
    sites = write(folder, [OURS, *rivals, *variants], count)
    made = {}
    for site in sites:
        _tell(f"Looking at what {site.generator.name} makes …")
        site.build()
        made[site.generator.name] = contents(site.output)
    if found := differences(made):
        raise DifferentError(found)
    split = len(rivals) + 1
    *_, newest = posts(count)
    return sites[:split], sites[split:], newest


def _builds(main: Sequence[Site], variants: Sequence[Site], scenarios: Sequence[Scenario], post: Post, runs: int) -> tuple[list[Row], Post]:
    """A row for each scenario, the variants in that of first builds alone; and the newest post as it is at last."""
    rows = [Row(scenario.name, {site.generator.name: [] for site in _of(scenario, main, variants)}) for scenario in scenarios]
    for run, (scenario, row) in itertools.product(range(1, runs + 1), zip(scenarios, rows, strict=True)):
        _tell(f"Run {run} of {runs}: {scenario.name} …")
        if scenario.edit:
            post = scenario.edit(post, run)
        for site in _of(scenario, main, variants):
            row.values[site.generator.name].append(scenario.measure(site, post))
    return rows, post


def _of(scenario: Scenario, main: Sequence[Site], variants: Sequence[Site]) -> list[Site]:
    return [*main, *variants] if scenario is COLD else [*main]


def _saves(sites: Sequence[Site], post: Post, runs: int) -> Row:
    """From a save to the served page, all servers at once, and asked in turn."""
    _tell("Starting the preview servers …")
    row = Row("from a save to the served page", {site.generator.name: [] for site in sites})
    with ExitStack() as stack:
        previews = [stack.enter_context(serving(site, post)) for site in sites]
        for run in range(1, runs + 1):
            _tell(f"Run {run} of {runs}: {row.name} …")
            for preview in previews:
                row.values[preview.site.generator.name].append(preview.measure(post, f"save{run}"))
    return row


def _peaks(sites: Sequence[Site], runs: int) -> Row:
    """The memory of first builds, apart from all that is timed."""
    row = Row("peak memory of a first build", {site.generator.name: [] for site in sites}, "MB")
    for run in range(1, runs + 1):
        _tell(f"Run {run} of {runs}: {row.name} …")
        for site in sites:
            row.values[site.generator.name].append(memory.peak(site))
    return row


def _only(row: Row, sites: Sequence[Site]) -> Row:
    """The row without what was measured of variants."""
    return replace(row, values={site.generator.name: row.values[site.generator.name] for site in sites})


def _tell(text: str) -> None:
    """How far it is, for a person; standard output has the results."""
    print(text, file=sys.stderr, flush=True)
