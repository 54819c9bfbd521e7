"""A post as bytes, and back: what is kept of it from one build to the next.

    record = recorded(post, key)      # a value, of bytes and numbers alone
    post = Restorer(settings, context, documents)(record)

Nothing is run to read one: there are the few kinds of values that our own reader gives, and a post that holds any other has no
record, and is read again each time.
"""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec
from dateutil.tz import tzoffset, tzutc
from markupsafe import Markup
from pelican.urlwrappers import Author, Category, Tag
from pelican.utils import SafeDatetime

from alcatraz.content.complete import NoCategory, source_name
from alcatraz.content.document import Link, TocEntry  # noqa: TC001 (msgspec reads them)
from alcatraz.content.labels import Label
from alcatraz.content.posts import UNFOLDED, WITHIN, Article, Page
from alcatraz.findings import Finding  # noqa: TC001 (as above)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo

    from alcatraz.content.document import Document
    from alcatraz.content.posts import Post

__all__ = ["Record", "Restorer", "decode", "encode", "recorded"]


class Record(msgspec.Struct, array_like=True, frozen=True):
    """A post. `face` and `within` are its two parts, encoded, and whatever is shown of it is in one of the two."""

    face: bytes
    within: bytes
    document: bytes  # its key
    kind: int
    links: tuple[Link, ...]
    files: tuple[str, ...]  # those that Pelican finds it to ask for
    lines: dict[str, int]
    body_line: int | None
    findings: tuple[Finding, ...]
    draft: bool
    future: bool
    date: float | None


class _Within(msgspec.Struct, array_like=True, frozen=True):
    """What is within a post, besides its document; in the order of UNFOLDED."""

    words: int
    minutes: int
    toc: tuple[TocEntry, ...]
    has_code: bool
    has_notes: bool


KINDS = (Article, Page)
NAMELESS = "+"  # for a zone that is an offset, and has no name in dates that show one
WRAPPERS = (Tag, Category, Author, NoCategory)
# Kinds of values that MessagePack lacks.
DATE, ZONE, LABEL, WRAPPER, TUPLE, MARKUP, SAFE_DATE = range(7)
CODES = {
    datetime: DATE,
    ZoneInfo: ZONE,
    Label: LABEL,
    tuple: TUPLE,
    Markup: MARKUP,
    SafeDatetime: SAFE_DATE,
    **dict.fromkeys(WRAPPERS, WRAPPER),
}
# What belongs to one build, or is kept elsewhere in a record.
APART = {
    "settings", "_context", "metadata", "header_lines", "body_line", "local_links", "document", "_content", "unfold", "fetch", "resolve",
    "record", "image_path", "findings", "source_path", "leads_beyond", *UNFOLDED, *WITHIN,
}  # fmt: skip
READ: dict[int, Callable[[str], Any]] = {ZONE: ZoneInfo, LABEL: lambda text: Label(*text.split("\0")), MARKUP: Markup}
PLAIN = {str, int, bool, float, type(None)}

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Record).decode
_decode_within = msgspec.msgpack.Decoder(_Within).decode


class _NoRecordError(TypeError):
    pass


def recorded(post: Post, document: bytes, findings: tuple[Finding, ...] = ()) -> Record | None:
    """The record of a post that has just been read, with what was found in it; None where something of it cannot be kept."""
    values, metadata = post.__dict__, dict(post.metadata)  # type: ignore[attr-defined] # Pelican's
    for name in ("document", "header_lines", "body_line", "findings"):
        metadata.pop(name, None)
    same = [name for name, value in metadata.items() if values.get(name) is value and name not in APART]
    try:
        face = {name: _kept(value) for name, value in values.items() if name not in APART}
        face["_url"], face["_save_as"], face["_source_name"] = post.url, post.save_as, source_name(post)
        others = {name: _kept(value) for name, value in metadata.items() if name not in same}
        return Record(
            encode((face, same, others)),
            encode(_Within(*(getattr(post, name) for name in UNFOLDED))),
            document,
            KINDS.index(type(post)),
            post.local_links,
            tuple(sorted(post.get_static_links())),
            getattr(post, "header_lines", {}),
            getattr(post, "body_line", None),
            findings,
            getattr(post, "draft", False),
            getattr(post, "future", False),
            post.date.timestamp() if hasattr(post, "date") else None,
        )
    except (_NoRecordError, ValueError, TypeError, AttributeError):
        return None


