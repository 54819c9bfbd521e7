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
    from pathlib import Path
    from types import TracebackType

__all__ = ["Cache"]

FORMAT = 1
WAIT = 5  # seconds for another build that is writing
SPARE = 256  # entries that are kept beyond twice those that a build has asked for


class Cache:
    """The cache in a file. Used as a context: what was put is kept when that ends well, and nothing of it before."""

    def __init__(self, file: Path) -> None:
        self.fault: str | None = None
        self._file = file
        self._asked: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}
        self._database: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
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
            row = self._database.execute("SELECT digest, value FROM entries WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError:
            self._begin_anew()
            return None
        if row is None:
            return None
        digest, value = row
        if not isinstance(value, bytes) or _digest(value) != digest:
            self._begin_anew()
            return None
        return value

    def put(self, key: bytes, value: bytes) -> bytes:
        """Keeps a value under a key, and gives it back."""
        self._asked.add(key)
        self._new[key] = value
        return value

    def _opened(self) -> sqlite3.Connection:
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
        with contextlib.suppress(OSError, sqlite3.DatabaseError):
            for suffix in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
            self._database = self._opened()

    def _keep(self, database: sqlite3.Connection) -> None:
        if self._new:
            database.execute("BEGIN IMMEDIATE")
            rows = ((key, _digest(value), value) for key, value in self._new.items())
            database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
            database.execute("COMMIT")
        if len(self) > 2 * len(self._asked) + SPARE:
            database.execute("CREATE TEMPORARY TABLE asked (key BLOB PRIMARY KEY)")
            database.executemany("INSERT INTO asked VALUES (?)", ((key,) for key in self._asked))
            database.execute("DELETE FROM entries WHERE key NOT IN (SELECT key FROM asked)")
            database.execute("VACUUM")


def _digest(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=16).digest()
