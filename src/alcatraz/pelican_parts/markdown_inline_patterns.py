"""Replaces `InlineProcessor.__handleInline` of python-markdown, which tries every pattern on every text, however plain it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.inlinepatterns import HTML_RE
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

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
MANY = 8  # registries: a build has two, or one for each text


def _made(stock: Callable[..., str]) -> Callable[..., str]:
    seen: dict[int, _Patterns] = {}

    def handle_inline(self: Any, data: str, patternIndex: int = 0) -> str:  # noqa: N803 (python-markdown's name)
        """A text with a mark in the place of each element that it has been found to hold."""
        registry = self.inlinePatterns
        patterns = seen.get(id(registry))
        if patterns is None or not patterns.are_those_of(registry):
            if len(seen) > MANY:
                seen.clear()
            patterns = seen[id(registry)] = _Patterns(registry)
        tried = patterns.tried
        if tried is None:
            return stock(self, data, patternIndex)
        if isinstance(data, AtomicString):
            return data
        apply = self._InlineProcessor__applyPattern
        for index in range(patternIndex, len(tried)):
            pattern, (mark, other) = tried[index]
            if mark in data or other in data:
                start, found = 0, True
                while found:
                    data, found, start = apply(pattern, data, index, start)
        return data

    return handle_inline


class _Patterns:
    """The patterns of a registry, in their order, with their marks; `tried` is None where one of them may add others while it works."""

    def __init__(self, registry: Any) -> None:
        self.tried = _tried(list(registry))
        self._registry = registry
        self._order = list(registry._priority)  # noqa: SLF001 (a list by the registry's own means is made anew for each text)
        self._values = list(registry._data.values())  # noqa: SLF001 (as above)

    def are_those_of(self, registry: Any) -> bool:
        """Whether it is this registry, and nothing in it has changed."""
        if registry is not self._registry or registry._priority != self._order:  # noqa: SLF001 (as above)
            return False
        return list(registry._data.values()) == self._values  # noqa: SLF001 (as above)


def _tried(now: list[Any]) -> list[tuple[Any, Marks]] | None:
    if not all(type(pattern).__module__.startswith("markdown.") for pattern in now):
        return None
    return [(pattern, MARKS.get(pattern.pattern, ANY)) for pattern in now]


PART = Part(InlineProcessor, NAME, _made, rests_on=(vars(InlineProcessor)["_InlineProcessor__applyPattern"], Registry))
