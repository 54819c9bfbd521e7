"""From the path of a request to a file of the site: never to one outside, whatever the path says."""

from __future__ import annotations

import asyncio
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["File", "Folder", "look_up", "segments"]


TRIES = 50
PAUSE = 0.01  # seconds


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site, open for reading: a build that takes its place does not change it. Who gets it, closes it."""

    path: Path
    handle: BinaryIO
    size: int
    version: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the site."""

    path: Path


def segments(raw_path: bytes) -> tuple[str, ...] | None:
    """The names in the path of a request, or None where it names no file of any site.

    `raw_path` is as it came, with its percent-encoding, which is undone once, after the path is parted: an encoded
    slash parts nothing. The last name is empty where the path ends in a slash. RFC 3986, sections 2.4 and 3.3.
    """
    start, *parts = raw_path.split(b"/")
    if start or not parts:
        return None
    try:
        names = tuple(unquote_to_bytes(part).decode() for part in parts)
    except UnicodeDecodeError:
        return None
    if "" in names[:-1] or any(name in {".", ".."} or not {"/", "\\", "\0"}.isdisjoint(name) for name in names):
        return None
    return names


async def look_up(site: Path, names: Sequence[str]) -> File | Folder | None:
    """What lies at `names` in the folder `site`, links followed; None where that is nothing, or outside.

    Only folders and plain files are given out; to open a FIFO or a device could take for ever. It is done here and not in a
    thread of its own: that would wait for a build that runs, twice, and for longer than a disk takes.
    """
    for _ in range(TRIES):
        before = _identity(site)
        found = _look_up(site, names)
        if found or (before and before == _identity(site)):
            return found
        await asyncio.sleep(PAUSE)  # a build is putting another folder in the place of this one: look again
    return None


def _identity(site: Path) -> tuple[int, int] | None:
    try:
        status = site.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _look_up(site: Path, names: Sequence[str]) -> File | Folder | None:
    handle: BinaryIO | None = None
    try:
        root = site.resolve(strict=True)
        path = root.joinpath(*names).resolve(strict=True)
        if not path.is_relative_to(root):
            return None
        if path.is_dir():
            return Folder(path)
        if not path.is_file():
            return None
        handle = path.open("rb")
        status = os.fstat(handle.fileno())
    except (OSError, RuntimeError, ValueError):  # RuntimeError: a loop of links, before Python 3.13
        return None
    if not stat.S_ISREG(status.st_mode):
        handle.close()
        return None
    # Not the time of modification: a build may set that, and then an edit that keeps the size would keep the version.
    return File(path, handle, status.st_size, f"{status.st_ino:x}-{status.st_ctime_ns:x}-{status.st_size:x}")
