"""What python-markdown makes of posts: with a memory, with one converter for all of them, and by other processors ahead.

A post's HTML and metadata are a function of its text, of the setting MARKDOWN and of the code that converts, as long as all of that
code is known: python-markdown's own extensions, and none of it replaced by a plugin. Where something is not, nothing is done here,
`refused` says what it was, and Pelican's own reader reads as ever.
"""

from __future__ import annotations

import copy
import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec

from alcatraz.cache import Cache
from alcatraz.content import python_markdown
from alcatraz.content.ahead import Ahead, children_for, spare_processors
from alcatraz.fingerprint import engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import TracebackType

__all__ = ["Conversions", "Converted", "file_in"]

KEY = 20  # bytes


class Converted(msgspec.Struct, frozen=True):
    """A post as python-markdown gives it to Pelican's reader: `fields` are the texts of its metadata that are Markdown too, as HTML."""

    html: str
    meta: dict[str, list[str]]
    fields: dict[str, str]


class Conversions:
    """What a file, or a `body`, is converted to. Used as a context, which keeps in `file` what a later build need not convert again.

    `remembered`, `ahead` and `here` count what earlier builds, children and this process have converted.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.remembered = self.ahead = self.here = 0
        self.refused: str | None = None
        self._file = file
        self._opened: Cache | None = None
        self._children: Ahead | None = None
        self._keys: dict[str, bytes] = {}
        self._converter: _Converter | None = None
        self._settings: Any = None
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Converted).decode

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._opened is not None:
            self._opened.__exit__(kind, error, trace)

    def __deepcopy__(self, _: object) -> Conversions:
        return self  # it stands in the settings, which plugins copy

    @property
    def fault(self) -> str | None:
        """What was wrong with the cache."""
        return self._opened.fault if self._opened is not None else None

    @property
    def _cache(self) -> Cache | None:
        """The cache in the file, which is not there for a blog that has nothing to convert."""
        if self._opened is None and self._file is not None:
            self._opened = Cache(self._file).__enter__()
        return self._opened

    def of(self, path: str, settings: Mapping[str, Any]) -> Converted | None:
        """A file converted; None where Pelican's own reader must see to it."""
        converter = self._of(settings)
        if converter is None:
            return None
        if (key := self._keys.pop(path, None)) and (kept := self._known(key)):
            return kept
        try:
            text = python_markdown.read(path)
            return self._converted(converter, text, path)
        except Exception:  # noqa: BLE001 (Pelican's own reader comes upon it too, and tells it as ever)
            converter.begin_anew()
            return None

    def depends_on_more(self, settings: Mapping[str, Any]) -> bool:
        """Whether a conversion with these settings may depend on more than its text: an extension may read what it likes."""
        return self._of(settings) is None

    def body(self, text: str, settings: Mapping[str, Any]) -> str:
        """A text as HTML. Raises what python-markdown raises."""
        converter = self._of(settings)
        if converter is None:
            return python_markdown.convert(text, settings["MARKDOWN"])
        try:
            return self._converted(converter, text, "").html
        except Exception:
            converter.begin_anew()
            raise

    @contextmanager
    def foreseeing(
        self, to_be_read: Callable[[], Sequence[str]], settings: Mapping[str, Any], *, rest: float, once: bool
    ) -> Iterator[None]:
        """Has children convert some of the files that this process comes to in the block, where there are enough that are not known.

        `to_be_read` gives their paths, in the order in which they are come to; it is asked only where that is of use.
        `rest` is what this process has to do besides, as a part of the time of all conversions. With `once`, a file that is known
        is not read a second time when it is come to.
        """
        cache = self._cache
        remembers = cache is not None and len(cache) > 0
        converter = self._of(settings) if remembers or spare_processors() else None
        if converter is None:
            yield
            return
        files = to_be_read()
        if remembers:
            files = [file for file in files if not self._is_known(converter, file)]
            if not once:
                self._keys.clear()

        def convert(file: str) -> bytes:
            try:
                text = python_markdown.read(file)
                return converter.key(text) + self._encode(converter.convert(text))
            except Exception:  # noqa: BLE001 (as above)
                converter.begin_anew()
                return b""

        children = children_for(len(files))
        try:
            with Ahead(_dealt(files, children, rest), convert, children) as self._children:
                yield
        finally:
            self._children = None

    def _is_known(self, converter: _Converter, file: str) -> bool:
        """Whether it is known what this file gives, which is put down."""
        try:
            key = converter.key(python_markdown.read(file))
        except (OSError, ValueError):
            return False
        cache = self._cache
        if cache is None or cache.get(key) is None:
            return False
        self._keys[file] = key
        return True

    def _known(self, key: bytes) -> Converted | None:
        cache = self._cache
        kept = cache.get(key) if cache is not None else None
        if kept is None:
            return None
        self.remembered += 1
        return self._decode(kept)

    def _converted(self, converter: _Converter, text: str, path: str) -> Converted:
        key = converter.key(text)
        if kept := self._known(key):
            return kept
        made = self._children.take(path) if self._children else None
        if made is not None and made.startswith(key):  # else the file has changed meanwhile
            self.ahead += 1
            self._keep(key, made[KEY:])
            return self._decode(made[KEY:])
        converted = converter.convert(text)
        self.here += 1
        self._keep(key, self._encode(converted))
        return converted

    def _keep(self, key: bytes, value: bytes) -> None:
        if (cache := self._cache) is not None:
            cache.put(key, value)

    def _of(self, settings: Mapping[str, Any]) -> _Converter | None:
        """What converts with these settings, as they are now: a plugin may change them between two posts."""
        now = settings["MARKDOWN"], settings["FORMATTED_FIELDS"]
        if now != self._settings:
            self._settings = self._converter = None
            self.refused = python_markdown.doubt(settings["MARKDOWN"])
            if python_markdown.is_plain(settings["MARKDOWN"]):
                self._settings = copy.deepcopy(now)
                self._converter = None if self.refused else _Converter(*self._settings)
        return self._converter


