"""Links between the author's files: `../2023-los-angeles/index.md#tuesday`, `images/crowd.jpg`.

They are brought into Pelican's own form, `{filename}/path` and `{static}/path`, which names a file wherever the content
is shown, and the package `site` makes addresses of them once every file has one.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from alcatraz.content.document import Link
from alcatraz.content.tags import each_start_tag, srcset

if TYPE_CHECKING:
    from alcatraz.content.tags import StartTag

__all__ = ["SOURCES", "TARGETS", "local_links"]

# Files that become pages; a link to any other file is a link to the file itself.
SOURCES = (".md", ".markdown", ".mkd", ".mdown", ".rst", ".html", ".htm")

# Elements of HTML that name another file, and the attributes that do. Drawings are left out: their `href`s name parts of
# the same drawing.
TARGETS = {
    "a": {"href"},
    "area": {"href"},
    "audio": {"src"},
    "embed": {"src"},
    "iframe": {"src"},
    "img": {"src", "srcset"},
    "object": {"data"},
    "source": {"src", "srcset"},
    "track": {"src"},
    "video": {"src", "poster"},
}
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
OUR_OWN = re.compile(r"#fn(ref)?-\d")  # footnotes, made by notes.py
PELICAN = re.compile(r"(?:\{|%7B|\|)(filename|static|attach|category|tag|author|index)(?:\}|%7D|\|)(.*)", re.DOTALL)


def local_links(html: str, directory: str, base: str, index: str) -> tuple[str, tuple[Link, ...]]:
    """Rewrites the links of a post that lies in `directory` (relative to the content folder, POSIX form).

    `base` is the path of the site's address ("" or "/blog"), which a link to `/about/` needs in front of it; `index` is
    that of its first page.
    """
    links: list[Link] = []

    def target(value: str, *, image: bool) -> str:
        written = value.strip()
        if written.startswith("?") or SCHEME.match(written) or OUR_OWN.match(written):
            return value
        if not written or written.startswith("#"):
            links.append(Link(unquote(written), "", unquote(written[1:]), image))
            return value
        if own := PELICAN.fullmatch(written):
            if own[1] not in {"filename", "static", "attach"}:
                # Of the index Pelican would name the file, `/index.html`.
                return index + own[2].lstrip("/") if own[1] == "index" else f"{{{own[1]}}}{own[2]}"
            written = own[2]
        elif written.startswith("/"):
            return f"{base}{written}" if base else value
        link = _meant(written, directory, written=unquote(value.strip()), image=image)
        links.append(link)
        return _pelican_form(link)

    def start_tag(tag: StartTag) -> StartTag:
        names = TARGETS.get(tag.name)
        if not names:
            return tag
        image = tag.name == "img"

        def attribute(name: str, value: str) -> str:
            if name not in names:
                return value
            return srcset(value, lambda url: target(url, image=True)) if name == "srcset" else target(value, image=image)

        return tag.changed(attribute)

    return each_start_tag(html, start_tag, names=tuple(TARGETS)), tuple(links)


def _meant(target: str, directory: str, *, written: str, image: bool) -> Link:
    rest, _, fragment = target.partition("#")
    file, _, query = rest.partition("?")
    path = unquote(file)
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(directory, path)
    normal = posixpath.normpath(joined)
    if path.endswith("/"):
        normal += "/index.md"
    return Link(written, normal, unquote(fragment), image, query)


def _pelican_form(link: Link) -> str:
    kind = "filename" if link.path.endswith(SOURCES) else "static"
    query = f"?{link.query}" if link.query else ""
    # Pelican parses this as a URL, and HTML as text: in full, no mark in a file's name means anything to either.
    return f"{{{kind}}}/{quote(link.path)}{query}" + (f"#{quote(link.fragment)}" if link.fragment else "")
