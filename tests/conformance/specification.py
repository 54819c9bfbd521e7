"""The examples of a specification of Markdown, out of its own text, and which of them we read otherwise."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.sources import source_of

__all__ = ["Departure", "Example", "Specification", "departures", "specification"]

FENCE = "`" * 32
HEADING = re.compile(r"#{1,6} +(.+)")
VERSION = re.compile(r"^version: '?([\d.]+)'?$", re.MULTILINE)
LISTED = Path(__file__).parent / "departures.txt"


@dataclass(frozen=True, slots=True)
class Example:
    """One example: what is written, and the HTML that it stands for."""

    number: int
    section: str
    markdown: str
    html: str


@dataclass(frozen=True, slots=True)
class Specification:
    """A specification: its version, its text without the header, and its examples by number."""

    version: str
    text: str
    examples: dict[int, Example]


@dataclass(frozen=True, slots=True)
class Departure:
    """An example that is read otherwise, and the reason for it."""

    specification: str
    number: int
    reason: str
    section: str


@functools.cache
def specification(name: str) -> Specification:
    """`commonmark` or `gfm`, as marko's source distribution has it."""
    text = (source_of("marko") / "tests" / "spec" / f"{name}.txt").read_text(encoding="utf-8")
    version = VERSION.search(text)
    assert version
    return Specification(version[1], text.partition("\n...\n")[2], _examples(text))


def _examples(text: str) -> dict[int, Example]:
    """An example stands between two rows of backticks, in two parts with a dot between; an arrow is a tab."""
    found: dict[int, Example] = {}
    section = ""
    lines = iter(text.split("\n"))
    for line in lines:
        if line.startswith(f"{FENCE} example"):
            inside = "".join(f"{row}\n" for row in iter(lambda: next(lines), FENCE))
            markdown, _, html = inside.replace("→", "\t").partition("\n.\n")
            number = len(found) + 1
            found[number] = Example(number, section, f"{markdown}\n", html)
        elif heading := HEADING.fullmatch(line):
            section = heading[1]
    return found


def departures() -> list[Departure]:
    """What departures.txt lists."""
    rows = [line.split(maxsplit=3) for line in LISTED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [Departure(name, int(number), reason, section) for name, number, reason, section in rows]
