"""A directory of this machine, or of one that is mounted here, as the place of a site.

    /srv/www/blog               a symbolic link, which leads to
    /srv/www/.blog.published/   what publish has made, and nobody else
        site-x3k9q2ab/            the site
        site-x3k9q2ab.sha256      what was put there, as sha256sum(1) writes it

A link, because it is the one thing that a file system exchanges in one step for a whole tree: to rename a directory over
another takes two steps, and between them there is no site. It says by itself that publish has made it, so no file of ours is
among those that are served. https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz.errors import OutputError, TemporaryError, UsageError
from alcatraz.publish.trees import changes, digests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alcatraz.publish.trees import Changes

__all__ = ["Directory"]

# A directory may be another machine's (NFS, sshfs), and these say that the way to it is down.
PASSING = {
    errno.ECONNABORTED,
    errno.ECONNREFUSED,
    errno.ECONNRESET,
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.ENETUNREACH,
    errno.ENOTCONN,
    errno.ESTALE,
    errno.ETIMEDOUT,
}
ELSEWHERE = "name one that is new, or empty"


class Directory:
    """The directory `where`; a relative path begins at `folder`."""

    def __init__(self, where: str, folder: Path) -> None:
        path = Path(os.path.abspath(folder / Path(where).expanduser()))  # noqa: PTH100 (its last name stays a link)
        self._path = path.parent.resolve() / path.name
        self._sites = self._path.parent / f".{path.name}.published"

    @property
    def name(self) -> str:
        """Its path."""
        return str(self._path)

    def look_over(self, blog: Path) -> None:
        """Raises UsageError where it is in the blog or above it, or holds what publish has not put there."""
        blog = blog.resolve()
        if self._path.is_relative_to(blog):
            raise UsageError("the target lies inside the blog", where=self.name, remedy="name a directory outside of it")
        if blog.is_relative_to(self._path):
            raise UsageError("the target holds the blog itself", where=self.name, remedy="name another directory")
        with self._explained():
            self._refuse_foreign()

    def compare(self, site: Path) -> Changes:
        """What `replace` would change, by the bytes that are there."""
        with self._explained():
            return changes(digests(self._path), digests(site))

    def replace(self, site: Path) -> None:
        """Copies the site beside the one that is there, then has the link lead to it."""
        with self._explained():
            self._sites.mkdir(exist_ok=True)
            with self._held():
                self._refuse_foreign()  # the build has taken its time
                self._clear()
                new = Path(tempfile.mkdtemp(prefix="site-", dir=self._sites))
                try:
                    self._fill(new, site)
                    self._point_at(new)
                finally:
                    with contextlib.suppress(OSError):  # the next run clears what stays, and no reader sees it
                        self._clear()

    def _fill(self, new: Path, site: Path) -> None:
        """No file is forced to the disk: what a power cut takes the next run finds, since it compares bytes and not notes."""
        new.chmod(0o755)  # mkdtemp's are for their owner alone, and a web server is another
        files = digests(site)
        for name in files:
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / name, new / name)
        self._record(new).write_text("".join(f"{digest}  {name}\n" for name, digest in files.items()), encoding="utf-8")

    def _point_at(self, new: Path) -> None:
        link = self._sites / "link"
        link.unlink(missing_ok=True)
        link.symlink_to(f"{self._sites.name}/{new.name}")
        if not self._path.is_symlink() and self._path.exists():
            self._path.rmdir()  # it is empty, or this refuses
        link.replace(self._path)

    def _clear(self) -> None:
        """Removes all but the site that the link leads to: older ones, and what a run that was killed has left."""
        current = self._current()
        kept = {self._sites / "lock", *((current, self._record(current)) if current else ())}
        for path in self._sites.iterdir():
            if path in kept:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def _current(self) -> Path | None:
        """The site that the link leads to; None where there is no link, or one that publish has not made."""
        if not self._path.is_symlink():
            return None
        led = self._path.parent / self._path.readlink()
        return led if led.parent == self._sites else None

    @staticmethod
    def _record(site: Path) -> Path:
        return site.with_name(f"{site.name}.sha256")

    def _refuse_foreign(self) -> None:
        if not self._path.parent.is_dir():
            place = str(self._path.parent)
            raise UsageError("the directory that is to hold the target is not there", where=place, remedy="make it, or mount it")
        # All in it is removed but the site, and a link may lead home: a plugin can write here while publish runs, others may at any time.
        if self._sites.is_symlink():
            raise UsageError("publish keeps its sites there, and this is a symbolic link", where=str(self._sites), remedy="remove it")
        if current := self._current():
            self._refuse_additions(current)
        elif self._path.is_symlink():
            raise UsageError("the target is a symbolic link that publish has not made", where=self.name, remedy=ELSEWHERE)
        elif self._path.exists() and not self._path.is_dir():
            raise UsageError("the target is not a directory", where=self.name, remedy=ELSEWHERE)
        elif self._path.is_dir() and any(self._path.iterdir()):
            raise UsageError("the target holds something that publish has not put there", where=self.name, remedy=ELSEWHERE)

    def _refuse_additions(self, current: Path) -> None:
        """What was changed there is put right, as it is not in git; what was added is somebody's, and may be nowhere else."""
        record = self._record(current)
        lines = record.read_text(encoding="utf-8").splitlines() if record.is_file() else []
        ours = {line.partition("  ")[2] for line in lines}
        there = (path.relative_to(current).as_posix() for path in sorted(current.rglob("*")) if not path.is_dir())
        if foreign := next((name for name in there if name not in ours), None):
            raise UsageError(
                "publish has not put this file there, and would remove it",
                where=str(self._path / foreign),
                remedy="move it away, or into the blog's content/static",
            )

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        """One at a time, also from several clones of a blog. A file, since NFS locks no directory."""
        # Not "wb", which would empty what a link of this name leads to.
        with (self._sites / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = f"the site cannot be put there ({error.strerror or error})"
            if error.errno in PASSING:
                raise TemporaryError(what, where=self.name, remedy="the site that was there is untouched: try again later") from error
            remedy = f"the site that was there is untouched; {self._path.parent} must be yours to write to, and have room"
            raise OutputError(what, where=self.name, remedy=remedy) from error
