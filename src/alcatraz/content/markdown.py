"""Markdown to HTML: pyromark, then one small step for each thing a post is made of.

The steps work on pyromark's own output, whose form is fixed by its version in the lock, and each has its file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING

import pyromark
from pyromark import Options

from alcatraz.content.blocks import set_blocks
from alcatraz.content.document import Document
from alcatraz.content.figures import set_figures
from alcatraz.content.headings import ANY_ID, set_headings
from alcatraz.content.highlight import Fence, UnknownLanguageError, highlight, parse_fence
from alcatraz.content.links import local_links
from alcatraz.content.mathematics import set_mathematics
from alcatraz.content.notes import gather_notes
from alcatraz.content.shortcodes import refuse_shortcodes
from alcatraz.content.source import Source
from alcatraz.findings import Finding

if TYPE_CHECKING:
    from alcatraz.errors import ContentError

__all__ = ["Place", "document_of", "foreign_document", "render"]

OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_SMART_PUNCTUATION
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM
    | Options.ENABLE_DEFINITION_LIST
)
MATH = OPTIONS | Options.ENABLE_MATH

# A fence that says more than its language; pyromark passes on the language alone.
RICH_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*(?:[^\s`{]*[ \t]+[^\s`]|[^\s`{]*\{)", re.MULTILINE)
PARAGRAPH = re.compile(r"<p>(?!<img|<a [^>]*><img)(.*?)</p>", re.DOTALL)
NOTEREF = re.compile(r'<sup class="noteref".*?</sup>', re.DOTALL)
UNREAD = re.compile(r"<(pre|math|script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
EXCERPT_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body comes from.

    `path` names the file in findings; `directory` is its folder, relative to the content folder; `first_line` is the
    body's first line; `base` is the path of the site's address.
    """

    path: str
    directory: str
    first_line: int = 1
    base: str = ""


def render(body: str, place: Place, *, math: bool = False) -> tuple[Document, list[ContentError]]:
    """Reads a Markdown body. The errors are those that keep the page from being made."""
    options = MATH if math else OPTIONS
    source = Source(body, place.first_line, options)
    findings: list[Finding] = []
    code = _Code(source, place, findings)
    html = pyromark.html(body, options=options, highlight=code)
    errors = refuse_shortcodes(source)
    html, has_notes = gather_notes(html)
    if math:

        def unreadable(formula: str, reason: str) -> None:
            line = source.line_of_text(formula)
            findings.append(Finding(place.path, line, "math", f"the formula `{formula}` cannot be read ({reason})", "mend its LaTeX"))

        html = set_mathematics(html, unreadable)
    document = document_of(html, source, place, findings)
    return replace(document, has_code=code.seen, has_math="<math" in html, has_notes=has_notes), errors


def document_of(html: str, source: Source, place: Place, findings: list[Finding]) -> Document:
    """What is the same for every Markdown reader: blocks, figures, headings, links, and what is known of them."""
    html = set_figures(set_blocks(html))
    html, links = local_links(html, place.directory, place.base)
    html, toc, anchors = set_headings(html)
    findings.extend(_silent_images(html, source, place))
    findings.extend(_high_headings(html, source, place))
    return Document(
        html=html,
        words=_words(html),
        toc=toc,
        anchors=anchors,
        links=links,
        excerpt=_excerpt(html),
        findings=tuple(findings),
    )


def foreign_document(html: str, directory: str, base: str) -> Document:
    """What is known of a body that another reader made, such as Pelican's for reStructuredText: it stays as it is."""
    html, links = local_links(html, directory, base)
    return Document(
        html=html,
        words=_words(html),
        anchors=frozenset(ANY_ID.findall(html)),
        links=links,
        excerpt=_excerpt(html),
        has_code="<pre" in html,
        has_math="<math" in html,
    )


class _Code:
    """pyromark's highlighter: called for each code block in turn."""

    def __init__(self, source: Source, place: Place, findings: list[Finding]) -> None:
        self.seen = False
        self._source = source
        self._place = place
        self._findings = findings
        self._fences = source.fences() if RICH_FENCE.search(source.body) else None

    def __call__(self, language: str | None, code: str) -> str:
        self.seen = True
        info = next(self._fences, None) if self._fences is not None else language
        fence = parse_fence(info or "")
        try:
            return highlight(code, fence)
        except UnknownLanguageError:
            line = self._source.line_of_text(f"```{fence.language}")
            message = f"no highlighter knows the language `{fence.language}`"
            self._findings.append(Finding(self._place.path, line, "code-language", message, "write `text`, or a name of Pygments'"))
            return highlight(code, Fence(title=fence.title))


def _silent_images(html: str, source: Source, place: Place) -> list[Finding]:
    if 'alt=""' not in html and "data-alt" not in html:
        return []
    return [
        Finding(
            place.path,
            line,
            "alt-text",
            f"the picture {target} has no alternative text",
            "say in its square brackets what is to be seen: ![…]",
        )
        for target, line in source.silent_images()
    ]


def _high_headings(html: str, source: Source, place: Place) -> list[Finding]:
    if "<h1" not in html:
        return []
    return [
        Finding(place.path, line, "heading", "a heading of the first level stands in the text", "begin with `##`: the title is the first")
        for level, line in source.headings()
        if level == "H1"
    ]


def _words(html: str) -> int:
    return len(TAG.sub(" ", UNREAD.sub(" ", html)).split())


def _excerpt(html: str) -> str:
    """The beginning of the first paragraph, as plain text of at most 160 characters."""
    found = PARAGRAPH.search(html)
    if not found:
        return ""
    text = " ".join(unescape(TAG.sub("", NOTEREF.sub("", found[1]))).split())
    if len(text) <= EXCERPT_LENGTH:
        return text
    return text[: text.rfind(" ", 0, EXCERPT_LENGTH)].rstrip(",;:–—-") + " …"
