"""What changed in the site from build to build, as far back as that is worth its memory."""

from __future__ import annotations

from collections import deque
from itertools import islice

__all__ = ["History"]

BUILDS = 1_000
PATHS = 50_000  # of all builds together: some megabytes


class History:
    """The output paths that changed with the last builds."""

    def __init__(self) -> None:
        self._changes: deque[frozenset[str]] = deque()
        self._paths = 0  # in all of them
        self._generation = 0

    def add(self, changed: frozenset[str] | None) -> None:
        """One more build; None where nobody knows what changed with it, so that what was before is of no use either."""
        self._generation += 1
        if changed is None:
            self._changes.clear()
            self._paths = 0
            return
        self._changes.append(changed)
        self._paths += len(changed)
        while self._paths > PATHS or len(self._changes) > BUILDS:
            self._paths -= len(self._changes.popleft())

    def since(self, generation: int) -> frozenset[str] | None:
        """What changed with all builds after that one; None where it is not known."""
        missed = self._generation - generation
        if not 0 <= missed <= len(self._changes):
            return None
        return frozenset[str]().union(*islice(reversed(self._changes), missed))
