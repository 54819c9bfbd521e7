"""Replaces `InlineProcessor.__handleInline` of python-markdown, which tries every pattern on every text, however plain it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.inlinepatterns import HTML_RE
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PART"]

NAME = "_InlineProcessor__handleInline"
Marks = tuple[str, str]  # a text must have one of the two in it before a pattern can match
# By the expression itself, so that another one, of another version, is tried on every text.
MARKS: dict[str, Marks] = {
    r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)": ("`", "`"),  # code
    r"\\(.)": ("\\", "\\"),  # what is escaped
    r"(?<!\!)\[": ("[", "["),  # links
    r"\!\[": ("![", "!["),  # pictures
    r"\[\^([^\]]*)\]": ("[^", "[^"),  # footnotes
    r"<([A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>": ("<", "<"),  # addresses
    r"<([^<> !]+@[^@<> ]+)>": ("<", "<"),
    r"  \n": ("  \n", "  \n"),  # the end of a line
    r"(&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)": ("&", "&"),  # characters by name
    r"\*|_": ("*", "_"),  # emphasis
    HTML_RE: ("<", "<"),
}
ANY: Marks = ("", "")


def _made(stock: Callable[..., str]) -> Callable[..., str]:
    last: list[Any] = []
    tried: list[tuple[Any, Marks]] | None = []

    def handle_inline(self: Any, data: str, patternIndex: int = 0) -> str:  # noqa: N803 (python-markdown's name)
        """A text with a mark in the place of each element that it has been found to hold."""
        nonlocal last, tried
        now = list(self.inlinePatterns)
        if now != last:
            last, tried = now, _tried(now)
        if tried is None:
            return stock(self, data, patternIndex)
        if isinstance(data, AtomicString):
            return data
        these, apply = tried, self._InlineProcessor__applyPattern
        for index in range(patternIndex, len(these)):
            pattern, (mark, other) = these[index]
            if mark in data or other in data:
                start, found = 0, True
                while found:
                    data, found, start = apply(pattern, data, index, start)
        return data

    return handle_inline


def _tried(now: list[Any]) -> list[tuple[Any, Marks]] | None:
    """The patterns with their marks; None where there is one that may add others while it works."""
    if not all(type(pattern).__module__.startswith("markdown.") for pattern in now):
        return None
    return [(pattern, MARKS.get(pattern.pattern, ANY)) for pattern in now]


PART = Part(InlineProcessor, NAME, _made, rests_on=(vars(InlineProcessor)["_InlineProcessor__applyPattern"],))
