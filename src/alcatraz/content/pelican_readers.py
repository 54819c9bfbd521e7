"""Pelican's own readers, of reStructuredText, of Markdown and of HTML: they read as they did, and are held to our rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils.languages.en import bibliographic_fields
from docutils.utils import SystemMessage
from docutils.writers.html5_polyglot import HTMLTranslator, Writer
from pelican.readers import HTMLReader, MarkdownReader, RstReader

from alcatraz.content.dates import refuse_partial
from alcatraz.content.frontmatter import given_twice
from alcatraz.content.markdown import OPTIONS, silent_picture
from alcatraz.content.reader import left_out, read_text, told
from alcatraz.content.schema import hold
from alcatraz.content.source import Source
from alcatraz.content.visibility import DECIDING, doubts
from alcatraz.errors import ContentError
from alcatraz.findings import place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from alcatraz.content.conversions import Conversions

__all__ = ["HtmlRstReader", "PlainHtmlReader", "PlainMarkdownReader"]


class _Careful:
    """What ours add to Pelican's: the schema, whole dates, no guess at who may see a post, and errors with file and line.

    `field` matches a line that gives a value, with its key as the first group; `past` one after which there are no more.
    `keys` are lawful in this format beside those of the schema, None where a file may have any.
    """

    field: ClassVar[re.Pattern[str]]
    past: ClassVar[re.Pattern[str]]
    keys: ClassVar[Collection[str] | None] = ()
    settings: dict[str, Any]

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)  # type: ignore[call-arg] # Pelican's reader comes after this class
        self._partial: dict[str, ContentError] = {}

    def process_metadata(self, name: str, value: Any) -> Any:
        """A value in Pelican's terms. Dates that Pelican would complete from the clock are put down; a status stays as it is."""
        if name == "status":
            return value
        if name in {"date", "modified"} and isinstance(value, str):
            try:
                refuse_partial(value, name)
            except ContentError as error:
                self._partial[name] = error
                return None
        return super().process_metadata(name, value)  # type: ignore[misc] # as above

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The body as HTML and the metadata; for what cannot be read, its `faults`."""
        path = Path(source_path)
        name = place_of(path, self.settings["ROOT"])
        if self._depends_on_more():
            self.settings["LEDGER"].depends_on_more = True
        text, html, metadata, wrong = "", "", dict[str, Any](), list[ContentError]()
        try:
            text = read_text(path)
            html, metadata = super().read(source_path)  # type: ignore[misc] # as above
        except Exception as error:  # noqa: BLE001 (whatever it is, the author learns in which file)
            wrong.append(told(error))
        given = self._lines(text)
        lines = {key: at[0] for key, at in given.items()}
        # Of most keys that stand twice Pelican says so, or takes both.
        wrong += [given_twice(key, *at[:2]) for key, at in given.items() if key in DECIDING and len(at) > 1]
        wrong += doubts(metadata, lines) + hold(metadata, lines, self._lawful(metadata))
        for key, partial in self._partial.items():
            partial.line = lines.get(key, 0)
            wrong.append(partial)
        self._partial = {}
        if wrong:
            return left_out(name, sorted(wrong, key=lambda error: error.line))
        return html, {
            **metadata,
            "header_lines": lines,
            "findings": tuple(silent_picture(name, *at) for at in self._silent_pictures(text, html)),
        }

    def _depends_on_more(self) -> bool:
        """Whether what is read may depend on other files than the post's own."""
        return False

    def _lawful(self, metadata: dict[str, Any]) -> Collection[str]:
        """Keys beside those of the schema: a blog names those that its plugins read in these settings of Pelican's."""
        if self.keys is None:
            return metadata
        return {*self.keys, *dict(self.settings["DEFAULT_METADATA"]), *self.settings["FORMATTED_FIELDS"]}

    def _silent_pictures(self, text: str, html: str) -> Iterable[tuple[str, int]]:
        """The target of every picture that has no alternative text, with its line, as far as the format can tell."""
        del text, html
        return ()

    def _lines(self, text: str) -> dict[str, list[int]]:
        """The lines on which each key at the top of a file is given."""
        lines: dict[str, list[int]] = {}
        for number, row in enumerate(text.split("\n"), start=1):
            if found := self.field.match(row):
                lines.setdefault(found[1].lower(), []).append(number)
            elif lines and self.past.match(row):
                break
        return lines


