"""What the checks found, as people and programs read it: findings first, one table at the end."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from alcatraz.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from alcatraz.checks.registry import Result
    from alcatraz.findings import Finding

__all__ = ["FORMATS", "render", "summary"]

FORMATS = ("text", "json", "github")

# A fault of the theme is in every page: so many places are named, the others counted.
PLACES = 3


def render(result: Result, format: str, console: Console) -> None:  # noqa: A002 (the name of the task's option)
    """Prints a result on a console: as text, JSON, or commands of GitHub's workflows. Raises UsageError for another format."""
    match format:
        case "text":
            _text(result, console)
        case "json":
            console.out(_json(result), highlight=False)
        case "github":
            for finding in result.findings:
                console.out(_command(finding), highlight=False)
            _table(result, console)
        case _:
            raise UsageError(f"there is no format `{format}`", remedy=f"choose one of {', '.join(FORMATS)}")


def summary(findings: Sequence[Finding]) -> str:
    """All findings in one line, for a place that has no more: `2 findings, the first in content/posts/one/index.md:7: the link …`."""
    count = "1 finding" if len(findings) == 1 else f"{len(findings):,} findings, the first"
    return _printable(f"{count} in {_place(findings[0])}: {findings[0].message}")


def _json(result: Result) -> str:
    return json.dumps(
        {
            "checks": [
                {"check": one.check, "files": one.files, "findings": len(one.findings), "seconds": round(one.seconds, 3)}
                for one in result.outcomes
            ],
            "findings": [{"check": one.check, **_said(finding)} for one in result.outcomes for finding in one.findings],
        },
        ensure_ascii=False,
        indent=2,
    )


def _said(finding: Finding) -> dict[str, str | int]:
    return {field.name: getattr(finding, field.name) for field in fields(finding) if field.compare}


def _command(finding: Finding) -> str:
    """A finding as GitHub's workflows take it.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
    """
    place = f"file={_property(finding.path)}"
    if finding.line:
        place += f",line={finding.line}"
    return f"::error {place},title={_property(finding.rule)}::{_data(f'{finding.message}; {finding.remedy}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _text(result: Result, console: Console) -> None:
    for outcome in result.outcomes:
        for alike in _alike(outcome.findings):
            for finding in alike[:PLACES]:
                console.out(_printable(_place(finding)), style="bold", end="", highlight=False)
                console.out(_printable(f": {finding.message} [{finding.rule}]"), highlight=False)
            if others := alike[PLACES:]:
                more = f"… and the same {len(others)} times more, as far as {_place(others[-1])}"
                console.out(_printable(more), highlight=False)
            console.out(_printable(f"    {alike[0].remedy}"), style="dim", highlight=False)
    _table(result, console)


def _alike(findings: Sequence[Finding]) -> Iterable[Sequence[Finding]]:
    """The findings that say the same of different places, together."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.message, finding.remedy), []).append(finding)
    return groups.values()


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}" if finding.line else finding.path


def _printable(text: str) -> str:
    """Text on one line, and without what would steer a terminal: a site may be somebody else's."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def _table(result: Result, console: Console) -> None:
    table = Table(box=SIMPLE_HEAD if console.is_terminal else None)
    table.add_column("check")
    for column in ("files", "findings", "seconds"):
        table.add_column(column, justify="right")
    table.add_column("")
    for one in result.outcomes:
        style = "red" if one.findings else "green"
        table.add_row(one.check, f"{one.files:,}", Text(f"{len(one.findings):,}", style), f"{one.seconds:.2f}", one.note)
    console.print(table)
