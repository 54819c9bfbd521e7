"""The addresses in a style sheet."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["addresses_in"]

# In one pass, so that a comment in a string and a string in a comment are each what they are.
# https://www.w3.org/TR/css-syntax-3/#tokenization
TOKEN = re.compile(
    r"""
      /\*.*?(?:\*/|\Z)
    | @namespace\b[^;{}]*;
    | @import\s+(?P<import>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    | \burl\(\s*(?P<url>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\\[0-9a-f]{1,6}\s?|\\.|[^"'()\\\s])*)\s*\)
    | "(?:\\.|[^"\\])*"
    | '(?:\\.|[^'\\])*'
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)


def addresses_in(css: str) -> Iterator[str]:
    """Each address that a style sheet asks for: in `url()` and `@import`, as it is after CSS's escapes are read."""
    if "url(" not in css.lower() and "@import" not in css.lower():
        return
    for found in TOKEN.finditer(css):
        if written := found["import"] or found["url"]:
            yield ESCAPE.sub(_character, written.strip("\"'"))


def _character(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if code <= sys.maxunicode else "\ufffd"
