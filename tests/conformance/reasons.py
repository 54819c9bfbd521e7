"""Why an example is read otherwise: for each reason, what has to be undone in both readings of it so that they agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["REASONS"]

STRONG = re.compile(r"<(/?)strong>")


def _without_bare_links(html: str) -> str:
    """GFM makes links of addresses that stand in the text without angle brackets."""
    return re.sub(r'<a href="(?:http://|mailto:)?([^"]+)">\1</a>', r"\1", html)


def _with_filtered_tags(html: str) -> str:
    """GFM shows the tags of some elements as text, for sites where anybody may write; a blog's author may use them."""
    return re.sub(r"&lt;(?=(?:title|style|xmp)>)", "<", html, flags=re.IGNORECASE)


def _with_strong_text_once(html: str) -> str:
    """What is strong within strong text is so twice in CommonMark's examples, and once in GFM's of the same text."""
    depth = 0

    def outermost(found: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if found[1] else 1
        return found[0] if depth == (0 if found[1] else 1) else ""

    return STRONG.sub(outermost, html)


def _without_empty_bodies(html: str) -> str:
    """A table that has a head alone gets a body with nothing in it, which no reader sees."""
    return re.sub(r"<tbody>\s*</tbody>", "", html)


REASONS: Mapping[str, Callable[[str], str]] = {
    "bare-link": _without_bare_links,
    "tag-filter": _with_filtered_tags,
    "strong-in-strong": _with_strong_text_once,
    "empty-body": _without_empty_bodies,
}
