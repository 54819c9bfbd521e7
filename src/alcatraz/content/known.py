"""What has been read before, by this engine and with these settings, is not read again.

A body's document depends on nothing but what `render` is given, and a post as our reader reads it on nothing but its file, its
place and the settings. So each has a key, the hash of all that, and of the engine.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from pelican.plugins import signals

from alcatraz import fingerprint
from alcatraz.cache import Cache, LostError
from alcatraz.content import markdown, records
from alcatraz.content.ahead import Ahead, children_for, spare_processors
from alcatraz.content.document import Document
from alcatraz.content.generators import KINDS, files_of
from alcatraz.content.posts import Post

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from alcatraz.content.markdown import Place
    from alcatraz.errors import ContentError
    from alcatraz.ledger import Ledger
    from alcatraz.look import Look

__all__ = ["Known"]

AT_HAND = 64  # documents: those of a feed, and of the pages that are made of one another


class Known:
    """The memory of one build: of earlier ones, where the caches have files, and of what children have done ahead."""

    def __init__(self, documents: Cache, posts: Cache | None = None) -> None:
        self.documents = documents
        self.posts = Cache(None) if posts is None else posts  # an empty one is false
        self.rendered = b""  # the key of the last document
        self._shelves: list[_Shelf] = []
        self.restored = self.read = 0  # posts
        self.encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Document).decode
        self.document = lru_cache(AT_HAND)(self._document)

    @property
    def fault(self) -> str | None:
        """What was wrong with the cache."""
        return self.documents.fault or self.posts.fault

    def render(self, body: str, place: Place, *, math: bool = False) -> tuple[Document, list[ContentError]]:
        """As `markdown.render`. A body with errors is read anew each time, until it has none."""
        key = fingerprint.digest(
            self.encode((body, place.path, place.directory, place.first_line, place.base, place.index, place.words, math)),
            fingerprint.engine(),
        )
        if (kept := self.documents.get(key)) is not None:
            self.rendered = key
            return self._decode(kept), []
        document, errors = markdown.render(body, place, math=math, remember=self.documents.remember)
        if not errors:
            self.rendered = key
            self.documents.put(key, self.encode(document))
        return document, errors

    def in_child(self) -> None:
        """To be called in a fork."""
        self.documents.in_child()
        self.posts.in_child()

    def look(self, seen: Look, now: datetime) -> None:
        """Goes by what is `seen` of the blog's files at another moment from here on."""
        for shelf in self._shelves:
            shelf.look(seen, now)

    def read_again(self, post: Post) -> records.Record | None:
        """The record of a post as its file is by now; None where it has none, or cannot be read."""
        return self._shelf_of(post).read_again(post.relative_source_path)

    def take(self, post: Post, record: records.Record) -> None:
        """Puts what is within a post as `record` has it in the place of what was."""
        self.documents.need(record.document)
        self._shelf_of(post).restore.within(post, record)

    def _shelf_of(self, post: Post) -> _Shelf:
        return next(shelf for shelf in self._shelves if isinstance(post, shelf.kind.content))

    def _document(self, key: bytes) -> Document:
        """The document of this key. Raises LostError where the cache has lost it."""
        kept = self.documents.get(key)
        if kept is None:
            raise LostError
        return self._decode(kept)

    @contextmanager
    def attending(self, generators: Sequence[Any], settings: bytes) -> Iterator[None]:
        """Has generators ask here first for each of their posts in the block; `settings` is the name of the blog's.

        They ask by Pelican's own seams, which are there for its cache by time stamps.
        """
        self._shelves = shelves = [_Shelf(generator, self, settings) for generator in generators if type(generator) in KINDS]
        for shelf in shelves:
            shelf.generator.get_cached_data, shelf.generator.cache_data = shelf.get, shelf.put
        with self._children(shelves):
            yield
        for shelf in shelves:
            shelf.generator.settings["LEDGER"].depends_on_more |= shelf.depends_on_more

    @contextmanager
    def _children(self, shelves: Sequence[_Shelf]) -> Iterator[None]:
        """Has children read some of the files that are not known; to know which are, all has to be looked at twice."""
        whose = {file: shelf for shelf in shelves for file in shelf.unknown()} if spare_processors() else {}
        with Ahead(list(whose), lambda file: whose[file].made(file), children_for(len(whose))) as ahead:
            for shelf in shelves:
                shelf.ahead = ahead
            yield


