"""What a build tells of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alcatraz.findings import Finding

__all__ = ["Report"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was built. `drafts` and `future` were left out, or shown where the request said so.

    `sources` maps output paths to the source each came from, both relative, in POSIX form. `remark` is what the author is to
    know of the build itself, and not of the blog. `changed` are the paths at which the output differs from the one that was
    there before, None where that is not known. `explanation` is what was asked for with `explain`, a sentence each.
    """

    posts: int
    pages: int
    drafts: int
    future: int
    files: int
    seconds: float
    findings: tuple[Finding, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    remark: str | None = None
    changed: frozenset[str] | None = None
    explanation: tuple[str, ...] = ()
