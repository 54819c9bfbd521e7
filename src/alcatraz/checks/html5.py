"""Whether a page's HTML can be read without error: html5lib, for where the Nu checker is not at hand.

It finds what the parsing section of HTML calls a parse error (a tag that closes nothing, an element where none may stand); it
does not know which attributes and which children an element may have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import html5lib
from html5lib.constants import E

from alcatraz.checks.nu import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["faults"]

# The text of these cannot be in error, and the same style sheet is in every page: without it html5lib needs half the time.
RAW_TEXT = re.compile(r"(<(style|script)\b[^>]*>)(.*?)(</\2\s*>)", re.DOTALL | re.IGNORECASE)

# html5lib is of 2020 and calls an error what HTML has allowed since.
ALLOWED_SINCE = {("unexpected-start-tag-in-select", "hr")}

AROUND = 30


def faults(path: str, html: bytes) -> Iterator[Fault]:
    """Every parse error of a page."""
    text = html.decode("utf-8", "replace").replace("\r\n", "\n")
    text = RAW_TEXT.sub(lambda found: found[1] + "\n" * found[3].count("\n") + found[4], text)
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    parser.parse(text)
    lines = text.split("\n")
    for (line, column), code, data in parser.errors:
        if (code, data.get("name")) in ALLOWED_SINCE:
            continue
        extract = lines[line - 1][max(0, column - AROUND) : column + AROUND] if 0 < line <= len(lines) else ""
        yield Fault(path, line, E.get(code, code) % data, extract)
