"""What is new between two versions, from a changelog in the form of https://keepachangelog.com."""

from __future__ import annotations

import re

__all__ = ["news"]

SECTION = re.compile(r"^(?=## \[)", re.MULTILINE)
UNRELEASED = "Unreleased"


def news(changelog: str, since: str, now: str) -> list[str]:
    """The lines of what came after version `since`, as far as `now`; of what is unreleased where both are the same.

    Of a version that the changelog does not know nothing can be said: `now` alone is told where that is `since`.
    """
    sections = {part[4:].partition("]")[0]: part for part in SECTION.split(changelog)[1:]}  # the newest first
    names = list(sections)
    newest = UNRELEASED if since == now else now
    if newest not in names:
        return []
    start = names.index(newest)
    end = names.index(since) if since in names and since != now else start + 1
    return [line for name in names[start:end] for line in sections[name].splitlines() if line.strip()]
