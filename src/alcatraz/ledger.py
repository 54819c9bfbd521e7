"""What a build notes down on its way: errors, findings, what was left out, how far it has come, and what was looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime  # noqa: TC003 (dataclass field)

from alcatraz.findings import Finding  # noqa: TC001 (dataclass field)

__all__ = ["Ledger", "Progress", "Watch"]

# Told of each step: what is being done, how much of it is done, and how much there is of it.
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Ledger:
    """One for each build, handed along in Pelican's settings, since Pelican's signals carry nothing else.

    `until` is the moment at which the next of the `future` posts comes out; `depends_on_more` says that something was read that
    may depend on other files than its own.
    """

    errors: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    drafts: int = 0
    future: int = 0
    until: datetime | None = None
    depends_on_more: bool = False
    progress: Progress | None = None
    _stage: tuple[str, int, int] = ("", 0, 0)

    @contextmanager
    def apart(self) -> Iterator[Ledger]:
        """Notes what comes in the block as if nothing had been before, and forgets it after."""
        before = replace(self)
        self._become(Ledger(progress=self.progress))
        try:
            yield self
        finally:
            self._become(before)

    def _become(self, other: Ledger) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(other, each.name))

    def begin(self, stage: str, total: int) -> None:
        """What follows is `stage`, which has `total` steps, as far as is known."""
        self._stage = (stage, 0, total)

    def comes_out(self, date: datetime) -> None:
        """Counts a post to come."""
        self.future += 1
        self.until = min(self.until or date, date)

    def step(self) -> None:
        """One step of the stage is done."""
        stage, done, total = self._stage
        self._stage = (stage, done + 1, total)
        if self.progress:
            self.progress(*self._stage)


class Watch:
    """Which posts are looked into, by the names of their files, while `seen` is a set; `beyond` counts what nobody has a name for."""

    def __init__(self) -> None:
        self.seen: set[str] | None = None
        self.beyond = 0

    def look(self, post: str) -> None:
        """Notes that somebody looks into a post."""
        if self.seen is not None:
            self.seen.add(post)

    def look_beyond(self, where: str) -> None:
        """Notes that somebody has seen what nobody has a name for."""
        self.beyond += 1
        if self.seen is not None:
            self.seen.add(f"\0{where}")  # no file has this name, though it may be written as another's is