class _Shelf:
    """The posts of one generator: asked for each of its files first, and told what was read of those that it has not."""

    def __init__(self, generator: Any, known: Known, settings: bytes) -> None:
        self.ahead: Ahead | None = None
        self.generator = generator
        self._known = known
        self._ledger: Ledger = generator.settings["LEDGER"]
        self._now: float = generator.settings["NOW"].timestamp()
        self._about = fingerprint.digest(
            fingerprint.engine(), settings, type(generator).__name__.encode(), b"%d" % generator.settings["DRAFTS"]
        )
        self.kind = KINDS[type(generator)]
        self.restore = records.Restorer(generator.settings, generator.context, known.document)
        self._keys: dict[str, bytes] = {}
        self._seen: Mapping[str, bytes] = generator.settings["LOOK"].files
        self.depends_on_more = False
        self._found: dict[str, records.Record | None] = {}  # of those that were asked for before
        self._noted = 0, 0

    def get(self, file: str, default: Any) -> Any:
        """The post of a file, as an earlier build or a child has read it."""
        kept = self._kept(file) or self._of_child(file)
        ledger = self._ledger
        if kept is None:
            self._known.rendered = b""
            self._noted = len(ledger.findings), len(ledger.errors)
            self.depends_on_more |= ledger.depends_on_more
            ledger.depends_on_more = False
            self._known.read += 1
            return default
        self._known.restored += 1
        ledger.findings.extend(kept.findings)
        ledger.drafts += kept.draft
        ledger.step()
        self._known.documents.need(kept.document)
        post = self.restore(kept)
        if kept.future:
            ledger.comes_out(post.date)  # type: ignore[attr-defined] # Pelican's
        return post

    def put(self, file: str, post: Any) -> None:
        """Keeps a post that has been read, where it is known that it depends on its file alone, and lets go of its body."""
        if not isinstance(post, Post):
            return
        findings, document = tuple(self._ledger.findings[self._noted[0] :]), self._known.rendered
        depends_on_more = self._ledger.depends_on_more
        if not document:  # by another reader than ours, which renders here
            encoded = self._known.encode(post.document)
            document = fingerprint.digest(encoded)
            self._known.documents.put(document, encoded)
        post.record = records.recorded(post, document, findings)
        if post.record is None or depends_on_more or len(self._ledger.errors) > self._noted[1]:
            return
        if self._key(file) == self._key_now(file):
            self._known.posts.put(self._key(file), records.encode(post.record))
        else:  # somebody has saved it meanwhile: what was made of it is not of the file that was looked at
            self.depends_on_more = True
        restored = self.restore(post.record)
        post.__dict__.clear()
        post.__dict__.update(restored.__dict__)

    def unknown(self) -> list[str]:
        """The files that will be read."""
        for file in files_of(self.generator):
            self._found[file] = self._kept(file)
        return [file for file, kept in self._found.items() if kept is None]

    def made(self, file: str) -> bytes | None:
        """Reads a file in a child, and gives what is to be kept of it."""
        self._known.documents, self._known.posts, self._ledger.progress = Cache(None), Cache(None), None
        if self.get(file, None) is not None:
            return None
        post = self._read(file)
        key, known = self._keys[file], self._known
        if post is None or post.record is None or (record := known.posts.get(key)) is None or post.record.document not in known.documents:
            return None
        return self._known.encode((key, record, known.documents.new))

    def look(self, seen: Look, now: datetime) -> None:
        """Goes by what is `seen` of the blog's files at another moment from here on."""
        self._seen, self._now = seen.files, now.timestamp()
        self._keys.clear()

    def read_again(self, file: str) -> records.Record | None:
        """The record of a file as it is by now; None where it has none."""
        self._known.rendered, self._noted = b"", (0, 0)
        with self._ledger.apart() as ledger:
            try:
                post = self._read(file)
            except Exception:  # noqa: BLE001 (the generator comes upon it too, and tells it as ever)
                return None
            if post is None or ledger.errors or ledger.depends_on_more or self._key(file) != self._key_now(file):
                return None
            return post.record

    def _read(self, file: str) -> Post | None:
        """A post, read as its generator reads it, and kept; None for what is none."""
        generator, kind = self.generator, self.kind
        post = generator.readers.read_file(
            base_path=generator.path,
            path=file,
            content_class=kind.content,
            context=generator.context,
            preread_signal=getattr(signals, f"{kind.name}_generator_preread"),
            preread_sender=generator,
            context_signal=getattr(signals, f"{kind.name}_generator_context"),
            context_sender=generator,
        )
        if not isinstance(post, Post) or not post.is_valid():  # type: ignore[attr-defined] # Pelican's
            return None
        self.put(file, post)
        return post

    def _kept(self, file: str) -> records.Record | None:
        if (found := self._found.pop(file, None)) is not None:
            return found
        kept = self._known.posts.get(self._key(file))
        record = records.decode(kept) if kept is not None else None
        if record is None or record.document not in self._known.documents:  # which may have been let go before the post was
            return None
        if record.future != (not record.draft and record.date is not None and record.date > self._now):
            return None
        return record

    def _of_child(self, file: str) -> records.Record | None:
        if self.ahead is None or (made := self.ahead.take(file)) is None:
            return None
        key, record, documents = msgspec.msgpack.decode(made, type=tuple[bytes, bytes, dict[bytes, bytes]])
        if key != self._key(file):  # the file has changed meanwhile
            return None
        for name, value in documents.items():
            self._known.documents.put(name, value)
        self._known.posts.put(key, record)
        return records.decode(record)

    def _key(self, file: str) -> bytes:
        key = self._keys.get(file)
        if key is None:
            name = self._seen.get(os.path.join(self.generator.path, file))  # noqa: PTH118 (as below)
            key = self._keys[file] = self._key_of(file, name) if name is not None else self._key_now(file)
        return key

    def _key_now(self, file: str) -> bytes:
        return self._key_of(file, fingerprint.name_of_file(os.path.join(self.generator.path, file)))  # noqa: PTH118 (thousands)

    def _key_of(self, file: str, name: bytes) -> bytes:
        return fingerprint.digest(self._about, file.encode(errors="surrogateescape"), name)
