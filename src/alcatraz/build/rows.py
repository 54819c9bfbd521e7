"""What is known of the files of an output that a build has made: what each depends on, and by what it is known again.

A file's own bytes are not read again to know them: nobody but a build writes there, and whoever does all the same gives a file
another size, moment or number; the moment of its last change nobody can put back. That is looked at each time; the author's files are read.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import msgspec

from alcatraz import atomic
from alcatraz.findings import Finding  # noqa: TC001 (msgspec reads it)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LINK", "Row", "Rows", "Stamp", "folders", "folders_above", "listing", "load", "number", "save", "sources", "stamp_of"]

FORMAT = 2

Stamp = tuple[int, int, int, int]  # size, moment in nanoseconds, number of the file, and the moment of any change, of mode or links too
LINK: Stamp = (-1, 0, 0, 0)  # a symbolic link's: no build makes one, so it is never what was made


class Row(msgspec.Struct, array_like=True, frozen=True):
    """A file that was made.

    `digest` names its bytes, `key` what they depend on; `seen` are the posts that were looked into, and `inside` names what was
    in them. `assets` are the files of the theme that it asks for, `findings` what was said while it was made; `searchable` names
    what of it can be found.
    """

    digest: bytes
    stamp: Stamp
    key: bytes | None = None
    seen: tuple[str, ...] = ()
    inside: bytes = b""
    assets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    source: str | None = None
    content: bool = False
    searchable: bytes | None = None


Rows = dict[str, Row]  # by path in the output


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    format: int
    trees: dict[str, Rows]


def load(spare: Path) -> dict[str, Rows]:
    """The rows that are kept beside a spare tree, by the numbers of the folders that they are of; none where they cannot be read."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        kept = msgspec.msgpack.decode(_file(spare).read_bytes(), type=_Kept)
        if kept.format == FORMAT:
            return kept.trees
    return {}


def save(spare: Path, trees: dict[str, Rows]) -> None:
    """Keeps rows for `load`. Where they cannot be kept, the next build makes everything."""
    with contextlib.suppress(OSError):
        spare.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(_file(spare), msgspec.msgpack.encode(_Kept(FORMAT, trees)))


def _file(spare: Path) -> Path:
    return spare.with_name(f"{spare.name}.rows")


def sources(rows: Rows) -> dict[str, str]:
    """The source of each file that has one, by path."""
    return {path: row.source for path, row in sorted(rows.items()) if row.source}


def folders(rows: Rows) -> set[str]:
    """The folders that hold these files."""
    return {above for folder in {path.rpartition("/")[0] for path in rows} for above in (*folders_above(folder), folder) if above}


def folders_above(path: str) -> list[str]:
    """The folders around a path, the outermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def number(folder: Path) -> str:
    """What tells a folder from any other on this machine, whatever its name; "" where it is not there."""
    try:
        about = folder.lstat()
    except OSError:
        return ""
    return f"{about.st_dev} {about.st_ino}"


def stamp_of(about: os.stat_result) -> Stamp:
    """By what a file is known again."""
    return about.st_size, about.st_mtime_ns, about.st_ino, about.st_ctime_ns


def listing(folder: str) -> tuple[dict[str, Stamp], set[str]]:
    """The files below a folder with their stamps, and the folders, by path; a symbolic link is a file that nothing fits."""
    found: dict[str, Stamp] = {}
    folders: set[str] = set()
    to_list = [""]
    while to_list:
        at = to_list.pop()
        with contextlib.suppress(OSError), os.scandir(f"{folder}/{at}") as entries:
            for entry in entries:
                path = f"{at}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    to_list.append(f"{path}/")
                elif entry.is_symlink():
                    found[path] = LINK
                else:
                    found[path] = stamp_of(entry.stat(follow_symlinks=False))
    return found, folders
