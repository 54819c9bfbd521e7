"""The Pelican reader of Markdown posts: front matter by our schema, bodies by pyromark.

A post that cannot be understood does not end the build at once: it is put down with its line, the post is left out, and
the build refuses at the end with everything that is wrong, so that an author mends all of it in one go.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from docutils.writers.html5_polyglot import Writer as HtmlWriter
from markdown import Markdown
from pelican.readers import MarkdownReader, RstReader
from pelican.urlwrappers import Author, Category, Tag

from alcatraz.content import markdown
from alcatraz.content.frontmatter import split
from alcatraz.content.markdown import Place
from alcatraz.content.schema import FrontMatter, date_of, validate
from alcatraz.content.source import Source
from alcatraz.errors import ContentError
from alcatraz.findings import Finding

if TYPE_CHECKING:
    from alcatraz.content.document import Document

__all__ = ["HtmlRstReader", "PostReader", "read_text"]

LEFT_OUT = {"title": "(unreadable)", "status": "skip"}


class PostReader(MarkdownReader):  # type: ignore[misc] # Pelican has no types
    """Reads Markdown posts and pages.

    Not a direct subclass of BaseReader: Pelican takes all of those up by itself, and would read foreign sites with it.
    """

    enabled = True
    file_extensions = ("md", "markdown", "mkd", "mdown")

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The body as HTML and the metadata, in Pelican's terms."""
        path = Path(source_path)
        name = _relative(path, self.settings["ROOT"])
        errors: list[ContentError] = []
        self.settings["LEDGER"].step()
        try:
            html, metadata, errors = self._read(path, name)
        except ContentError as error:
            html, metadata, errors = "", dict(LEFT_OUT), [error]
        if errors:
            metadata["status"] = "skip"
            self.settings["LEDGER"].errors.extend(Finding(name, error.line, error.rule, error.what, error.remedy or "") for error in errors)
        return html, metadata

    def _read(self, path: Path, name: str) -> tuple[str, dict[str, Any], list[ContentError]]:
        header, body = split(read_text(path))
        front = validate(header)
        zone = self.settings["TIMEZONE"]
        place = Place(
            path=name,
            directory=_directory(path, self.settings["PATH"]),
            first_line=header.body_line,
            base=urlsplit(self.settings["SITEURL"]).path.rstrip("/"),
        )
        document, errors = self._body(body, place, front)
        metadata: dict[str, Any] = {
            "title": front.title,
            "slug": front.slug or _slug(path),
            "date": date_of(front, "date", header, zone),
            "modified": date_of(front, "modified", header, zone),
            "tags": [Tag(tag, self.settings) for tag in dict.fromkeys(front.tags)] or None,
            "categories": [Category(name, self.settings) for name in dict.fromkeys(front.categories)] or None,
            "authors": [Author(name, self.settings) for name in front.authors] or None,
            "description": front.description,
            "summary": front.description or document.excerpt,
            "image": front.image,
            "lang": front.lang,
            "template": front.template,
            "label": front.label,
            "draft": front.draft,
            "unlisted": front.unlisted,
            "aliases": tuple(front.aliases),
            "series": front.series,
            "wants_toc": front.toc,
            "document": document,
            "header_lines": dict(header.lines),
        }
        return document.html, {key: value for key, value in metadata.items() if value is not None}, errors

    def _body(self, body: str, place: Place, front: FrontMatter) -> tuple[Document, list[ContentError]]:
        if front.reader != "python-markdown":
            return markdown.render(body, place, math=front.math)
        source = Source(body, place.first_line, markdown.OPTIONS)
        return markdown.document_of(Markdown(**self.settings["MARKDOWN"]).convert(body), source, place, []), []


class HtmlRstReader(RstReader):  # type: ignore[misc] # Pelican has no types
    """Pelican's reader of reStructuredText, writing HTML 5, since docutils' older writer uses elements HTML has dropped."""

    writer_class = HtmlWriter


def read_text(path: Path) -> str:
    """A post's text: UTF-8, with or without a byte order mark, any line ends. Raises ContentError where it is not."""
    data = path.read_bytes()
    if 0 in data:
        raise ContentError("the file holds NUL bytes", rule="encoding", line=data.count(b"\n", 0, data.index(0)) + 1, remedy="remove them")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError("the file is not UTF-8", rule="encoding", line=line, remedy="save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _directory(path: Path, content: str) -> str:
    directory = path.parent.relative_to(content).as_posix()
    return "" if directory == "." else directory


def _slug(path: Path) -> str:
    """A bundle's slug is its folder's name, a single file's its own."""
    return posixpath.basename(path.parent.as_posix()) if path.stem == "index" else path.stem
