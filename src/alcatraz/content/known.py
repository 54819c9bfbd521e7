"""Bodies that have been rendered before, by this engine and in this place: they are not rendered again.

A document is a value that depends on nothing but what `render` is given, and on the code that makes it. So its key is the hash
of both: of the engine's own files too, since an engine that is being worked on keeps its version.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from alcatraz.content import markdown
from alcatraz.content.document import Document

if TYPE_CHECKING:
    from alcatraz.cache import Cache
    from alcatraz.content.markdown import Place
    from alcatraz.errors import ContentError

__all__ = ["Known"]

# Whatever a body's HTML is made by, besides our own files.
MAKERS = ("latex2mathml", "msgspec", "pygments", "pyromark")


class Known:
    """`markdown.render`, with a memory."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Document).decode

    def render(self, body: str, place: Place, *, math: bool = False) -> tuple[Document, list[ContentError]]:
        """As `markdown.render`. A body with errors is read anew each time, until it has none."""
        key = hashlib.blake2b(
            self._encode((_maker(), body, place.path, place.directory, place.first_line, place.base, place.index, place.words, math)),
            digest_size=20,
        ).digest()
        if (kept := self._cache.get(key)) is not None:
            return self._decode(kept), []
        document, errors = markdown.render(body, place, math=math)
        if not errors:
            self._cache.put(key, self._encode(document))
        return document, errors


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
