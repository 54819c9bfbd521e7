"""The folder that a build fills: a tree that holds an earlier site, of which what is still right stays.

Two trees alternate. The one that is served is not touched; the other, which was served before it, receives what it lacks: a file
that the served tree has is linked, any other is written anew, and never over one that is there, since both trees may hold it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs
from pelican.utils import sanitised_join

from alcatraz.build.rows import LINK, Row, Rows, Stamp, folders_above, listing, stamp_of
from alcatraz.build.rows import folders as folders_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Tree"]


class Tree:
    """The files of `folder`. `old` are the rows of the site at `served`, and `own` those of what the folder holds from before."""

    def __init__(self, folder: Path, own: Rows, served: Path | None, old: Rows) -> None:
        self.folder = folder
        self._folder = str(folder)
        self._there, self._folders = listing(self._folder)
        for path in [path for path, stamp in self._there.items() if stamp == LINK]:  # it would lead what is written elsewhere
            os.unlink(f"{self._folder}/{path}")  # noqa: PTH108
        self._own = _still_right(own, self._there)
        self._served = str(served)
        self.before = old
        self._there_before = listing(self._served)[0] if served and old else {}
        self.old = _still_right(old, self._there_before)
        self._by_digest = {row.digest: path for path, row in self.old.items()}
        self.new: Rows = {}

    def keep(self, path: str) -> bool:
        """Takes a file as the served site has it. False where it is not to be had any more."""
        row = self.old[path]
        stamp = self._place(path, row.digest)
        if stamp is None:
            return False
        self.new[path] = row if stamp == row.stamp else structs.replace(row, stamp=stamp)
        return True

    def put(self, path: str, data: bytes | Path) -> tuple[bytes, Stamp]:
        """Puts a file there, and gives a name for its bytes, and its stamp. Raises OSError, RuntimeError for a path that leads out."""
        made = data if isinstance(data, bytes) else data.read_bytes()  # once: its author may be at it
        digest = blake2b(made, digest_size=16).digest()
        stamp = self._place(path, digest)
        if stamp is None:
            target = self._make_room(path)
            with open(target, "xb") as file:  # noqa: PTH123 (thousands)
                file.write(made)
            stamp = stamp_of(os.lstat(target))
        return digest, stamp

    def adopt(self, folder: str, key: bytes) -> None:
        """Takes what another has put into a folder for files of this site, which depend on what `key` names."""
        for inside, stamp in listing(f"{self._folder}/{folder}")[0].items():
            path = f"{folder}/{inside}"
            digest = blake2b(Path(self._folder, path).read_bytes(), digest_size=16).digest()
            self.new[path] = Row(digest, stamp, key)
            self._folders.update(folders_above(path))

    @property
    def changed(self) -> frozenset[str] | None:
        """The paths at which this site and the served one differ; None where that one is not known."""
        if not self.before:
            return None
        return frozenset(
            path for path in self._there_before.keys() | self.new.keys()
            if path not in self.new or path not in self.old or self.new[path].digest != self.old[path].digest
        )  # fmt: skip

    def moved(self, folder: Path) -> None:
        """Stamps the files again where they have come to, since what was linked to them is gone."""
        there = listing(str(folder))[0]
        self.new = {
            path: structs.replace(row, stamp=there[path]) if _alike(row.stamp, there.get(path)) else row for path, row in self.new.items()
        }

    def settle(self) -> None:
        """Stamps again, once no link comes or goes any more, the files of both trees that one has come to or gone from meanwhile."""
        found = self._there.items() ^ {path: row.stamp for path, row in self.new.items()}.items()
        linked = {number for _, (_, _, number, _) in found}
        self.new = _stamped(self.new, self._folder, linked)
        self.before = {**self.before, **_stamped(self.old, self._served, linked)}

    def clear(self) -> None:
        """Takes away what is of no site any more."""
        folders = folders_of(self.new)
        for path in self._there.keys() - self.new.keys() - folders:  # where a file was, there may be a folder now
            if os.path.lexists(f"{self._folder}/{path}"):
                os.unlink(f"{self._folder}/{path}")  # noqa: PTH108
        for path in sorted(self._folders - folders, reverse=True):
            if os.path.isdir(f"{self._folder}/{path}"):  # noqa: PTH112
                os.rmdir(f"{self._folder}/{path}")  # noqa: PTH106

    def _place(self, path: str, digest: bytes) -> Stamp | None:
        """Sees to it that a file with these bytes is at `path`, if one of the two trees has it; None where none does."""
        own = self._own.get(path)
        if own is not None and own.digest == digest:
            return own.stamp
        other = self._by_digest.get(digest)
        if other is None:
            return None
        target = self._make_room(path)
        try:
            os.link(f"{self._served}/{other}", target)
        except OSError:  # a file system without links, or a file that has as many as it can
            return None
        stamp = stamp_of(os.lstat(target))
        if not _alike(stamp, self.old[other].stamp):
            os.unlink(target)  # noqa: PTH108
            return None
        return stamp

    def _make_room(self, path: str) -> str:
        """The place of a file, where nothing is any more."""
        if ".." in path or path.startswith("/"):
            path = os.path.relpath(sanitised_join(self._folder, path), self._folder)
        target = f"{self._folder}/{path}"
        folder = os.path.dirname(path)  # noqa: PTH120
        if folder and folder not in self._folders:
            for above in folders_above(path):
                at = f"{self._folder}/{above}"
                if above in self._there and (os.path.islink(at) or not os.path.isdir(at)):  # noqa: PTH112, PTH114
                    with contextlib.suppress(OSError):  # a child may have made the folder meanwhile
                        os.unlink(at)  # noqa: PTH108
            os.makedirs(f"{self._folder}/{folder}", exist_ok=True)  # noqa: PTH103
            self._folders.update(folders_above(path))
        # What is there may have been put there a moment ago, for this name, as a link to what the served tree holds.
        if os.path.isdir(target) and not os.path.islink(target):  # noqa: PTH112, PTH114
            shutil.rmtree(target)
        elif os.path.lexists(target):
            os.unlink(target)  # noqa: PTH108
        self._own.pop(path, None)
        return target


def _alike(one: Stamp, other: Stamp | None) -> bool:
    """Whether two stamps are of one file with the same bytes, as far as links may come and go: those change its last moment."""
    return other is not None and one[:3] == other[:3]


def _stamped(rows: Rows, folder: str, numbers: set[int]) -> Rows:
    """These rows, those of files with one of these numbers stamped again."""
    made = dict(rows)
    for path, row in rows.items():
        if row.stamp[2] in numbers:
            with contextlib.suppress(OSError):
                stamp = stamp_of(os.lstat(f"{folder}/{path}"))
                if _alike(row.stamp, stamp):
                    made[path] = structs.replace(row, stamp=stamp)
    return made


def _still_right(rows: Mapping[str, Row], there: Mapping[str, Stamp]) -> Rows:
    return {path: row for path, row in rows.items() if there.get(path) == row.stamp}
