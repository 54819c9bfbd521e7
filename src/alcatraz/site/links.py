"""Links between posts and to files, followed once all of the content is known: what leads nowhere is said, and taken out."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from alcatraz.content.bundles import is_note
from alcatraz.content.complete import source_name
from alcatraz.content.document import Link
from alcatraz.content.links import SOURCES
from alcatraz.content.markdown import OPTIONS
from alcatraz.content.reader import read_text
from alcatraz.content.source import Source
from alcatraz.content.tags import srcset
from alcatraz.errors import ContentError
from alcatraz.findings import Finding, place_of
from alcatraz.site.contents import contents_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pelican.contents import Content

    from alcatraz.ledger import Ledger

__all__ = ["follow_links"]

RAW_TARGET = re.compile(r"""\b(href|src|srcset|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
TARGET = re.compile(r"[^\s<>`|]+")
HTML = (".html", ".htm")
ANCHORS_OF_PAGES = frozenset({"main", "top"})  # the theme's own


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a link and what to do.

    `leads_to` is what it leads to all the same, and "" where there is nothing at its other end, so that it is taken out.
    """

    what: str
    remedy: str
    leads_to: str = ""


NOTE = Fault("leads to a note beside a post, and of these only index.md is a post", "give it a folder of its own, or take the link out")


def follow_links(context: dict[str, Any], ledger: Ledger) -> None:
    """Finds links that lead nowhere, which are to be taken out; what is left are the files that the content asks for."""
    folder = Path(context["PATH"])
    contents = contents_of(context)
    by_path = {content.get_relative_source_path(): content for content in contents}
    # Pelican read these from the HTML, and does not undo every escape; plugins may have added files of their own.
    asked: set[str] = context["static_links"]
    asked -= {path for path in asked if not _is_file_in(folder, path)}
    refused = {error.path for error in ledger.errors}  # to say that nobody can link to these would blame the innocent
    for content in contents:
        broken: list[tuple[Link, Fault]] = []
        for link in _links(content):
            if refused and place_of(folder / link.path, context["ROOT"]) in refused:
                continue
            if fault := _fault(link, content, by_path, context):
                broken.append((link, fault))
            elif link.path and link.path not in by_path:
                asked.add(link.path)
        if broken:
            ledger.findings.extend(_findings(content, broken))
            if gone := {link.path for link, fault in broken if not fault.leads_to}:
                content.gone = frozenset(gone)


def _is_file_in(folder: Path, path: str) -> bool:
    file = folder / path
    return file.is_file() and file.resolve().is_relative_to(folder.resolve())


def _links(content: Content) -> Iterable[Link]:
    yield from content.local_links
    if content.image:
        directory = content.relative_dir
        path = Path(directory, unquote(content.image)) if not content.image.startswith("/") else Path(content.image[1:])
        content.image_path = posixpath.normpath(path.as_posix())
        yield Link(content.image, content.image_path, image=True)


def _fault(link: Link, content: Content, by_path: Mapping[str, Content], context: Mapping[str, Any]) -> Fault | None:
    """What is wrong with a link; None where it leads somewhere."""
    if not link.path:
        return _anchor_fault(link, content)
    if link.path in by_path:
        return _anchor_fault(link, by_path[link.path])
    folder = Path(context["PATH"])
    file = folder / link.path
    if not file.resolve().is_relative_to(folder.resolve()):
        return Fault("leads out of the content folder", "put the file beside the post")
    if not file.is_file():
        return Fault("leads to a file that is not there", "mend the path; it is relative to this file")
    if link.path.endswith(SOURCES) and not (link.path.endswith(HTML) and _is_plain_html(link.path, context)):
        return NOTE if is_note(link.path, folder) else Fault("leads to a post that is not published", "publish it, or take the link out")
    return None


def _is_plain_html(path: str, settings: Mapping[str, Any]) -> bool:
    """Whether an HTML file is one that no generator reads as a post or a page, such as a demonstration in static/."""
    if settings["READERS"].get(path.rpartition(".")[2], True) is None:
        return True

    def within(folders: Iterable[str]) -> bool:
        return any(folder in {"", "."} or path == folder or path.startswith(f"{folder}/") for folder in folders)

    return not any(within(settings[f"{kind}_PATHS"]) and not within(settings[f"{kind}_EXCLUDES"]) for kind in ("ARTICLE", "PAGE"))


def _anchor_fault(link: Link, target: Content) -> Fault | None:
    if not link.written:
        return Fault("has no target", "write it in the parentheses: [words](address)")
    if not link.fragment or link.fragment in ANCHORS_OF_PAGES or link.fragment in (anchors := target.document.anchors):
        return None
    near = ", ".join(f"#{anchor}" for anchor in sorted(anchors)[:5])
    remedy = f"there is {near}" if near else "give its heading an id: `## Title {#id}`"
    return Fault("names an anchor that is not there", remedy, leads_to=f"{target.save_as}#{link.fragment}")


def _findings(content: Content, broken: list[tuple[Link, Fault]]) -> list[Finding]:
    name = source_name(content)
    lines = _lines(content)
    found = []
    for link, fault in broken:
        kind = "the picture" if link.image else "the link"
        written = unquote(link.written)
        at = lines.get(written, [1])
        line = at.pop(0) if len(at) > 1 else at[0]  # a target that is named once may be followed often: `.. _name: target`
        found.append(Finding(name, line, "link", " ".join(filter(None, (kind, written, fault.what))), fault.remedy, fault.leads_to))
    return found


def _words(rows: list[str], first: int) -> Iterator[tuple[str, int]]:
    """Whatever could be a target of reStructuredText, with its line: there is no way to ask docutils where a link stands."""
    for line, row in enumerate(rows, start=first):
        for word in TARGET.findall(row):
            yield word, line


def _lines(content: Content) -> dict[str, list[int]]:
    """The lines on which each target stands, read from the source once more, since they are seldom asked for."""
    lines: dict[str, list[int]] = {}
    header: Mapping[str, int] = getattr(content, "header_lines", {})
    try:
        text = read_text(Path(content.source_path))
    except (OSError, ContentError):
        return lines
    first: int = getattr(content, "body_line", None) or (max(header.values()) + 2 if header else 1)
    rows = text.split("\n")[first - 1 :]
    found_in = _words(rows, first) if content.source_path.endswith(".rst") else Source("\n".join(rows), first, OPTIONS).links()
    for target, line in found_in:
        lines.setdefault(unquote(target), []).append(line)
    for line, row in enumerate(rows, start=first):  # raw HTML, which the event stream does not take apart
        for tag in RAW_TARGET.finditer(row):
            value = unescape(tag[2] or tag[3] or tag[4] or "").strip()
            targets = [value]
            if tag[1].lower() == "srcset":
                targets = []
                srcset(value, lambda url, found=targets: found.append(url))  # type: ignore[misc]
            for target in targets:
                lines.setdefault(unquote(target), []).append(line)
    for found in lines.values():
        found.sort()
    if content.image and "image" in header:  # the last that _links gives
        lines.setdefault(unquote(content.image), []).append(header["image"])
    return lines
