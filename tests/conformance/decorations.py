"""What our reader adds to the HTML of Markdown, taken off again: one step for each thing, in the exact form that it has.

A step gives back what the parser alone would have written. It matches the whole of what the reader writes and nothing like it,
so that another class, a lost attribute or a misplaced element stays where it is, and is seen as a difference.
"""

from __future__ import annotations

import posixpath
import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from tests.conformance.markup import MARKUP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["FOLDER", "STEPS", "as_files", "undecorated"]

FOLDER = "posts/one"  # where the post lies whose links are read

CODE = re.compile(r'<div class="code"><pre tabindex="0">(<code(?: class="language-[^"]*")?>)(.*?)</code></pre></div>\n', re.DOTALL)
SPAN = re.compile(r'<span class="[\w -]+">|</span>')
FIGURE = re.compile(
    r"<figure>(?P<link><a [^>]*>)?<img (?P<inside>[^>]*) loading=\"lazy\">(?P<end>(?(link)</a>))"
    r"(?:<figcaption><strong class=\"title\">(?P<title>[^<]*)</strong></figcaption>)?</figure>"
)
HEADING = re.compile(r'<(?P<name>h[1-6]) id="(?P<id>[^"]*)"(?P<rest>[^>]*)>(?P<inner>.*?)</(?P=name)>', re.DOTALL)
LOCAL = re.compile(r'( (?:href|src)=")\{(?:filename|static)\}/([^"#]*)([^"]*")')
TABLE = re.compile(r'<div class="table" role="region" aria-label="Table" tabindex="0">(<table>.*?</table>)</div>', re.DOTALL)
ALIGNED = re.compile(r'<(t[hd]) class="(left|center|right)">')
TASK = re.compile(
    r'<li class="task">(?P<loose>\n<p>)?<input type="checkbox" disabled=""(?:(?P<done> checked="")|) aria-label="(?(done)done|to do)">'
)
ADDRESS = re.compile(r"""(\s(?:href|src)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#|\?|$")
VERBATIM = re.compile(r"<(pre|code|script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
ALT = re.compile(r' alt="[^"]*"')
TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."})
TYPED_IN_ATTRIBUTE = TYPED | {ord("“"): "&quot;", ord("”"): "&quot;"}


def undecorated(html: str, *, but: Callable[[str], str] | None = None) -> str:
    """Our reader's HTML as the parser alone would have written it; one of the steps may be left out."""
    for step in STEPS:
        html = html if step is but else step(html)
    return html


def without_code_wrappers(html: str) -> str:
    """Code stands in an element that scrolls and takes the focus, and its words have colours."""
    return CODE.sub(lambda found: f"<pre>{found[1]}{SPAN.sub('', found[2])}</code></pre>\n", html)


def without_figures(html: str) -> str:
    """A picture that stands alone is a figure, fetched late, and its title a caption."""

    def paragraph(found: re.Match[str]) -> str:
        title = f' title="{escape(unescape(found["title"]))}"' if found["title"] else ""
        return f"<p>{found['link'] or ''}<img {found['inside']}{title}>{found['end']}</p>"

    return FIGURE.sub(paragraph, html)


def without_anchors(html: str) -> str:
    """A heading has an anchor and links to it; one that holds a link, or nothing, has the anchor alone."""

    def plain(found: re.Match[str]) -> str:
        inner, link = found["inner"], f'<a href="#{found["id"]}">'
        if inner.startswith(link) and inner.endswith("</a>"):
            inner = inner.removeprefix(link).removesuffix("</a>")
        elif inner and "<a " not in inner:
            return found[0]
        return f"<{found['name']}{found['rest']}>{inner}</{found['name']}>"

    return HEADING.sub(plain, html)


def with_links_from_the_post(html: str) -> str:
    """A link to a file says what it leads to and names it by its path in the content folder, where the author wrote it from the post."""
    return LOCAL.sub(lambda found: f"{found[1]}{posixpath.relpath(found[2], FOLDER)}{found[3]}", html)


def without_table_wrappers(html: str) -> str:
    """A table stands in an element that scrolls, and its cells are aligned by a class, where GFM has an attribute."""
    return ALIGNED.sub(r'<\1 align="\2">', TABLE.sub(r"\1", html))


def without_labels_of_tasks(html: str) -> str:
    """A task is an item with a class, and its box has words for those who do not see it."""
    return TASK.sub(r'<li>\g<loose><input type="checkbox" disabled=""\g<done>>', html)


def with_typed_marks(html: str) -> str:
    """Quotes, dashes and dots are set as in print, in text and in what stands for a picture, but not in code."""
    parts: list[str] = []
    position = 0
    for start, end in [*(found.span() for found in VERBATIM.finditer(html)), (len(html), len(html))]:
        parts += (_typed(html[position:start]), html[start:end])
        position = end
    return "".join(parts)


def _typed(html: str) -> str:
    parts: list[str] = []
    position = 0
    for found in MARKUP.finditer(html):
        tag = ALT.sub(lambda alt: alt[0].translate(TYPED_IN_ATTRIBUTE), found[0]) if found["name"] == "img" else found[0]
        parts += (html[position : found.start()].translate(TYPED), tag)
        position = found.end()
    return "".join(parts) + html[position:].translate(TYPED)


STEPS: Sequence[Callable[[str], str]] = (
    without_code_wrappers,
    without_figures,
    without_anchors,
    with_links_from_the_post,
    without_table_wrappers,
    without_labels_of_tasks,
    with_typed_marks,
)


def as_files(html: str) -> str:
    """A link to a file beside the post as our reader writes paths: no `./`, and everything quoted that a URL may quote.

    For both sides of a comparison: the one form says which file it is, whatever the form in which it was written.
    """

    def quoted(found: re.Match[str]) -> str:
        address = unescape(found[2].strip("\"'"))
        if ELSEWHERE.match(address):
            return found[0]
        path, mark, fragment = address.partition("#")
        return f'{found[1]}"{quote(posixpath.normpath(unquote(path)))}{mark}{quote(unquote(fragment))}"'

    return MARKUP.sub(lambda tag: ADDRESS.sub(quoted, tag[0]) if tag["name"] else tag[0], html)
