"""What a build makes, on its way into the tree: what is there already stays, and the rest is made by whoever is free."""

from __future__ import annotations

import posixpath
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import msgspec

from alcatraz.build import shared
from alcatraz.build.keys import UnknownError
from alcatraz.build.pelican_log import say_again
from alcatraz.build.rows import Row
from alcatraz.content.ahead import spare_processors
from alcatraz.fingerprint import digest, engine
from alcatraz.ledger import Watch
from alcatraz.search.index import BUNDLE, index, searchable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from alcatraz.build.keys import Keys
    from alcatraz.build.tree import Tree
    from alcatraz.ledger import Ledger
    from alcatraz.output import File

__all__ = ["Collect"]

FEW = 40  # pages that are not worth a child


class Collect:
    """A sink for one build. Used as a context, which ends when nothing of it is at work any more.

    `watch` sees which posts are looked into, and `posts` gives the post of a name that it has noted. `planned` are the files that it was
    given before any was made. `cache` is where the search
    index is kept, None where none is wanted. One that goes on from another, `before`, has of it what a site is known by. The index is begun as soon as the pages of all posts are there: Pagefind is a program of its
    own, and most of its work needs nothing of ours.
    """

    def __init__(self, tree: Tree, ledger: Ledger, cache: Path | None, language: str, before: Collect | None = None) -> None:
        self.keys: Keys | None = before.keys if before else None
        self.posts: Mapping[str, Any] = before.posts if before else {}
        self.assets: Any = before.assets if before else None
        self.kept = 0
        self.made = 0
        self.planned: list[File] = []
        self._is_made = False
        self._tree = tree
        self._ledger = ledger
        self.watch: Watch = before.watch if before else Watch()
        self._cache = cache
        self._language = language
        self._pending: dict[str, File] = {}
        self._beside = ThreadPoolExecutor(1, "search")
        self._begun: tuple[bytes, Future[bool]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.shutdown(cancel_futures=True)

    def put(self, file: File) -> None:
        """Takes a file; it is a Sink."""
        if (path := posixpath.normpath(file.path)) != file.path:  # as it is known by when it is there
            file = replace(file, path=path)
        self._pending.pop(file.path, None)
        if not self._is_made:
            self.planned.append(file)
        row = self._tree.old.get(file.path)
        key = self._key(file) if row is not None else None
        if row is not None and key is not None and row.key == key and self._is_as_seen(row) and self._tree.keep(file.path):
            self.kept += 1
            self._ledger.step()
            self._take_note(row)
        elif callable(file.data):
            self._pending[file.path] = file
        else:
            found = _searchable(file.path, file.data)
            self._tree.new[file.path] = Row(
                *self._tree.put(file.path, file.data), self._key(file), source=file.source, content=file.content, searchable=found
            )

    def put_all(self, files: Iterable[File], begin: Callable[[], None]) -> None:
        """Takes the files that another was given, and makes what has to be made of them."""
        self.assets.used.clear()
        for file in files:
            self.put(file)
        self.make(begin)

    def make(self, begin: Callable[[], None]) -> None:
        """Makes what is still to be made: first the pages of posts, then all else. Children call `begin`. Raises what making raises."""
        self._is_made = True
        pending = list(self._pending.values())
        self._make([file for file in pending if file.content], begin)
        self._index()
        self._make([file for file in pending if not file.content], begin)

    def finish(self) -> None:
        """Waits for the index, and takes away what is of no site any more. Raises what making the index has raised."""
        self._index()
        if self._begun:
            key, begun = self._begun
            begun.result()
            self._tree.adopt(BUNDLE, key)
        self._tree.clear()

    @property
    def has_search(self) -> bool:
        """Whether there will be an index, of the pages so far."""
        return bool(self._cache and any(row.searchable for row in self._tree.new.values()))

    def _make(self, files: Sequence[File], begin: Callable[[], None]) -> None:
        encode, decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Row).decode
        self.made += len(files)
        children = spare_processors() if len(files) >= FEW else 0
        if children:  # so that what the first needs, templates above all, is there for each of them
            self._tree.new[files[0].path] = row = self._made(files[0])
            self._take_note(row)
            files = files[1:]
        for number, made in shared.done(len(files), lambda at: encode(self._made(files[at])), children, begin):
            row = decode(made)
            self._tree.new[files[number].path] = row
            self._take_note(row)

    def _made(self, file: File) -> Row:
        """Makes a file, and notes what was looked at and said meanwhile; here or in a child."""
        said = len(self._ledger.findings)
        asked = self.assets.asked if self.assets is not None else set()
        asked.clear()
        say_again()
        self.watch.seen = set()
        try:
            data = file.data() if callable(file.data) else file.data
            seen = tuple(sorted(self.watch.seen))
        finally:
            self.watch.seen = None
        inside = self._inside(seen)
        findings = tuple(self._ledger.findings[said:])
        del self._ledger.findings[said:]
        return Row(
            *self._tree.put(file.path, data),
            self._key(file) if inside is not None else None,
            seen,
            inside or b"",
            tuple(sorted(asked)),
            findings,
            file.source,
            file.content,
            _searchable(file.path, data),
        )

    def _take_note(self, row: Row) -> None:
        self._ledger.findings.extend(row.findings)
        for name in row.assets:
            self.assets.asset(name)

    def _key(self, file: File) -> bytes | None:
        return self.keys.whole(file.key, file.posts) if file.posts and self.keys else file.key

    def _is_as_seen(self, row: Row) -> bool:
        return not row.seen or row.inside == self._inside(row.seen)

    def _inside(self, seen: Sequence[str]) -> bytes | None:
        """A name for what is in these posts; None where nobody can tell."""
        if not seen:
            return b""
        if self.keys is None:
            return None
        try:
            return digest(*(self.keys.inside(self.posts[name]) for name in seen))
        except (KeyError, UnknownError, AttributeError):
            return None

    def _index(self) -> None:
        """Begins to make the index, unless the pages that can be found are those of which one is there, or is being made."""
        pages = sorted((path, row.searchable) for path, row in self._tree.new.items() if row.searchable)
        if not self._cache or not pages:
            return
        key = digest(engine(), self._language.encode(), msgspec.msgpack.encode(pages))
        if self._begun and self._begun[0] == key:
            return
        there = [path for path, row in self._tree.before.items() if path.startswith(f"{BUNDLE}/") and row.key == key]
        if there and all(path in self._tree.old and self._tree.keep(path) for path in there):
            return
        paths = [path for path, _ in pages]
        self._begun = key, self._beside.submit(index, self._tree.folder, self._cache, paths, language=self._language)


def _searchable(path: str, data: bytes | Path) -> bytes | None:
    """A name for what of a file can be found; None where it cannot."""
    if not isinstance(data, bytes) or not path.endswith(".html"):
        return None
    text = searchable(data.decode(errors="replace"))
    return digest(text.encode()) if text is not None else None
