"""Aliases: the addresses that a post had before, each of which becomes a page that leads to the post."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Aliased", "Redirect", "redirects"]

RULE = "alias"
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True)
class Aliased:
    """A post or page with its aliases. `source` and `line` are where they are written; `url` is relative to the site."""

    source: str
    line: int
    url: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """A page at `path` in the output that leads to `url`, relative to the site, for a post that came from `source`."""

    path: str
    url: str
    source: str


def redirects(posts: Iterable[Aliased], taken: Mapping[str, str]) -> tuple[list[Redirect], list[Finding]]:
    """The pages that lead from aliases to posts, by path, and what is wrong with the aliases that got none.

    `taken` maps the output paths of real pages to who has them. An alias is a path below the site's root: `old/post/`
    and `old/post` are the page `old/post/index.html`, `old/post.html` is itself. It must not leave the site, nor be the
    address of a page, nor lie below a file or above one where a folder would have to be both. Of two posts with one
    alias, the first by path keeps it.
    """
    owners = {_key(path): owner for path, owner in taken.items()}
    folders = {folder for path in owners for folder in _folders(path)}
    made: list[Redirect] = []
    found: list[Finding] = []
    for post in sorted(posts, key=lambda each: (each.source, each.url)):
        own: set[str] = set()
        for alias in dict.fromkeys(post.aliases):
            path = _path(alias)
            key = _key(path)
            if key in own:  # the same page in another spelling
                continue
            if fault := _fault(alias) or _clash(key, owners, folders):
                what, remedy = fault
                found.append(Finding(post.source, post.line, RULE, f"the alias {alias} {what}", remedy))
                continue
            own.add(key)
            owners[key] = post.source
            folders.update(_folders(key))
            made.append(Redirect(path, post.url, post.source))
    return sorted(made, key=lambda redirect: redirect.path), sorted(found)


def _path(alias: str) -> str:
    path = unquote(alias).lstrip("/")
    if path.lower().endswith((".html", ".htm")):
        return posixpath.normpath(path)
    return posixpath.normpath(f"{path}/index.html").lstrip("/")


def _fault(alias: str) -> tuple[str, str] | None:
    """What is wrong with an alias by itself, and what to do; None where it names a path below the site's root."""
    if SCHEME.match(alias) or alias.startswith("//"):
        return "leads off the site", "write a path below the site's root, such as `/old/post/`"
    if "?" in alias or "#" in alias:
        return "has a query or an anchor, which no file can have", "leave out what follows `?` or `#`"
    path = unquote(alias)
    if CONTROL.search(path):
        return "holds a backslash or a control character", "write a path with `/`, such as `/old/post/`"
    if ".." in path.split("/"):
        return "leaves the site", "write the path from the site's root, such as `/old/post/`"
    return None


def _clash(key: str, owners: Mapping[str, str], folders: set[str]) -> tuple[str, str] | None:
    """Who has the path of an alias already, and what to do; None where nobody does."""
    if key in owners:
        return f"is also the address of {owners[key]}", "take it out of one of the two"
    if key in folders:
        return "is a folder that holds other pages", "write it with a slash at its end"
    if blocked := next((folder for folder in _folders(key) if folder in owners), None):
        return f"lies below {blocked}, which is a file of {owners[blocked]}", "take the alias out"
    return None


def _folders(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def _key(path: str) -> str:
    """One name for all the paths that a file system may hold to be the same: case and Unicode forms folded."""
    return unicodedata.normalize("NFC", path).casefold()