def _dealt(files: Sequence[str], children: int, rest: float) -> list[str]:
    """The files so that children take more of them: between two of its own, this process does what cannot be done by children.

    Of so many children and itself it is given every so-manieth; some of its places are left empty, and nobody asks for them.
    """
    own = max(0.0, (1 - children * rest) / (children + 1))  # its share, where all are to be done at once
    often = own / ((1 - own) / children) if children else 1.0
    dealt, due, left = list[str](), 0.0, list(reversed(files))
    while left:
        due += often
        dealt.append(left.pop() if due >= 1 else "")
        due -= due >= 1
        dealt += [left.pop() for _ in range(min(children, len(left)))]
    return dealt


class _Converter:
    """Converts texts with certain settings, each as if it were the first."""

    def __init__(self, markdown: Any, fields: Any) -> None:
        self._markdown = markdown
        self._fields = frozenset(fields)
        made = engine(), python_markdown.state(markdown), python_markdown.named(markdown), sorted(self._fields)
        self._prefix = hashlib.blake2b(msgspec.msgpack.encode(made), digest_size=KEY)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forgets converters that may have been left in the middle of a text."""
        self._of_bodies: Any = None
        self._of_fields: Any = None

    def key(self, text: str) -> bytes:
        """The hash of all that a conversion of this text is made of."""
        digest = self._prefix.copy()
        digest.update(text.encode())
        return digest.digest()

    def convert(self, text: str) -> Converted:
        """Raises what python-markdown raises."""
        body = self._of_bodies = self._of_bodies or python_markdown.converter(self._markdown)
        body.reset()
        html = body.convert(text)
        meta: dict[str, list[str]] = body.Meta
        return Converted(html, meta, {joined: self._field(joined) for joined in self._joined(meta)})

    def _joined(self, meta: Mapping[str, list[str]]) -> Iterator[str]:
        return ("\n".join(lines) for name, lines in meta.items() if name.lower() in self._fields)

    def _field(self, text: str) -> str:
        if self._of_fields is None:
            self._of_fields = python_markdown.converter(self._markdown)
            self._of_fields.preprocessors.deregister("meta")
        self._of_fields.reset()
        return str(self._of_fields.convert(text))


def file_in(cache: Path | None, content: str | Path) -> Path | None:
    """Where conversions are kept in a cache: not within the content, where some sites have all that they are made of."""
    if cache is None or cache.resolve().is_relative_to(Path(content).resolve()):
        return None
    return cache / "markdown.sqlite"
