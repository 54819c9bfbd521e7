"""A finding: something in the blog that its author should look at, with its place and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Finding", "place_of"]


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """What `build` warns of and `check` lists.

    `path` is relative to the blog's folder, in POSIX form; `line` counts from 1, and is 0 where a finding concerns
    the whole file; `rule` names the rule in docs/checks.md. `leads_to` is, where it is about a link that stays in the page,
    what that leads to: a file of the output and the part after the `#`. By it, who finds the link there knows that it is told.
    """

    path: str
    line: int
    rule: str
    message: str
    remedy: str
    leads_to: str = field(default="", compare=False)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}; {self.remedy}"


def place_of(path: Path, root: Path) -> str:
    """How a file is named to the author: relative to the blog's folder where it lies inside, in POSIX form."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
