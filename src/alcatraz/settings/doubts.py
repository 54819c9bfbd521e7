"""Settings with a name that nothing knows: most are a theme's or a plugin's, and some are slips of the finger."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from alcatraz import starter
from alcatraz.findings import Finding
from alcatraz.settings.places import line_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["doubts_about"]

ELSEWHERE = {"DEFAULT_LABEL", "FEED_DOMAIN", "MARKDOWN_READER", "PUBLISH_TARGET", "REVISION", "VNU_JAR"}  # that have no default
MEANT = "S0123456789"


def doubts_about(own: Mapping[str, Any], path: Path) -> tuple[Finding, ...]:
    """Settings that nothing knows and that are one slip of the finger from one that is known."""
    from pelican.settings import DEFAULT_CONFIG

    known = {*DEFAULT_CONFIG, *(name for name in vars(starter) if name.isupper()), *ELSEWHERE}
    found = []
    for key in sorted(own.keys() - known):
        if near := next((name for name in sorted(known) if _is_slip(key, name)), None):
            place, _, line = line_of(path, key).partition(":")
            message = f"{key} is no setting of Pelican's or ours, and {near} is one"
            found.append(Finding(place, int(line or 0), "setting", message, "did you mean that? A setting of your own wants another name"))
    return tuple(found)


def _is_slip(name: str, known: str) -> bool:
    """Whether one letter is wrong, missing or too much, or two are in each other's place; a plural or a number is meant."""
    if name.rstrip(MEANT) == known.rstrip(MEANT):
        return False
    name, known = _without_common_start(name, known)
    one, other = _without_common_start(name[::-1], known[::-1])
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _without_common_start(one: str, other: str) -> tuple[str, str]:
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one[same:], other[same:]
