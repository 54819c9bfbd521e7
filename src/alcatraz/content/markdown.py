"""Markdown to HTML: pyromark, then one small step for each thing a post is made of.

The steps work on pyromark's own output, whose form is fixed by its version in the lock, and each has its file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape
from typing import TYPE_CHECKING, Any, Protocol

import pyromark
from pyromark import Options

from alcatraz.content.blocks import set_blocks
from alcatraz.content.document import Document
from alcatraz.content.figures import set_figures
from alcatraz.content.headings import set_headings
from alcatraz.content.highlight import UnknownLanguageError, highlight, parse_fence, wrong_marks
from alcatraz.content.links import local_links
from alcatraz.content.mathematics import set_mathematics
from alcatraz.content.notes import NOTEREF, faulty_notes, gather_notes
from alcatraz.content.shortcodes import refuse_shortcodes
from alcatraz.content.slips import slips
from alcatraz.content.source import Source
from alcatraz.content.tags import INSIDE, identifiers
from alcatraz.findings import Finding
from alcatraz.fingerprint import digest, engine
from alcatraz.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alcatraz.assets import Remember
    from alcatraz.errors import ContentError

__all__ = ["Place", "Render", "document_of", "foreign_document", "render", "silent_picture"]

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
PARAGRAPH = re.compile(r"<p>(?!<img|<a [^>]*><img)(.*?)(?=</?p[\s>]|\Z)", re.DOTALL)
UNREAD = re.compile(r"<!--(?:.*?-->|.*+)|<(pre|math|script|style)\b(?:.*?</\1>|.*+)", re.DOTALL | re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
TAG = re.compile(rf"</?[a-z]{INSIDE}(?:>|\Z)", re.IGNORECASE)
# Scripts that put no spaces between words: hiragana and katakana, and Han.
UNSPACED = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
UNSPACED_MARKS = re.compile(r"[\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
UNSPACED_PER_WORD = 2  # a Japanese or Chinese word has about two characters
EXCERPT_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body comes from.

    `path` names the file in findings; `directory` is its folder, relative to the content folder; `first_line` is the
    body's first line; `base` is the path of the site's address, and `index` that of its first page. `words`
    are those that the engine puts into a post.
    """

    path: str
    directory: str
    first_line: int = 1
    base: str = ""
    index: str = "/"
    words: Mapping[str, Any] = field(default_factory=lambda: WORDS)


class Render(Protocol):
    """What gives the document of a body, as `render` does."""

    def __call__(self, body: str, place: Place, *, math: bool = False) -> tuple[Document, list[ContentError]]:
        """As `render`."""


def render(
    body: str, place: Place, *, math: bool = False, remember: Remember = lambda _, make: make()
) -> tuple[Document, list[ContentError]]:
    """Reads a Markdown body. The errors are those that keep the page from being made. What code comes to is asked of `remember`."""
    options = MATH if math else OPTIONS
    source = Source(body, place.first_line, options)
    findings: list[Finding] = []
    code = _Code(source, place, findings, remember)
    html = pyromark.html(body, options=options, highlight=code)
    errors = refuse_shortcodes(source)
    findings.extend(faulty_notes(source, place.path))
    findings.extend(slips(source, place.path))
    html, has_notes = gather_notes(html, place.words)
    if math:

        def unreadable(formula: str, reason: str) -> None:
            lines = source.formulas.get(formula, [place.first_line])
            line = lines.pop(0) if len(lines) > 1 else lines[0]
            findings.append(Finding(place.path, line, "math", f"the formula `{formula}` cannot be read ({reason})", "mend its LaTeX"))

        html = set_mathematics(html, unreadable)
    document = document_of(html, source, place, findings)
    return replace(document, has_code=code.seen, has_math="<math" in html, has_notes=has_notes), errors


def document_of(html: str, source: Source, place: Place, findings: list[Finding]) -> Document:
    """What is the same for every Markdown reader: blocks, figures, headings, links, and what is known of them."""
    silent = _silent_images(html, source, place)
    html = set_figures(set_blocks(html, place.words))
    html, links = local_links(html, place.directory, place.base, place.index)
    html, toc, anchors = set_headings(html)
    findings.extend(silent)
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


def foreign_document(html: str, place: Place, findings: tuple[Finding, ...] = ()) -> Document:
    """What is known of a body that another reader made, such as Pelican's for reStructuredText: it stays as it is."""
    html, links = local_links(html, place.directory, place.base, place.index)
    return Document(
        html=html,
        words=_words(html),
        anchors=frozenset(identifiers(html)),
        links=links,
        excerpt=_excerpt(html),
        has_code="<pre" in html,
        has_math="<math" in html,
        findings=findings,
    )


class _Code:
    """pyromark's highlighter: called for each code block in turn."""

    def __init__(self, source: Source, place: Place, findings: list[Finding], remember: Remember) -> None:
        self.seen = False
        self._remember = remember
        self._source = source
        self._place = place
        self._findings = findings
        self._rich = RICH_FENCE.search(source.body) is not None
        self._count = 0

    def __call__(self, language: str | None, code: str) -> str:
        self.seen = True
        number, self._count = self._count, self._count + 1
        fence = parse_fence((self._source.fences[number][0] if self._rich else language) or "")
        for what in wrong_marks(fence, code):
            line = self._source.fences[number][1]
            self._findings.append(Finding(self._place.path, line, "code-lines", f"of the lines to highlight, {what}", "correct it"))
        try:
            return self._remember(
                digest(engine(), b"code", repr(fence).encode(), code.encode()), lambda: highlight(code, fence).encode()
            ).decode()
        except UnknownLanguageError:
            line = self._source.fences[number][1]
            message = f"no highlighter knows the language `{fence.language}`"
            self._findings.append(Finding(self._place.path, line, "code-language", message, "write `text`, or a name of Pygments'"))
            return highlight(code, fence, lexer="text")


def silent_picture(path: str, target: str, line: int) -> Finding:
    """The finding for a picture that has no alternative text."""
    where = "an option of its own: `:alt: …`" if path.endswith(".rst") else "its square brackets: ![…]"
    return Finding(path, line, "alt-text", f"the picture {target} has no alternative text", f"say what is to be seen in {where}")


def _silent_images(html: str, source: Source, place: Place) -> list[Finding]:
    if 'alt=""' not in html:
        return []
    return [silent_picture(place.path, target, line) for target, line in source.silent_images()]


def _high_headings(html: str, source: Source, place: Place) -> list[Finding]:
    if "<h1" not in html:
        return []
    return [
        Finding(place.path, line, "heading", "a heading of the first level stands in the text", "begin with `##`: the title is the first")
        for level, line in source.headings()
        if level == "H1"
    ]


def _words(html: str) -> int:
    text = unescape(TAG.sub(" ", UNREAD.sub(" ", html)))
    spaced, characters = UNSPACED.subn(" ", text)
    return len((UNSPACED_MARKS.sub(" ", spaced) if characters else spaced).split()) + -(-characters // UNSPACED_PER_WORD)


def _excerpt(html: str) -> str:
    """The beginning of the first paragraph, as plain text of at most 160 characters."""
    found = PARAGRAPH.search(COMMENT.sub("", html))
    if not found:
        return ""
    text = " ".join(unescape(TAG.sub("", NOTEREF.sub("", found[1]))).split())
    if len(text) <= EXCERPT_LENGTH:
        return text
    space = text.rfind(" ", 0, EXCERPT_LENGTH)
    if space < EXCERPT_LENGTH // 2:  # a script without spaces, or one long word
        return text[:EXCERPT_LENGTH] + "…"
    return text[:space].rstrip(",;:–—-") + " …"
