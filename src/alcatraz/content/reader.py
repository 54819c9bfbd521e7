"""The Pelican reader of Markdown posts: front matter by our schema, bodies by pyromark.

A post that cannot be understood does not end the build at once: what is wrong, with its lines, stands in its metadata as
`faults`, the post is left out, and the build refuses at the end, so that an author mends all of it in one go.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pelican.readers import MarkdownReader
from pelican.urlwrappers import Author, Category, Tag

from alcatraz.content import markdown
from alcatraz.content.addresses import slug_of
from alcatraz.content.frontmatter import split
from alcatraz.content.markdown import Place
from alcatraz.content.schema import FrontMatter, validate
from alcatraz.content.source import Source
from alcatraz.errors import ContentError
from alcatraz.findings import Finding, place_of
from alcatraz.settings import base_path, index_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alcatraz.content.conversions import Conversions
    from alcatraz.content.document import Document
    from alcatraz.content.markdown import Render

__all__ = ["PostReader", "left_out", "read_text", "told"]

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
        name = place_of(path, self.settings["ROOT"])
        errors: list[ContentError] = []
        html, metadata = "", dict(LEFT_OUT)
        try:
            html, metadata = self._read(path, name, errors)
        except Exception as error:  # noqa: BLE001 (whatever it is, the author learns in which file)
            errors.append(told(error))
        return left_out(name, errors) if errors else (html, metadata)

    def _read(self, path: Path, name: str, errors: list[ContentError]) -> tuple[str, dict[str, Any]]:
        """Puts what is wrong into `errors`, so that all of it is told whatever happens on the way."""
        header, body = split(read_text(path))
        front, wrong = validate(header, self.settings)
        errors += wrong
        if header.values.get("date") is None and _is_post(path, self.settings):
            errors.append(_no_date(self.settings))
        slug = front.slug or slug_of(path, self.settings)
        if not slug and "slug" not in header.values:
            errors.append(_no_slug(path))
        place = Place(
            path=name,
            directory=_directory(path, self.settings["PATH"]),
            first_line=header.body_line,
            base=base_path(self.settings),
            index=index_path(self.settings),
            words=self.settings["WORDS"],
        )
        document, wrong = self._body(body, place, front)
        errors += wrong
        metadata: dict[str, Any] = {
            "title": front.title,
            "slug": slug,
            "date": front.date,
            "modified": front.modified,
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
            "body_line": header.body_line,
        }
        return document.html, {key: value for key, value in metadata.items() if value is not None}

    def _body(self, body: str, place: Place, front: FrontMatter) -> tuple[Document, list[ContentError]]:
        if front.reader != "python-markdown":
            render: Render = self.settings["RENDER"]
            return render(body, place, math=front.math)
        source = Source(body, place.first_line, markdown.OPTIONS)
        conversions: Conversions = self.settings["CONVERSIONS"]
        if conversions.depends_on_more(self.settings):
            self.settings["LEDGER"].depends_on_more = True
        return markdown.document_of(conversions.body(body, self.settings), source, place, []), []


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


def _directory(path: Path, content: str) -> str:
    directory = path.parent.relative_to(content).as_posix()
    return "" if directory == "." else directory


def _is_post(path: Path, settings: Mapping[str, Any]) -> bool:
    """Whether Pelican takes a file for an article, which needs a date, and not for a page, which needs none."""
    file = path.relative_to(settings["PATH"])
    return any(map(file.is_relative_to, settings["ARTICLE_PATHS"])) and not any(map(file.is_relative_to, settings["ARTICLE_EXCLUDES"]))


def left_out(name: str, errors: list[ContentError]) -> tuple[str, dict[str, Any]]:
    """What is given to Pelican of a file that cannot be read: it passes over it, and `faults` says what is wrong."""
    faults = tuple(Finding(name, error.line, error.rule, error.what, error.remedy or "") for error in errors)
    return "", {**LEFT_OUT, "faults": faults}


def told(error: Exception) -> ContentError:
    """Whatever a reader raised, as an error that says what to do."""
    if isinstance(error, ContentError):
        return error
    if isinstance(error, OSError):
        return ContentError(
            f"the file cannot be read ({error.strerror or error})", rule="reader", remedy="make it readable, or take it away"
        )
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return ContentError(
        f"the post cannot be read ({said})", rule="reader", remedy="mend it if you see why; if not, this is a bug: report it"
    )


def _no_slug(path: Path) -> ContentError:
    name = path.parent.name if path.stem == "index" else path.stem
    return ContentError(
        f"no address can be made of the name {name!r}", rule="front-matter", line=1, remedy="add `slug: …` to the front matter"
    )


def _no_date(settings: Mapping[str, Any]) -> ContentError:
    now = settings["NOW"].astimezone(ZoneInfo(settings["TIMEZONE"])).isoformat(timespec="seconds")
    return ContentError(
        "the post has no date", rule="date", line=1, remedy=f"add `date: {now}`, or the day it came out, to its front matter"
    )
