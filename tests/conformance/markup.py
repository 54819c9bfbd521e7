"""HTML as it is compared here: what makes no difference to a reader is written in one way, and everything else stays.

What makes none is what the specifications' own tests pass over, and no more: the order and quotes of attributes, `/>`, the case
of names, a character or the reference to it, and white space around blocks or, outside `<pre>`, in rows.
"""

from __future__ import annotations

import re
from html import escape, unescape

__all__ = ["MARKUP", "normal"]

# What is no text: CommonMark 0.31.2, section 6.6.
ATTRIBUTE = r"""\s+(?P<{0}>[A-Za-z_:][\w.:-]*)(?:\s*=\s*(?P<{1}>"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
ANY = re.sub(r"\?P<.*?>", "?:", ATTRIBUTE)
MARKUP = re.compile(
    rf"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:{ANY})*)\s*/?>"
    r"|<!--(?:-?>|.*?-->)|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<![A-Za-z].*?>",
    re.DOTALL | re.ASCII,
)
PAIR = re.compile(ATTRIBUTE.format("key", "value"), re.ASCII)
SPACE = " \t\n\r\f"
SPACES = re.compile(f"[{SPACE}]+")
BLOCKS = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "col",
        "colgroup",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "iframe",
        "li",
        "ol",
        "p",
        "pre",
        "script",
        "section",
        "style",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
    ]
)


def normal(html: str) -> str:
    """The one way to write it."""
    written = ""
    after_block, in_pre, position = False, False, 0
    for found in MARKUP.finditer(html):
        written += _text(html[position : found.start()], in_pre=in_pre, after_block=after_block)
        after_block &= not html[position : found.start()].strip(SPACE)
        position = found.end()
        if not found["name"]:
            written += found[0]
            after_block = False
            continue
        name = found["name"].lower()
        if name in BLOCKS:
            written = written if in_pre and found["end"] else written.rstrip(SPACE)
            after_block = True
        elif found["end"] or name != "br":
            after_block = False
        in_pre = not found["end"] if name == "pre" else in_pre
        written += f"<{found['end']}{name}{_attributes(found['attributes'])}>"
    return (written + _text(html[position:], in_pre=in_pre, after_block=after_block)).rstrip(SPACE)


def _text(text: str, *, in_pre: bool, after_block: bool) -> str:
    if not in_pre:
        text = SPACES.sub(" ", text)
        text = text.lstrip(SPACE) if after_block else text
    return escape(unescape(text), quote=False)


def _attributes(written: str) -> str:
    pairs = sorted((pair["key"].lower(), pair["value"]) for pair in PAIR.finditer(written))
    return "".join(f" {key}" if value is None else f' {key}="{escape(unescape(_bare(value)))}"' for key, value in pairs)


def _bare(value: str) -> str:
    return value[1:-1] if value[0] in "\"'" else value
