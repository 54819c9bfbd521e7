"""Between reading and rendering: all of the content is known, so its links can be followed and its files be named."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urljoin

from alcatraz.assets import hashed_name
from alcatraz.build.images import PICTURES, size
from alcatraz.content.complete import source_name
from alcatraz.content.document import Link
from alcatraz.content.links import SOURCES, TARGETS
from alcatraz.content.markdown import OPTIONS
from alcatraz.content.reader import read_text
from alcatraz.content.source import Source
from alcatraz.content.tags import each_start_tag, srcset
from alcatraz.errors import ContentError
from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pelican.contents import Content, Static

    from alcatraz.build.ledger import Ledger
    from alcatraz.content.tags import StartTag

__all__ = ["follow_links", "name_files", "place_pictures"]

FORM = re.compile(r"\{(?:filename|static)\}/([^?#]*)(.*)", re.DOTALL)  # what content/links.py writes
RAW_TARGET = re.compile(r"""\b(href|src|srcset|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
HTML = (".html", ".htm")
ANCHORS_OF_PAGES = frozenset({"main", "top"})  # the theme's own
RAW = "static/"  # this folder is copied as it is: its files keep their names and go to the site's root


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a link and what to do; `dead` where there is nothing at its other end, so that it is taken out."""

    what: str
    remedy: str
    dead: bool = True


def contents_of(context: Mapping[str, Any]) -> list[Content]:
    """Every post and page that was read, in the order of their paths."""
    known: dict[str, Content | None] = context["generated_content"]
    return [content for _, content in sorted(known.items()) if content is not None]


def follow_links(context: dict[str, Any], ledger: Ledger) -> None:
    """Finds links that lead nowhere, and takes them out; what is left are the files that the content asks for."""
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
            if (folder / link.path).is_relative_to(context["ROOT"]) and (folder / link.path).relative_to(
                context["ROOT"]
            ).as_posix() in refused:
                continue
            if fault := _fault(link, content, by_path, context):
                broken.append((link, fault))
            elif link.path and link.path not in by_path:
                asked.add(link.path)
        if broken:
            ledger.findings.extend(_findings(content, broken))
            if gone := {link.path for link, fault in broken if fault.dead}:
                content._content = _without(content._content, gone)  # noqa: SLF001 (Pelican has no setter)


def _is_file_in(folder: Path, path: str) -> bool:
    file = folder / path
    return file.is_file() and file.resolve().is_relative_to(folder.resolve())


def _links(content: Content) -> Iterable[Link]:
    yield from content.document.links
    if content.image:
        directory = content.relative_dir
        path = Path(directory, unquote(content.image)) if not content.image.startswith("/") else Path(content.image[1:])
        content.image_path = posixpath.normpath(path.as_posix())
        yield Link(content.image, content.image_path, image=True)


def _fault(link: Link, content: Content, by_path: Mapping[str, Content], context: Mapping[str, Any]) -> Fault | None:
    """What is wrong with a link; None where it leads somewhere."""
    folder = Path(context["PATH"])
    if not link.path:
        return _anchor_fault(link, content)
    file = folder / link.path
    if link.path in by_path:
        return _anchor_fault(link, by_path[link.path])
    if not file.resolve().is_relative_to(folder.resolve()):
        return Fault("leads out of the content folder", "put the file beside the post")
    if not file.is_file():
        return Fault("leads to a file that is not there", "mend the path; it is relative to this file")
    if link.path.endswith(SOURCES) and not (link.path.endswith(HTML) and _is_plain_html(link.path, context)):
        return Fault("leads to a post that is not published", "publish it, or take the link out")
    return None


def _is_plain_html(path: str, settings: Mapping[str, Any]) -> bool:
    """Whether an HTML file is one that no generator reads as a post or a page, such as a demonstration in static/."""
    if settings["READERS"].get(path.rpartition(".")[2], True) is None:
        return True

    def within(folders: Iterable[str]) -> bool:
        return any(folder in {"", "."} or path == folder or path.startswith(f"{folder}/") for folder in folders)

    return not any(within(settings[f"{kind}_PATHS"]) and not within(settings[f"{kind}_EXCLUDES"]) for kind in ("ARTICLE", "PAGE"))


def _anchor_fault(link: Link, target: Content) -> Fault | None:
    anchors = target.document.anchors
    if not link.fragment or link.fragment in anchors or link.fragment in ANCHORS_OF_PAGES:
        return None
    near = ", ".join(f"#{anchor}" for anchor in sorted(anchors)[:5])
    remedy = f"there is {near}" if near else "give its heading an id: `## Title {#id}`"
    return Fault("names an anchor that is not there", remedy, dead=False)


def _findings(content: Content, broken: list[tuple[Link, Fault]]) -> list[Finding]:
    name = source_name(content)
    lines = _lines(content)
    found = []
    for link, fault in broken:
        kind = "the picture" if link.image else "the link"
        written = unquote(link.written)
        line = lines[written].pop(0) if lines.get(written) else 1
        found.append(Finding(name, line, "link", f"{kind} {written} {fault.what}", fault.remedy))
    return found


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
    for target, line in Source("\n".join(rows), first, OPTIONS).links():
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


def _retargeted(html: str, change: Callable[[str], str | None]) -> str:
    """The HTML with each target that has our form replaced by `change(target)`; None takes it out."""

    def target(url: str) -> str | None:
        return change(url) if FORM.fullmatch(url) else url

    def start_tag(tag: StartTag) -> StartTag:
        names = TARGETS.get(tag.name)
        if not names or "{" not in tag.inside:
            return tag

        def attribute(name: str, value: str) -> str | None:
            if name not in names:
                return value
            return (srcset(value, target) or None) if name == "srcset" else target(value)

        return tag.changed(attribute)

    return each_start_tag(html, start_tag)


def _path(target: str) -> str | None:
    found = FORM.fullmatch(target)
    return unquote(found[1]) if found else None


def _without(html: str, gone: set[str]) -> str:
    """The HTML with links that lead nowhere turned into their text, and missing pictures into their words."""

    def picture(tag: StartTag) -> StartTag | str:
        if tag.name == "img" and _path(tag.get("src") or "") in gone:
            return f'<span class="missing">{escape(tag.get("alt") or "", quote=False)}</span>'
        return tag

    return _retargeted(each_start_tag(html, picture), lambda target: None if _path(target) in gone else target)


def name_files(context: Mapping[str, Any]) -> None:
    """Says where each linked file goes: beside the post whose bundle it lies in, pictures under a hashed name."""
    bundles = {
        Path(path).parent.as_posix(): Path(content.save_as).parent.as_posix()
        for path, content in ((content.get_relative_source_path(), content) for content in contents_of(context))
        if Path(path).stem == "index"
    }
    linked: set[str] = context["static_links"]
    for path, static in sorted(context["static_content"].items()):
        if static is None:
            continue
        if path.startswith(RAW):
            _put(static, path.removeprefix(RAW))
        elif path in linked:
            _name_file(static, path, bundles)


def _name_file(static: Static, path: str, bundles: Mapping[str, str]) -> None:
    place = path
    for folder in Path(path).parents:
        if folder.as_posix() in bundles and folder.as_posix() != ".":
            place = (Path(bundles[folder.as_posix()]) / Path(path).relative_to(folder)).as_posix()
            break
    if place.lower().endswith((*PICTURES, ".css", ".js", ".woff2", ".mjs")):
        place = hashed_name(place, Path(static.source_path).read_bytes())
    _put(static, place)


def _put(static: Static, place: str) -> None:
    static.override_save_as = place
    static.override_url = quote(place)


def place_pictures(context: Mapping[str, Any]) -> None:
    """Writes the size of each picture into its element, and into every link the address of what it leads to.

    Pelican would write the addresses too, but only one in each element, none in a srcset, and none where another value
    holds a `>`; categories, tags and authors are left to it.
    """
    folder = Path(context["PATH"])
    files: dict[str, Any] = context["static_content"]
    contents: dict[str, Any] = context["generated_content"]
    sizes: dict[str, str] = {}

    def dimensions(path: str) -> str:
        if path not in sizes:
            found = size(folder / path) if (folder / path).is_file() else None
            sizes[path] = f' width="{found[0]}" height="{found[1]}"' if found else ""
        return sizes[path]

    def picture(tag: StartTag) -> StartTag:
        if tag.name != "img" or (path := _path(tag.get("src") or "")) is None:
            return tag
        given = tag.get("width") is not None or tag.get("height") is not None
        return tag if given else tag.after("src", dimensions(path))

    def address(target: str) -> str:
        found = FORM.fullmatch(target)
        path = _path(target) or ""
        led_to = contents.get(path) or files.get(path)
        return urljoin(f"{context['BASE']}/", led_to.url) + found[2] if found and led_to else target

    for content in contents_of(context):
        if content._content and "{" in content._content:  # noqa: SLF001
            content._content = _retargeted(each_start_tag(content._content, picture), address)  # noqa: SLF001
        if content.image:
            static = files.get(content.image_path)
            content.image = f"{context['BASE']}/{escape(static.url)}" if static else None