def _kept(value: Any) -> Any:
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is list:
        return [_kept(each) for each in value]
    if kind is dict:
        return {_kept(key): _kept(each) for key, each in value.items()}
    if kind not in CODES or (kind in WRAPPERS and not value._slug_from_name):  # noqa: SLF001 (a plugin may have given it another)
        raise _NoRecordError(kind)
    return msgspec.msgpack.Ext(CODES[kind], _written(kind, value))


def _written(kind: type, value: Any) -> bytes:
    """A value that MessagePack lacks, as Restorer reads it."""
    if kind is tuple:
        return encode([_kept(each) for each in value])
    if kind in WRAPPERS:
        text = f"{WRAPPERS.index(kind)}{value.name}"
    elif kind is ZoneInfo:
        text = value.key
    elif kind is Label:
        text = f"{value.name}\0{value.text}"
    elif kind is Markup:
        text = str(value)
    else:
        text = f"{value.isoformat()} {value.fold} {_zone(value.tzinfo)}"
    return text.encode()


def _zone(zone: tzinfo | None) -> str:
    """What `isoformat` does not tell of a zone."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    if zone is None or isinstance(zone, timezone | tzutc):
        return ""
    if zone == tzoffset(None, zone.utcoffset(None)) and zone.tzname(None) is None:  # as dateutil reads "+01:00"
        return NAMELESS
    raise _NoRecordError(zone)


class Restorer:
    """Makes the posts of one build of their records. Tags and the like, of which there are few, are made once."""

    def __init__(self, settings: dict[str, Any], context: Mapping[str, Any], document: Callable[[bytes], Document]) -> None:
        self._settings = settings
        self._context = context
        self._document = document
        self._wrappers: dict[str, Any] = {}
        self._decode = msgspec.msgpack.Decoder(ext_hook=self._value).decode

    def __call__(self, record: Record) -> Post:
        """The post, as it was when it had been read."""
        face, same, others = self._decode(record.face)
        post: Post = KINDS[record.kind].__new__(KINDS[record.kind])
        post.__dict__ = face
        face["metadata"] = {**{name: face[name] for name in same}, **others}
        face.update(
            settings=self._settings,
            source_path=f"{self._settings['PATH']}/{face['relative_source_path']}",
            _context=self._context,
            translations=[],
            related=[],
            previous=None,
            next=None,
            series=None,
            **self._apart(record),
        )
        return post

    def within(self, post: Post, record: Record) -> None:
        """Makes of a post that has been restored the one of another record with the same face."""
        values = post.__dict__
        for name in (*UNFOLDED, "_inside", "body_line", "leads_beyond"):
            values.pop(name, None)
        values.update(self._apart(record))

    def _apart(self, record: Record) -> dict[str, Any]:
        """What a post has besides its face."""
        values: dict[str, Any] = {
            "local_links": record.links,
            "header_lines": record.lines,
            "record": record,
            "unfold": partial(_unfolded, record),
            "fetch": partial(self._document, record.document),
        }
        if record.body_line is not None:
            values["body_line"] = record.body_line
        return values

    def _value(self, code: int, data: memoryview) -> Any:
        if code == TUPLE:
            return tuple(self._decode(data))
        text = str(data, "utf-8")
        if code == WRAPPER:
            if text not in self._wrappers:
                self._wrappers[text] = WRAPPERS[int(text[0])](text[1:], self._settings)
            return self._wrappers[text]
        if code in {DATE, SAFE_DATE}:
            written, fold, zone = text.split(" ", 2)
            moment = (datetime if code == DATE else SafeDatetime).fromisoformat(written)
            if not zone:
                return moment
            return moment.replace(tzinfo=tzoffset(None, moment.utcoffset()) if zone == NAMELESS else ZoneInfo(zone), fold=int(fold))
        return READ[code](text)


def _unfolded(record: Record) -> dict[str, Any]:
    return dict(zip(UNFOLDED, msgspec.structs.astuple(_decode_within(record.within)), strict=True))
