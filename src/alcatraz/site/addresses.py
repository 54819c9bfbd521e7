"""Two things must not have one address: not to the letter, nor where a disk folds case or Unicode forms, nor one in the other."""

from __future__ import annotations

import itertools
import unicodedata
from typing import TYPE_CHECKING, Any

from alcatraz.content.complete import source_name
from alcatraz.feeds.entries import feed_folder
from alcatraz.findings import Finding
from alcatraz.site.contents import contents_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["claims", "clashes"]


REMEDY = "give one of the two another `slug:`"
# What is made last, and where: files that a blog may replace, and so does not claim, and folders that are not one file's.
RESERVED = {"robots.txt": "robots.txt", "favicon.svg": "the site's mark", "pagefind": "the search index"}


def clashes(context: Mapping[str, Any], settings: Mapping[str, Any]) -> list[Finding]:
    """One error for each output path that two sources claim, or that lies in another's as if that were a folder."""
    owners: dict[str, tuple[str, str]] = {}
    found = []
    for path, claimant in claims(context, settings):
        key = _key(path)
        if key in owners and owners[key][1] != claimant:
            other_path, other = owners[key]
            same = f"its address, {path}, is also that of {other}"
            if path != other_path:
                same = f"its address, {path}, differs from {other_path} of {other} in case or Unicode form only"
            found.append(Finding(claimant, 1, "address", same, REMEDY))
        owners.setdefault(key, (path, claimant))
    files = {name: (name, whose) for name, whose in RESERVED.items()} | owners
    for key, (path, claimant) in owners.items():
        folder = key
        while (end := folder.rfind("/")) > 0:
            folder = folder[:end]
            if folder in files:
                inside = f"its address, {path}, lies in {files[folder][0]}, which is {files[folder][1]}"
                found.append(Finding(claimant, 1, "address", inside, REMEDY))
    return found


def _key(path: str) -> str:
    """One name for all the paths that a disk may hold to be the same."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def claims(context: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every output path that is known before rendering, and who claims it.

    robots.txt and favicon.svg are not among them: a blog that has its own takes their place.
    """
    for template in settings["DIRECT_TEMPLATES"]:
        path = settings.get(f"{template.upper()}_SAVE_AS", f"{template}.html")
        if path:
            yield path, f"the theme's {template} page"
    for kind, wrappers in (
        ("category", [category for category, _ in context.get("categories", ())]),
        ("tag", [tag for tag, _ in context.get("tags", ())]),
        ("author", [author for author, _ in context.get("authors", ())]),
    ):
        for wrapper in wrappers:
            if wrapper.save_as:
                yield wrapper.save_as, f"the {kind} {wrapper.name}"
                if kind != "author":
                    yield from _feeds(feed_folder(wrapper), f"the {kind} {wrapper.name}")
    yield from _feeds("", "the blog")
    yield "sitemap.xml", "the site map"
    yield f"{settings['THEME_STATIC_DIR']}/index.html", "the folder of the theme's files"
    for period in itertools.chain.from_iterable(context.get("period_archives", {}).values()):
        yield period["save_as"], f"the archive of {period['period'][0]}"
    for content in contents_of(context):
        yield content.save_as, source_name(content)
    root = settings["ROOT"]
    for static in sorted(context.get("staticfiles", ()), key=lambda static: str(static.source_path)):
        yield static.save_as, str(static.source_path).removeprefix(f"{root}/")


def _feeds(folder: str, whose: str) -> Iterator[tuple[str, str]]:
    for name in ("feed.xml", "feed.json"):
        yield f"{folder}{name}", f"the feed of {whose}"
