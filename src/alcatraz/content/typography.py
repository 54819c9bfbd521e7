"""Titles as they are set: real quotes, dashes and ellipses, as in the text below them."""

from __future__ import annotations

import re
from html import unescape

import pyromark

__all__ = ["set_title"]

STRAIGHT = re.compile(r"['\"]|--|\.\.\.")
MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|<>~&$^=:])")


def set_title(title: str) -> str:
    """A title with typographic punctuation; plain text in, plain text out."""
    if not STRAIGHT.search(title):
        return title
    # A word in front keeps "1. First" from becoming a list; backslashes keep every other mark what it is.
    text = pyromark.html("x " + MARKUP.sub(r"\\\1", title), options=pyromark.Options.ENABLE_SMART_PUNCTUATION)
    return unescape(text.strip().removeprefix("<p>x ").removesuffix("</p>"))
