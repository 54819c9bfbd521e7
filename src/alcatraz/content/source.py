"""Where things stand in a Markdown text: lines, found only when there is something to say about them.

Rendering by pyromark's fast path keeps no positions, so a finding asks its event stream, the same parser again.
"""

from __future__ import annotations

import bisect
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyromark

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Source"]

FENCE = re.compile(rb"(?:`{3,}|~{3,})[ \t]*([^\n]*)")
UNKNOWN_NOTE = re.compile(rb"(?<!\\)\[\^([^\]\[\s^]+)\](?![(\[])")


class Source:
    """A Markdown body that begins on `first_line` of its file."""

    def __init__(self, body: str, first_line: int, options: pyromark.Options) -> None:
        self.body = body
        self._first_line = first_line
        self._options = options

    @cached_property
    def _bytes(self) -> bytes:
        return self.body.encode()

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(index + 1 for index, byte in enumerate(self._bytes) if byte == 0x0A)]

    def line(self, offset: int) -> int:
        """The line in the file of the byte at `offset` in the body."""
        return bisect.bisect_right(self._starts, offset) - 1 + self._first_line

    def links(self) -> Iterator[tuple[str, int]]:
        """The target of every link and picture, as written, with its line, in order."""
        for event, span in self._events():
            if isinstance(event, dict) and isinstance(start := event.get("Start"), dict):
                for kind in ("Link", "Image"):
                    if kind in start:
                        yield start[kind]["dest_url"], self.line(span["start"])

    def silent_images(self) -> Iterator[tuple[str, int]]:
        """The target of every picture that has no alternative text, with its line."""
        current: tuple[str, int] | None = None
        for event, span in self._events():
            match event:
                case {"Start": {"Image": {"dest_url": target}}}:
                    current = (target, self.line(span["start"]))
                case {"Text": _} | {"Code": _}:
                    current = None
                case {"End": "Image"}:
                    if current:
                        yield current
                    current = None
                case _:
                    pass

    @cached_property
    def fences(self) -> tuple[tuple[str | None, int], ...]:
        """The info string of every code block as it is written, None for an indented one, with its line, in order."""
        found: list[tuple[str | None, int]] = []
        for event, span in self._events():
            match event:
                case {"Start": {"CodeBlock": {"Fenced": info}}}:
                    written = FENCE.match(self._bytes, span["start"])  # pyromark has undone the escapes, and so the quotes
                    found.append((written[1].decode() if written else str(info), self.line(span["start"])))
                case {"Start": {"CodeBlock": _}}:
                    found.append((None, self.line(span["start"])))
                case _:
                    pass
        return tuple(found)

    def notes(self) -> Iterator[tuple[str, str, int, str]]:
        """Each footnote as (what stands there, its name, its line, the name of the note around it or "").

        What stands there is a "note", a "mention" of one, or an "unknown": a mention for which there is no note, which
        pyromark gives as text.
        """
        within: list[str] = []
        bracket = -1  # where the text before this one ended, if it is a bracket
        for event, span in self._events():
            after, bracket = bracket, -1
            match event:
                case {"Start": {"FootnoteDefinition": name}}:
                    yield "note", name, self.line(span["start"]), ""
                    within.append(name)
                case {"End": "FootnoteDefinition"}:
                    within.pop()
                case {"FootnoteReference": name}:
                    yield "mention", name, self.line(span["start"]), within[-1] if within else ""
                case {"Text": "["}:
                    bracket = span["end"]
                case {"Text": _} if after == span["start"] and (found := UNKNOWN_NOTE.match(self._bytes, after - 1)):
                    yield "unknown", found[1].decode(), self.line(after), within[-1] if within else ""
                case _:
                    pass

    @cached_property
    def formulas(self) -> dict[str, list[int]]:
        """The lines of every formula, by its text."""
        found: dict[str, list[int]] = {}
        for event, span in self._events():
            match event:
                case {"InlineMath": formula} | {"DisplayMath": formula}:
                    found.setdefault(str(formula).strip(), []).append(self.line(span["start"]))
                case _:
                    pass
        return found

    def headings(self) -> Iterator[tuple[str, int]]:
        """The level of every heading ("H1" …) with its line."""
        for event, span in self._events():
            match event:
                case {"Start": {"Heading": {"level": level}}}:
                    yield str(level), self.line(span["start"])
                case _:
                    pass

    def without_code(self) -> str:
        """The body with everything inside code blocks and code spans made blank, so that offsets stay."""
        blank = bytearray(self._bytes)
        start = None
        for event, span in self._events():
            match event:
                case {"Start": {"CodeBlock": _}}:
                    start = span["start"]
                case {"End": "CodeBlock"} if start is not None:
                    _wipe(blank, start, span["end"])
                    start = None
                case {"Code": _}:
                    _wipe(blank, span["start"], span["end"])
                case _:
                    pass
        return blank.decode(errors="replace")

    def _events(self) -> Iterator[tuple[Any, Any]]:
        return pyromark.events_with_range(self.body, options=self._options)


def _wipe(text: bytearray, start: int, end: int) -> None:
    for index in range(start, end):
        if text[index] != 0x0A:
            text[index] = 0x20
