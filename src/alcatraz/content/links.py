"""Links between the author's files: `../2023-los-angeles/index.md#tuesday`, `images/crowd.jpg`.

They are brought into Pelican's own form, `{filename}/path` and `{static}/path`, which Pelican resolves wherever the
content is shown: on the page, in a feed, below another path.
"""

from __future__ import annotations

import posixpath
import re
from html import escape, unescape
from urllib.parse import quote, unquote

from alcatraz.content.document import Link

__all__ = ["SOURCES", "local_links"]

# Files that become pages; a link to any other file is a link to the file itself.
SOURCES = (".md", ".markdown", ".mkd", ".mdown", ".rst")

TARGET = re.compile(r'(<(?:a|img|source|video|audio|track|embed)\b[^>]*?\s(?:href|src|poster)=")([^"]*)(?=")')
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
OUR_OWN = re.compile(r"#fn(ref)?-\d")  # footnotes, made by notes.py
PELICAN = re.compile(r"(?:\{|%7B|\|)(filename|static|attach|category|tag|author|index)(?:\}|%7D|\|)(.*)", re.DOTALL)


def local_links(html: str, directory: str, base: str) -> tuple[str, tuple[Link, ...]]:
    """Rewrites the links of a post that lies in `directory` (relative to the content folder, POSIX form).

    `base` is the path of the site's address ("" or "/blog"), which a link to `/about/` needs in front of it.
    """
    links: list[Link] = []

    def replace(found: re.Match[str]) -> str:
        written = unescape(found[2])
        image = found[1].startswith("<img")
        if not written or SCHEME.match(written) or OUR_OWN.match(written):
            return found[0]
        if written.startswith("#"):
            links.append(Link(written, "", unquote(written[1:])))
            return found[0]
        if own := PELICAN.fullmatch(written):
            if own[1] not in {"filename", "static", "attach"}:
                return f"{found[1]}{{{own[1]}}}{escape(own[2])}"
            target = own[2]
        elif written.startswith("/"):
            return f"{found[1]}{base}{found[2]}"
        else:
            target = written
        link = _meant(target, directory, written=unquote(written) if own else written, image=image)
        links.append(link)
        return found[1] + escape(_pelican_form(link), quote=True)

    return TARGET.sub(replace, html), tuple(links)


def _meant(target: str, directory: str, *, written: str, image: bool) -> Link:
    file, _, fragment = target.partition("#")
    path = unquote(file.partition("?")[0])
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(directory, path)
    normal = posixpath.normpath(joined)
    if path.endswith("/"):
        normal += "/index.md"
    return Link(written, normal, unquote(fragment), image)


def _pelican_form(link: Link) -> str:
    kind = "filename" if link.path.endswith(SOURCES) else "static"
    # Pelican parses this as a URL: these marks in a file's name would end the path.
    path = link.path.replace("%", "%25").replace("?", "%3F").replace("#", "%23")
    return f"{{{kind}}}/{path}" + (f"#{quote(link.fragment)}" if link.fragment else "")
