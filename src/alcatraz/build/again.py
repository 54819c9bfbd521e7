"""Whether a build would make what is there: then nothing is done, and Pelican is not even loaded.

A build is a function of the settings, of the files it reads and of its moment. So what these were is kept beside the output, with
what was told of it, unless something of the blog may depend on more: a plugin, or a post that includes other files.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from alcatraz import atomic, fingerprint
from alcatraz.build import rows
from alcatraz.build.report import Report
from alcatraz.build.switch import spare_for
from alcatraz.findings import Finding  # noqa: TC001 (msgspec reads it)
from alcatraz.look import Look, look

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from pathlib import Path

__all__ = ["Last", "Same", "keep", "kept", "name_of_tree", "nothing_to_do", "same", "told"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Same:
    """What was asked for, as far as it is not in the settings: `own` is a name for those, empty where none can stand for them."""

    own: bytes
    drafts: bool
    search: bool
    strict: bool


class Last(msgspec.Struct, frozen=True):
    """What the last build of an output was made of, and told.

    `until` is the moment at which a post comes out, `moment` the one that pages show, where they show one. `folders` are those
    that were looked at; `made` names what was made of them, and `tree` the folder that it is in.
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
    made: bytes
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


def same(last: Last, asked: Same, now: datetime, output: Path, seen: Look) -> bool:
    """Whether a build would make what it made then, and that is still there."""
    moment = now.timestamp()
    return (
        (last.own, last.drafts, last.search) == (asked.own, asked.drafts, asked.search)
        and last.look == seen.name
        and (last.now == moment if last.shows_now else last.now <= moment and (last.until is None or moment < last.until))
        and not (asked.strict and last.findings)
        and last.made == _made(output)
    )


def told(last: Last, spare: Path, started: float) -> Report:
    """The report of a build that has nothing to do."""
    posts, pages, drafts, future, files = last.counts
    sources = rows.sources(rows.load(spare).get(last.tree, {}))
    return Report(posts, pages, drafts, future, files, time.perf_counter() - started, last.findings, sources, changed=frozenset())


def nothing_to_do(root: Path, output: Path, asked: Same, now: datetime) -> tuple[Report | None, Look | None]:
    """The report of a build that has nothing to do, None where it may have; and what was seen of the blog's files, where they were looked at."""
    started = time.perf_counter()
    spare = spare_for(output, root)
    last = kept(spare)
    if last is None or last.own != asked.own:
        return None, None
    seen = look(last.folders)
    return (told(last, spare, started) if same(last, asked, now, output, seen) else None), seen


def keep(spare: Path, last: Last) -> None:
    """Keeps it for the next build."""
    with contextlib.suppress(OSError):
        atomic.write(_file(spare), msgspec.msgpack.encode(last))


def _made(output: Path) -> bytes:
    """A name for an output as it is, by the stamps of its files."""
    return name_of_tree(*rows.listing(str(output)))


def name_of_tree(files: Mapping[str, rows.Stamp], folders: Collection[str]) -> bytes:
    """The name of an output that has these files and folders."""
    return fingerprint.digest(
        msgspec.msgpack.encode((sorted((os.fsencode(path), stamp) for path, stamp in files.items()), sorted(map(os.fsencode, folders))))
    )


def _file(spare: Path) -> Path:
    return spare.with_name(f"{spare.name}.last")
