"""Bodies that have been rendered before, by this engine and in this place: they are not rendered again.

A document is a value that depends on nothing but what `render` is given, and on the code that makes it. So its key is the hash
of both: of the engine's own files too, since an engine that is being worked on keeps its version.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from alcatraz.content import markdown
from alcatraz.content.ahead import Ahead, children_for, spare_processors
from alcatraz.content.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from alcatraz.cache import Cache
    from alcatraz.content.markdown import Place
    from alcatraz.errors import ContentError

__all__ = ["Known"]

KEY = 20  # bytes
# Whatever a body's HTML is made by, besides our own files.
MAKERS = ("latex2mathml", "msgspec", "pygments", "pyromark")


class Known:
    """`markdown.render`, with a memory: of earlier builds, where there is a cache, and of what children have done ahead."""

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache
        self._ahead: Ahead | None = None
        self._last = b""
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Document).decode

    @property
    def fault(self) -> str | None:
        """What was wrong with the cache."""
        return self._cache.fault if self._cache is not None else None

    def render(self, body: str, place: Place, *, math: bool = False) -> tuple[Document, list[ContentError]]:
        """As `markdown.render`. A body with errors is read anew each time, until it has none."""
        key = hashlib.blake2b(
            self._encode((_maker(), body, place.path, place.directory, place.first_line, place.base, place.index, place.words, math)),
            digest_size=KEY,
        ).digest()
        if self._cache is not None and (kept := self._cache.get(key)) is not None:
            return self._decode(kept), []
        made = self._ahead.take(place.path) if self._ahead else None
        if made is not None and made.startswith(key):  # else the file has changed meanwhile
            self._keep(key, made[KEY:])
            return self._decode(made[KEY:]), []
        document, errors = markdown.render(body, place, math=math)
        if not errors:
            self._keep(key, self._encode(document))
        return document, errors

    @contextmanager
    def foreseeing(self, to_be_read: Callable[[], tuple[Sequence[str], Callable[[str], object]]]) -> Iterator[None]:
        """Has children render some of the bodies that this process comes to in the block, where there are enough that are not known.

        `to_be_read` gives the files, named as places name them, in the order in which they are come to, and what has one read, and its
        body rendered. It is asked only where there can be children, since it looks through all of the content.
        """
        if not spare_processors():
            yield
            return
        files, read = to_be_read()

        def ahead(file: str) -> bytes:
            self._cache, self._ahead, self._last = None, None, b""
            read(file)
            return self._last

        unknown = len(files) - (len(self._cache) if self._cache is not None else 0)
        with Ahead(files, ahead, children_for(unknown)) as self._ahead:
            yield
        self._ahead = None

    def _keep(self, key: bytes, value: bytes) -> None:
        self._last = key + value
        if self._cache is not None:
            self._cache.put(key, value)


@cache
def _maker() -> str:
    """A name for the code that renders: ours, what it calls, and the Python that runs it."""
    made = hashlib.sha256(sys.version.encode())
    for package in MAKERS:
        made.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    here = Path(__file__).parent
    for file in sorted([*here.glob("*.py"), here.parent / "findings.py", here.parent / "words.py"]):
        made.update(file.read_bytes())
    return made.hexdigest()
