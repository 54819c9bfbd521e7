"""Code blocks: Pygments with CSS classes, an optional title and highlighted lines.

```nix title="flake.nix" {3-5,8}
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer

__all__ = ["Fence", "UnknownLanguageError", "highlight", "parse_fence", "wrong_marks"]

TITLE = re.compile(r'\btitle="((?:[^"\\]|\\.)*)"')
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")  # CommonMark 0.31.2, section 2.4
LINES = re.compile(r"\{([\d,\s-]+)\}")
MOST_LINES = 10_000  # no block that anybody reads is longer; `{1-99999999}` must not be counted out
PLAIN = frozenset({"", "text", "plain", "plaintext", "txt"})


class UnknownLanguageError(LookupError):
    """No lexer has this name."""


@dataclass(frozen=True, slots=True)
class Fence:
    """What the opening fence of a code block says."""

    language: str = ""
    title: str = ""
    lines: tuple[int, ...] = ()
    marks: str = ""  # those lines, as they are written


def parse_fence(info: str) -> Fence:
    """Reads an info string as it is written: a language, then `title="…"` and `{1,3-5}` in any order."""
    language = re.match(r"[^\s{]*", info)
    title = TITLE.search(info)
    lines = LINES.search(TITLE.sub("", info))
    return Fence(
        language=_read(language[0]).lower() if language else "",
        title=_read(title[1]) if title else "",
        lines=_line_numbers(lines[1]) if lines else (),
        marks=lines[1].strip() if lines else "",
    )


def wrong_marks(fence: Fence, code: str) -> Iterator[str]:
    """What is wrong with the lines that a fence wants highlighted: those that `code` does not have, and ranges that are none."""
    count = code.count("\n")
    for part in filter(None, (part.strip() for part in fence.marks.split(","))):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        if not first.isdigit() or (dash and not last.isdigit()) or not int(first[:9]):
            yield f"`{part}` is no line"
        elif dash and int(last[:9]) < int(first[:9]):
            yield f"`{part}` runs backward"
        elif int((last or first)[:9]) > count:
            yield f"`{part}` is past the end of the block, which has {count} line{'s' * (count != 1)}"


def _read(text: str) -> str:
    return ESCAPE.sub(r"\1", unescape(text))


def _line_numbers(text: str) -> tuple[int, ...]:
    numbers: set[int] = set()
    for part in text.split(","):
        first, _, last = (piece.strip() for piece in part.partition("-"))
        if first.isdigit():
            numbers.update(range(_bounded(first), _bounded(last if last.isdigit() else first) + 1))
    return tuple(sorted(number for number in numbers if number <= MOST_LINES))


def _bounded(digits: str) -> int:
    return min(int(digits[:9]), MOST_LINES + 1)


def highlight(code: str, fence: Fence, lexer: str | None = None) -> str:
    """The HTML of a code block, coloured as its language is, or as `lexer` does it. Raises UnknownLanguageError where Pygments has none of that name."""
    title = f'<p class="code-title">{escape(fence.title)}</p>' if fence.title else ""
    language = f' class="language-{escape(fence.language)}"' if fence.language else ""
    spans = _spans(code, fence.language if lexer is None else lexer, fence.lines)
    return f'<div class="code">{title}<pre tabindex="0"><code{language}>{spans}</code></pre></div>\n'


def _spans(code: str, language: str, lines: tuple[int, ...]) -> str:
    if language in PLAIN and not lines:
        return escape(code, quote=False)
    lexer = _lexer(language)
    if lexer is None:
        raise UnknownLanguageError(language)
    formatter = _formatter(lines)
    parts: list[str] = []
    formatter.format(lexer.get_tokens(code), _Parts(parts))
    return "".join(parts)


class _Parts:
    """The little of a file that a Pygments formatter writes to."""

    def __init__(self, parts: list[str]) -> None:
        self.write = parts.append


# A lexer compiles its rules when it is made: 0.6 s less for 1,000 blocks than one for each block. A name nobody knows is
# None, and remembered too: Pygments asks every installed plugin before it gives up.
@functools.cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language if language not in PLAIN else "text", stripnl=False)
    except ClassNotFound:
        return None


@functools.lru_cache(maxsize=64)
def _formatter(lines: tuple[int, ...]) -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True, hl_lines=lines)
