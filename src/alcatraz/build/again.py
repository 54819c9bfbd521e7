"""Whether a build would make what is there: then nothing is done, and Pelican is not even loaded.

A build is a function of the settings, of the files it reads and of its moment. So what these were is kept beside the output, with
what was told of it, unless something of the blog may depend on more: a plugin, or a post that includes other files.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from alcatraz import atomic
from alcatraz.build import rows
from alcatraz.build.report import Report
from alcatraz.build.switch import spare_for
from alcatraz.findings import Finding  # noqa: TC001 (msgspec reads it)
from alcatraz.look import Look, look

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

__all__ = ["Last", "Same", "alike", "forget", "keep", "kept", "nothing_to_do", "report"]

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Same:
    """What was asked for, as far as it is not in the settings: `own` is a name for those, empty where none can stand for them."""

    own: bytes
    output: Path
    now: datetime
    drafts: bool
    search: bool
    strict: bool


class Last(msgspec.Struct, frozen=True):
    """What the last build of an output was made of, and told.

    `until` is the moment at which a post comes out, `moment` the one that pages show, where they show one. `folders` are those
    that were looked at, and `tree` is the number of the folder that holds what was made of them.
    """

    format: int
    own: bytes
    drafts: bool
    search: bool
    now: float
    until: float | None
    shows_now: bool
    folders: tuple[str, ...]
    look: bytes
    tree: str
    counts: tuple[int, int, int, int, int]
    findings: tuple[Finding, ...]


def kept(spare: Path) -> Last | None:
    """What is known of the last build."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        last = msgspec.msgpack.decode(_file(spare).read_bytes(), type=Last)
        if last.format == FORMAT:
            return last
    return None


def report(last: Last, spare: Path, asked: Same, seen: Look, started: float) -> Report | None:
    """The report of a build that would make what was made then, and what is still there; None of any other."""
    if not (
        (last.own, last.drafts, last.search) == (asked.own, asked.drafts, asked.search)
        and last.look == seen.name
        and alike(last.now, asked.now.timestamp(), last.until, shows_now=last.shows_now)
        and not (asked.strict and last.findings)
    ):
        return None
    made = rows.load(spare).get(last.tree, {})
    if rows.listing(str(asked.output)) != ({path: row.stamp for path, row in made.items()}, rows.folders(made)):
        return None
    posts, pages, drafts, future, files = last.counts
    seconds = time.perf_counter() - started
    return Report(posts, pages, drafts, future, files, seconds, last.findings, rows.sources(made), changed=frozenset())


def alike(last: float, now: float, until: float | None, *, shows_now: bool) -> bool:
    """Whether a blog is the same at two moments, `until` one at which a post comes out, and where pages may show the moment itself."""
    return last == now if shows_now else last <= now and (until is None or now < until)


def nothing_to_do(root: Path, asked: Same) -> tuple[Report | None, Look | None]:
    """The report of a build that has nothing to do, None where it may have; and what was seen of the blog's files, where they were looked at."""
    started = time.perf_counter()
    spare = spare_for(asked.output, root)
    last = kept(spare)
    if last is None or last.own != asked.own:
        return None, None
    seen = look(last.folders)
    return report(last, spare, asked, seen, started), seen


def keep(spare: Path, last: Last) -> None:
    """Keeps it for the next build."""
    with contextlib.suppress(OSError):
        atomic.write(_file(spare), msgspec.msgpack.encode(last))


def forget(spare: Path) -> None:
    """Lets go of what is kept, before the trees that it is about are others: the one after the next has the place of the last."""
    with contextlib.suppress(OSError):
        _file(spare).unlink(missing_ok=True)


def _file(spare: Path) -> Path:
    return spare.with_name(f"{spare.name}.last")