class _HtmlTranslator(HTMLTranslator):
    """HTML 5 as docutils writes it, with what Pelican adds: an abbreviation's meaning, and no path for want of a picture's words."""

    def __init__(self, document: Any) -> None:
        super().__init__(document)
        self.silent: list[tuple[str, int]] = []

    def visit_image(self, node: Any) -> None:
        """Puts down the pictures without a word. An empty `:alt:` is one: it says that the picture is an ornament."""
        if "alt" not in node:
            self.silent.append((node["uri"], node.line or 0))
            node["alt"] = ""
        super().visit_image(node)

    def visit_abbreviation(self, node: Any) -> None:
        """Source: Pelican's role `abbr`, https://docs.getpelican.com/en/stable/content.html."""
        meaning = {"title": node["explanation"]} if node.hasattr("explanation") else {}
        self.body.append(self.starttag(node, "abbr", "", **meaning))

    def depart_abbreviation(self, _node: Any) -> None:
        """Ends it."""
        self.body.append("</abbr>")


class _HtmlWriter(Writer):
    def __init__(self) -> None:
        super().__init__()
        self.translator_class = _HtmlTranslator


class HtmlRstReader(_Careful, RstReader):  # type: ignore[misc] # Pelican has no types
    """Pelican's reader of reStructuredText, writing HTML 5, since docutils' older writer uses elements HTML has dropped."""

    field = re.compile(r":([^:\s][^:]*):(?:\s|$)")
    past = re.compile(r"\S")
    keys = frozenset(bibliographic_fields.values())
    writer_class = _HtmlWriter

    def _depends_on_more(self) -> bool:
        return True  # `.. include::`

    def _get_publisher(self, source_path: str) -> Any:
        """As Pelican's. Raises ContentError with the line where docutils stops: Pelican has it stop at a warning."""
        try:
            publisher = super()._get_publisher(source_path)
        except SystemMessage as error:
            root = f"{self.settings['ROOT']}/"
            raise _markup_error(str(error).replace(root, ""), source_path.replace(root, "")) from error
        self._silent: list[tuple[str, int]] = publisher.writer.visitor.silent
        return publisher

    def _silent_pictures(self, text: str, html: str) -> Iterable[tuple[str, int]]:
        del text, html
        return self._silent


# What docutils says: the file, the line where it knows one, how grave it is, and what.
SAID = re.compile(r"(?P<file>.*?):(?P<line>\d*):? \(\w+/\d\) (?P<what>.*)", re.DOTALL)


def _markup_error(said: str, source_path: str) -> ContentError:
    found = SAID.fullmatch(said)
    if not found:
        return ContentError(f"the reStructuredText cannot be read ({' '.join(said.split())})", rule="reader", remedy="mend it")
    line, elsewhere = int(found["line"] or 0), ""
    if found["file"] != source_path:  # a file that the post includes
        line, elsewhere = 0, f" in {Path(found['file']).name}, line {line}"
    what = " ".join(found["what"].split())
    return ContentError(f"the reStructuredText cannot be read{elsewhere} ({what})", rule="reader", line=line, remedy="mend its markup")


class PlainMarkdownReader(_Careful, MarkdownReader):  # type: ignore[misc] # Pelican has no types
    """Pelican's own reader of Markdown, for blogs that keep it."""

    field = re.compile(r" {0,3}([A-Za-z0-9_-]+):")  # python-markdown's META_RE
    past = re.compile(r"\s*$")

    def _depends_on_more(self) -> bool:
        conversions: Conversions = self.settings["CONVERSIONS"]
        return conversions.depends_on_more(self.settings)

    def _silent_pictures(self, text: str, html: str) -> Iterable[tuple[str, int]]:
        return Source(text, 1, OPTIONS).silent_images() if 'alt=""' in html else ()


class PlainHtmlReader(_Careful, HTMLReader):  # type: ignore[misc] # Pelican has no types
    """Pelican's reader of whole HTML pages."""

    field = re.compile(r"""\s*<meta\b[^>]*?\bname\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
    past = re.compile(r".*</head\b", re.IGNORECASE)
    keys = None  # a page has `<meta>`s for browsers and search engines too
