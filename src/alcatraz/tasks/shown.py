"""How a build is told: its findings, a bar while it takes long, then one line."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rich.progress import TaskID

    from alcatraz.build import Report
    from alcatraz.findings import Finding
    from alcatraz.ledger import Progress

__all__ = ["progress", "show_findings", "summary"]

PATIENCE = 1.0  # seconds before a bar is worth its flicker


@contextlib.contextmanager
def progress() -> Iterator[Progress | None]:
    """A bar on a terminal once a build takes longer than a second; nothing elsewhere."""
    if not sys.stdout.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    bar = Bar(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), transient=True)
    # A clock starts it, and rich redraws it by itself: the longest waits are those between two steps.
    begin = threading.Timer(PATIENCE, bar.start)
    begin.daemon = True
    stages: dict[str, TaskID] = {}

    def show(stage: str, done: int, total: int) -> None:
        if not stages:
            begin.start()  # and not before: a build forks while it is alone in its process
        if stage not in stages:
            stages[stage] = bar.add_task(stage, total=total)
        bar.update(stages[stage], completed=done, total=max(done, total))

    try:
        yield show
    finally:
        begin.cancel()
        if stages:
            begin.join()  # it may be at it
        bar.stop()


def show_findings(findings: Iterable[Finding]) -> None:
    """One finding a line, apart from the summary, so that a script may read either."""
    for finding in findings:
        print(f"warning: {finding}", file=sys.stderr)


def summary(report: Report, root: Path, output: Path, *, drafts: bool) -> str:
    """`output/: 7 posts, 12 pages, 64 files in 0.61 s (2 drafts and 1 future post left out)`."""
    root, output = root.resolve(), output.absolute()
    place = output.relative_to(root) if output.is_relative_to(root) else output
    counts = ", ".join((_count(report.posts, "post"), _count(report.pages, "page"), _count(report.files, "file")))
    waiting = [_count(number, noun) for number, noun in ((report.drafts, "draft"), (report.future, "future post")) if number]
    notes = [f"{' and '.join(waiting)} {'shown' if drafts else 'left out'}"] if waiting else []
    if report.findings:
        notes.append(_count(len(report.findings), "warning"))
    return f"{place}/: {counts} in {report.seconds:.2f} s" + (f" ({'; '.join(notes)})" if notes else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
