"""A cache of values by the hash of all that they were made of: what is found is right, whenever it was made and by whom.

    with Cache(folder / "documents") as cache:
        value = cache.get(key) or cache.put(key, made())

One file of SQLite's, since it is safe with two builds at once and with one that is killed, and a thousand small files are not
fast. Nothing in it is needed: where it cannot be read or written, all is made anew, and `fault` says what was wrong.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

__all__ = ["Cache", "LostError"]

FORMAT = 1
MOST = 8 << 20  # bytes that are held before they are written
WAIT = 5  # seconds for another build that is writing
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}  # another build is at it: no damage
# A cache has as many entries as TIMES those that a build has asked for, and SPARE beyond. An edit asks for few: of a post it may be
# the document alone, and how it stands in feeds, and what its code comes to, are wanted the next time.
TIMES = 6
SPARE = 256


class LostError(LookupError):
    """The cache has lost a value that was in it when this build began: everything is to be made without it."""


class Cache:
    """The cache in a file, or for one build alone where there is none. Used as a context: what was put is kept when that ends well.

    What is much is written as it comes: a value is right whatever becomes of the build. One of which almost everything is asked
    for is read `at_once`.
    """

    def __init__(self, file: Path | None, *, at_once: bool = False) -> None:
        self.fault: str | None = None
        self._file = file
        self._asked: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}
        self._size = 0  # of what is new
        self._inherited: sqlite3.Connection | None = None
        self._at_once = at_once
        self._keys: set[bytes] | None = None
        self._all: dict[bytes, tuple[bytes, object]] | None = None
        self._database: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        if self._file is None:
            return self
        # Where nothing can be written, as in a sealed build, nothing has been kept either.
        with contextlib.suppress(OSError, sqlite3.OperationalError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._database = self._opened()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # the file is none of SQLite's
                self._begin_anew()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._database is None:
            return
        try:
            if kind is None:
                self._keep(self._database)
        except sqlite3.OperationalError as failed:  # a full disk, another build that does not end
            self.fault = self.fault or f"the cache cannot be written ({failed}), so the next build is no faster; make room for it"
        except sqlite3.DatabaseError:
            self._begin_anew()
        finally:
            if self._database is not None:
                self._database.close()
            self._database = self._all = self._keys = None  # it may be opened again, by a later build of the same process

    def __len__(self) -> int:
        """How many values earlier builds have kept."""
        if self._database is None:
            return 0
        try:
            (count,) = self._database.execute("SELECT count(*) FROM entries").fetchone()
        except sqlite3.DatabaseError:
            self._begin_anew()
            return 0
        return int(count)

    def get(self, key: bytes) -> bytes | None:
        """What was put under this key, now or by an earlier build; None where nothing was."""
        self._asked.add(key)
        if key in self._new or self._database is None:
            return self._new.get(key)
        try:
            row = self._row(self._database, key)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) not in BUSY:
                self._begin_anew()
            return None
        if row is None:
            return None
        digest, value = row
        if not isinstance(value, bytes) or _digest(value) != digest:
            self._begin_anew()
            return None
        return value

    def __contains__(self, key: bytes) -> bool:
        """Whether there was a value under this key when it was first asked so, or one was put there since."""
        if key in self._new:
            return True
        if self._keys is None:
            self._keys = set()
            if self._database is not None:
                with contextlib.suppress(sqlite3.DatabaseError):
                    self._keys = {kept for (kept,) in self._database.execute("SELECT key FROM entries")}
        return key in self._keys

    def _row(self, database: sqlite3.Connection, key: bytes) -> tuple[bytes, object] | None:
        if not self._at_once:
            found: tuple[bytes, object] | None = database.execute("SELECT digest, value FROM entries WHERE key = ?", (key,)).fetchone()
            return found
        if self._all is None:
            self._all = {kept: (digest, value) for kept, digest, value in database.execute("SELECT key, digest, value FROM entries")}
        return self._all.get(key)

    def need(self, key: bytes) -> None:
        """Says that a value may be asked for yet, or by the next build, which is as good as to ask for it."""
        self._asked.add(key)

    def put(self, key: bytes, value: bytes) -> bytes:
        """Keeps a value under a key, and gives it back."""
        self._asked.add(key)
        self._new[key] = value
        self._size += len(value)
        if self._size > MOST and self._database is not None:
            self._size = 0
            with contextlib.suppress(sqlite3.OperationalError):  # then all is written at the end, or told there
                self._write(self._database)
        return value

    @property
    def new(self) -> Mapping[bytes, bytes]:
        """What was put and is not written yet: all of it, where there is no file."""
        return self._new

    def remember(self, key: bytes, make: Callable[[], bytes]) -> bytes:
        """The value of a key, which is made where it is not known."""
        kept = self.get(key)
        return kept if kept is not None else self.put(key, make())

    def in_child(self) -> None:
        """To be called in a fork: SQLite's connections are for one process each. What was put is still at hand, and none is kept."""
        self._inherited, self._database = self._database, None
        if self._inherited is not None:
            with contextlib.suppress(sqlite3.DatabaseError):
                self._database = self._opened()

    def _opened(self) -> sqlite3.Connection:
        assert self._file is not None  # noqa: S101 (for the type checker)
        database = sqlite3.connect(self._file, timeout=WAIT, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            # What a power cut takes is made again.
            database.execute("PRAGMA synchronous = OFF")
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version != FORMAT:
                database.executescript(
                    f"BEGIN IMMEDIATE; DROP TABLE IF EXISTS entries;"
                    f"CREATE TABLE entries (key BLOB PRIMARY KEY, digest BLOB NOT NULL, value BLOB NOT NULL);"
                    f"PRAGMA user_version = {FORMAT}; COMMIT"
                )
        except BaseException:
            database.close()
            raise
        return database

    def _begin_anew(self) -> None:
        """Throws the file away: of one that is damaged in a place that was looked at, no other is to be trusted."""
        self.fault = "the cache was damaged, and is made anew"
        if self._database is not None:
            self._database.close()
        self._database = None
        self._all = self._keys = None
        if self._file is None:
            return
        with contextlib.suppress(OSError, sqlite3.DatabaseError):
            for suffix in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
            self._database = self._opened()

    def _write(self, database: sqlite3.Connection) -> None:
        database.execute("BEGIN IMMEDIATE")
        try:
            rows = ((key, _digest(value), value) for key, value in self._new.items())
            database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
        if self._keys is not None:
            self._keys.update(self._new)
        self._new.clear()

    def _keep(self, database: sqlite3.Connection) -> None:
        if self._new:
            self._write(database)
        if len(self) > TIMES * len(self._asked) + SPARE:
            database.execute("CREATE TEMPORARY TABLE asked (key BLOB PRIMARY KEY)")
            database.executemany("INSERT INTO asked VALUES (?)", ((key,) for key in self._asked))
            database.execute("DELETE FROM entries WHERE key NOT IN (SELECT key FROM asked)")
            database.execute("VACUUM")


def _digest(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=16).digest()
