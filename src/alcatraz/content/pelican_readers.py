"""Pelican's own readers, of reStructuredText, of Markdown and of HTML: they read as they did, and are held to our rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar

from docutils.utils import SystemMessage
from docutils.writers.html5_polyglot import HTMLTranslator, Writer
from pelican.readers import HTMLReader, MarkdownReader, RstReader

from alcatraz.content.dates import refuse_partial
from alcatraz.content.reader import left_out, read_text, told
from alcatraz.content.visibility import doubts
from alcatraz.errors import ContentError
from alcatraz.findings import place_of

__all__ = ["HtmlRstReader", "PlainHtmlReader", "PlainMarkdownReader"]


class _Careful:
    """What ours add to Pelican's: whole dates, no guess at who may see a post, and errors that name file and line.

    `field` matches a line that gives a value, with its key as the first group; `past` one after which there are no more.
    """

    field: ClassVar[re.Pattern[str]]
    past: ClassVar[re.Pattern[str]]
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
        try:
            lines = self._lines(read_text(path))
            html, metadata = super().read(source_path)  # type: ignore[misc] # as above
        except Exception as error:  # noqa: BLE001 (whatever it is, the author learns in which file)
            return left_out(name, [told(error)])
        wrong = doubts(metadata, lines)
        for key, partial in self._partial.items():
            partial.line = lines.get(key, 0)
            wrong.append(partial)
        self._partial = {}
        return left_out(name, wrong) if wrong else (html, metadata)

    def _lines(self, text: str) -> dict[str, int]:
        """The line on which each key at the top of a file is first given."""
        lines: dict[str, int] = {}
        for number, row in enumerate(text.split("\n"), start=1):
            if found := self.field.match(row):
                lines.setdefault(found[1].lower(), number)
            elif lines and self.past.match(row):
                break
        return lines


class _HtmlTranslator(HTMLTranslator):
    """HTML 5 as docutils writes it, with what Pelican adds: an abbreviation's meaning."""

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
    writer_class = _HtmlWriter

    def _get_publisher(self, source_path: str) -> Any:
        """As Pelican's. Raises ContentError with the line where docutils stops: Pelican has it stop at a warning."""
        try:
            return super()._get_publisher(source_path)
        except SystemMessage as error:
            root = f"{self.settings['ROOT']}/"
            raise _markup_error(str(error).replace(root, ""), source_path.replace(root, "")) from error


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


class PlainHtmlReader(_Careful, HTMLReader):  # type: ignore[misc] # Pelican has no types
    """Pelican's reader of whole HTML pages."""

    field = re.compile(r"""\s*<meta\b[^>]*?\bname\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
    past = re.compile(r".*</head\b", re.IGNORECASE)
