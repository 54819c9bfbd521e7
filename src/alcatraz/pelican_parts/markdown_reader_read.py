"""Replaces `MarkdownReader.read`, which makes a new converter for each file, and converts what was converted before."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from pelican.readers import MarkdownReader

from alcatraz.pelican_parts.replacing import Part, is_stock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from alcatraz.content.conversions import Conversions

__all__ = ["PART", "is_replaced_for"]

SETTING = "CONVERSIONS"
PARSE = vars(MarkdownReader)["_parse_metadata"]


def _made(stock: Callable[..., Any]) -> Callable[..., Any]:
    def read(self: Any, source_path: str) -> tuple[str, dict[str, Any]]:
        """A file's body as HTML, and its metadata."""
        conversions: Conversions | None = self.settings.get(SETTING)
        converted = conversions.of(source_path, self.settings) if conversions and is_replaced_for(type(self)) else None
        if converted is None:
            found: tuple[str, dict[str, Any]] = stock(self, source_path)
            return found
        self._source_path = source_path
        self._md = _Done(converted.fields)
        metadata = self._parse_metadata(converted.meta)
        self._md = _AsItWouldBe(self, stock)
        return converted.html, metadata

    return read


def is_replaced_for(reader: Any) -> bool:
    """Whether this reader is one of ours or of Pelican's, with nothing of a plugin's in it; any other reads as it does."""
    known = issubclass(reader, MarkdownReader) and reader.__module__ in {"pelican.readers", "alcatraz.content.pelican_readers"}
    return known and reader._parse_metadata is PARSE and is_stock(PARSE)  # noqa: SLF001 (Pelican's, as below)


class _Done:
    """All that Pelican asks of a converter while it reads metadata, where everything is converted."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.preprocessors = self
        self._fields = fields

    def deregister(self, _name: str) -> None:
        """The texts were converted without."""

    def reset(self) -> None:
        """There is nothing of another text."""

    def convert(self, text: str) -> str:
        """Its HTML."""
        return self._fields[text]


class _AsItWouldBe:
    """The converter that a plugin finds with the reader of a file: it is made as soon as something of it is asked for."""

    def __init__(self, reader: Any, stock: Callable[..., Any]) -> None:
        self._reader, self._stock = copy.copy(reader), stock

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in {"_reader", "_stock"}:  # asked for by who copies it
            raise AttributeError(name)
        if isinstance(self._reader._md, _Done):  # noqa: SLF001
            self._stock(self._reader, self._reader._source_path)  # noqa: SLF001
        return getattr(self._reader._md, name)  # noqa: SLF001


PART = Part(MarkdownReader, "read", _made, rests_on=(PARSE,))
