"""Style sheets and scripts without what only people read: comments, and space that means nothing.

Pygments tells comments and strings apart, as it does for the blog's code; it is here anyway, and runs everywhere. Programs
made for this have no wheels for every platform (rcssmin, rjsmin) or rewrite what the theme's author wrote (minify-html,
lightningcss).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pygments.lexers import CssLexer, JavascriptLexer
from pygments.token import Comment, Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer
    from pygments.token import _TokenType

__all__ = ["compact"]

# In CSS no space is needed beside these. Not beside a colon: `a :hover` is not `a:hover`; nor a bracket: `and (…)`.
AROUND = re.compile(r"\s*([{};,])\s*")
SPACE = re.compile(r"\s+")
LINE_END = re.compile(r"[ \t]*\n\s*")
AS_IT_IS = {"stripnl": False, "ensurenl": False}


def compact(text: str, suffix: str) -> str:
    """The text of a file with this suffix (".css", ".js") made small; any other text without the space around it."""
    match suffix:
        case ".css":
            return _style(text)
        case ".js":
            return _script(text)
        case _:
            return text.strip()


def _style(text: str) -> str:
    parts = [part if literal else SPACE.sub(" ", AROUND.sub(r"\1", part)) for literal, part in _runs(CssLexer(**AS_IT_IS), text)]
    return "".join(parts).replace(";}", "}").strip()


def _script(text: str) -> str:
    """Line ends stay: in JavaScript they may end a statement."""
    parts = [part if literal else LINE_END.sub("\n", part) for literal, part in _runs(JavascriptLexer(**AS_IT_IS), text)]
    return "".join(parts).strip()


def _runs(lexer: Lexer, text: str) -> Iterator[tuple[bool, str]]:
    """The text without its comments, in runs: whether a run is a literal string, and the run."""
    code: list[str] = []
    for kind, value in lexer.get_tokens(text):
        if _is(kind, Token.Literal.String):
            yield False, "".join(code)
            code.clear()
            yield True, value
        elif _is(kind, Comment):
            code.append("\n" if "\n" in value else " ")
        else:
            code.append(value)
    yield False, "".join(code)


def _is(kind: _TokenType, other: _TokenType) -> bool:
    """Whether a kind of token is another, or a finer one of it."""
    return kind[: len(other)] == other
