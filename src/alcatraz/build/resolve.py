"""Between reading and rendering: all of the content is known, so its links can be followed and its files be named."""

from __future__ import annotations

import posixpath
import re
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from alcatraz.assets import hashed_name
from alcatraz.build.images import PICTURES, size
from alcatraz.content.complete import source_name
from alcatraz.content.document import Link
from alcatraz.content.links import SOURCES
from alcatraz.content.markdown import OPTIONS
from alcatraz.content.reader import read_text
from alcatraz.content.source import Source
from alcatraz.errors import ContentError
from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pelican.contents import Content, Static

    from alcatraz.build.ledger import Ledger

__all__ = ["follow_links", "name_files", "place_pictures"]

HREF = re.compile(r'\s(href|src|poster)="\{(filename|static)\}/([^"#]*)(#[^"]*)?"')
IMAGE = re.compile(r'<img\b([^>]*?)\ssrc="\{static\}/([^"]*)"([^>]*)>')
ALT = re.compile(r'\salt="([^"]*)"')
ANCHORS_OF_PAGES = frozenset({"main", "top"})  # the theme's own
RAW = "static/"  # this folder is copied as it is: its files keep their names and go to the site's root
OUR_MARK = ' data-alt="title"'


def contents_of(context: Mapping[str, Any]) -> list[Content]:
    """Every post and page that was read, in the order of their paths."""
    known: dict[str, Content | None] = context["generated_content"]
    return [content for _, content in sorted(known.items()) if content is not None]


def follow_links(context: dict[str, Any], ledger: Ledger) -> None:
    """Finds links that lead nowhere, and takes them out; what is left are the files that the content asks for."""
    folder = Path(context["PATH"])
    contents = contents_of(context)
    by_path = {content.get_relative_source_path(): content for content in contents}
    for content in contents:
        broken: list[tuple[Link, str, str]] = []
        for link in _links(content):
            if reason := _why_broken(link, content, by_path, folder):
                broken.append((link, *reason))
            elif link.path and not link.path.endswith(SOURCES):
                context["static_links"].add(link.path)
        if broken:
            ledger.findings.extend(_findings(content, broken))
            gone = {link.path for link, _, _ in broken if link.path}
            context["static_links"] -= gone - {path for path in gone if (folder / path).is_file()}
            content._content = _without(content._content, broken)  # noqa: SLF001 (Pelican has no setter)


def _links(content: Content) -> Iterable[Link]:
    yield from content.document.links
    if content.image:
        directory = content.relative_dir
        path = Path(directory, unquote(content.image)) if not content.image.startswith("/") else Path(content.image[1:])
        content.image_path = posixpath.normpath(path.as_posix())
        yield Link(content.image, content.image_path, image=True)


def _why_broken(link: Link, content: Content, by_path: Mapping[str, Content], folder: Path) -> tuple[str, str] | None:
    """What is wrong with a link and what to do; None where it leads somewhere."""
    if not link.path:
        return _anchor_fault(link, content)
    file = folder / link.path
    if link.path.endswith(SOURCES) and link.path in by_path:
        return _anchor_fault(link, by_path[link.path])
    if not file.resolve().is_relative_to(folder.resolve()):
        return "leads out of the content folder", "put the file beside the post"
    if not file.is_file():
        return "leads to a file that is not there", "mend the path; it is relative to this file"
    if link.path.endswith(SOURCES):
        return "leads to a post that is not published", "publish it, or take the link out"
    return None


def _anchor_fault(link: Link, target: Content) -> tuple[str, str] | None:
    anchors = target.document.anchors
    if not link.fragment or link.fragment in anchors or link.fragment in ANCHORS_OF_PAGES:
        return None
    near = ", ".join(f"#{anchor}" for anchor in sorted(anchors)[:5])
    return "names an anchor that is not there", f"there is {near}" if near else "give its heading an id: `## Title {#id}`"


def _findings(content: Content, broken: list[tuple[Link, str, str]]) -> list[Finding]:
    name = source_name(content)
    lines = _lines(content)
    found = []
    for link, what, remedy in broken:
        kind = "the picture" if link.image else "the link"
        line = lines[link.written].pop(0) if lines.get(link.written) else 1
        found.append(Finding(name, line, "link", f"{kind} {link.written} {what}", remedy))
    return found


def _lines(content: Content) -> dict[str, list[int]]:
    """The lines on which each target stands, read from the source once more, since they are seldom asked for."""
    lines: dict[str, list[int]] = {}
    header: Mapping[str, int] = getattr(content, "header_lines", {})
    if content.image and "image" in header:
        lines[content.image] = [header["image"]]
    try:
        text = read_text(Path(content.source_path))
    except (OSError, ContentError):
        return lines
    # The whole file, so that lines are those of the file; front matter holds no links.
    body_line = max(header.values(), default=0) + 1
    body = "\n".join(text.split("\n")[body_line:])
    for target, line in Source(body, body_line + 1, OPTIONS).links():
        lines.setdefault(target, []).append(line)
    for number, row in enumerate(text.split("\n"), start=1):  # raw HTML, which the event stream does not take apart
        for target in re.findall(r'(?:href|src|poster)="([^"]*)"', row):
            lines.setdefault(unescape(target), []).append(number)
    return lines


def _without(html: str, broken: list[tuple[Link, str, str]]) -> str:
    """The HTML with links that lead nowhere turned into their text, and missing pictures into their words."""
    gone = {link.path for link, what, _ in broken if "anchor" not in what}

    def picture(found: re.Match[str]) -> str:
        if unquote(unescape(found[2])) not in gone:
            return found[0]
        alt = ALT.search(found[0])
        return f'<span class="missing">{alt[1] if alt else ""}</span>'

    def link(found: re.Match[str]) -> str:
        return "" if unquote(unescape(found[3])) in gone else found[0]

    return HREF.sub(link, IMAGE.sub(picture, html))


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
    """Writes the size of each picture into its element, and the address of a post's own picture into the post."""
    folder = Path(context["PATH"])
    files: dict[str, Any] = context["static_content"]
    sizes: dict[str, str] = {}

    def dimensions(path: str) -> str:
        if path not in sizes:
            found = size(folder / path) if (folder / path).is_file() else None
            sizes[path] = f' width="{found[0]}" height="{found[1]}"' if found else ""
        return sizes[path]

    def picture(found: re.Match[str]) -> str:
        before, path, after = found.groups()
        after = after.replace(OUR_MARK, "")
        given = "width=" in before + after
        return f'<img{before} src="{{static}}/{path}"{"" if given else dimensions(unquote(unescape(path)))}{after}>'

    for content in contents_of(context):
        if content._content and "<img" in content._content:  # noqa: SLF001
            content._content = IMAGE.sub(picture, content._content)  # noqa: SLF001
        if content.image:
            static = files.get(content.image_path)
            content.image = f"{context['BASE']}/{escape(static.url)}" if static else None
