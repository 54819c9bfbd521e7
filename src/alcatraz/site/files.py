"""The files that belong to posts: each gets its name in the output, each picture its size, and each link its address."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from alcatraz.assets import hashed_name
from alcatraz.content.links import TARGETS
from alcatraz.content.posts import Post
from alcatraz.content.tags import each_start_tag
from alcatraz.feeds.absolute import PLAIN
from alcatraz.images import PICTURES, size
from alcatraz.site.contents import contents_of
from alcatraz.site.targets import FORM, path_of, retarget, without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican.contents import Static

    from alcatraz.content.tags import StartTag

__all__ = ["fill_in", "name_files"]

RAW = "static/"  # this folder is copied as it is: its files keep their names and go to the site's root


def name_files(context: Mapping[str, Any]) -> None:
    """Says where each linked file goes: beside the post whose bundle it lies in, pictures under a hashed name."""
    bundles = {
        Path(path).parent.as_posix(): Path(content.save_as).parent.as_posix()
        for path, content in ((content.get_relative_source_path(), content) for content in contents_of(context))
        if path.startswith("index.") or "/index." in path
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


def fill_in(context: Mapping[str, Any]) -> None:
    """Says of each post how the text of its page is made: with the size of each picture, and the address of what each link leads to.

    Pelican would write the addresses too, but only one in each element, none in a srcset, and none where another value
    holds a `>`; categories, tags and authors are left to it.
    """
    known = _Known(context)
    for content in contents_of(context):
        links = [link for link in content.local_links if link.path]
        gone: frozenset[str] = getattr(content, "gone", frozenset())
        if not isinstance(content, Post):  # a plugin's own kind
            content._content = known.resolved(gone, content._content)  # noqa: SLF001 (Pelican has no setter)
        elif links:
            content.resolve = partial(known.resolved, gone)
            content.resolution = [
                (link.path, known.url(link.path), link.image and known.size(link.path), link.path in gone) for link in links
            ]
        if content.image:
            static = context["static_content"].get(content.image_path)
            content.image = f"{context['BASE']}/{escape(static.url)}" if static else None


class _Known:
    """Where the links of all posts lead, and how large their pictures are: each is found out once."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._contents: Mapping[str, Any] = context["generated_content"]
        self._files: Mapping[str, Any] = context["static_content"]
        self._folder = Path(context["PATH"])
        self._images: Path | None = context["IMAGES"]
        self._root = f"{context['BASE']}/"
        self._urls: dict[str, str | None] = {}
        self._sizes: dict[str, str] = {}

    def url(self, path: str) -> str | None:
        """The address of a file of the content tree; None where it has none."""
        if path not in self._urls:
            led_to = self._contents.get(path) or self._files.get(path)
            url: str | None = led_to.url if led_to else None
            plain = url is not None and PLAIN.fullmatch(url)  # which need not be joined, and most are so
            self._urls[path] = None if url is None else self._root + url if plain else urljoin(self._root, url)
        return self._urls[path]

    def size(self, path: str) -> str:
        """The attributes of a picture that say its size; "" where there is no picture that can be read."""
        if path not in self._sizes:
            found = size(self._folder / path, self._images) if (self._folder / path).is_file() else None
            self._sizes[path] = f' width="{found[0]}" height="{found[1]}"' if found else ""
        return self._sizes[path]

    def resolved(self, gone: frozenset[str], html: str) -> str:
        """The HTML of a post with its links and sizes filled in, and what leads nowhere taken out."""
        left = without(html, gone) if gone else html
        return each_start_tag(left, self._filled_in, names=tuple(TARGETS)) if "{" in left else left

    def _filled_in(self, tag: StartTag) -> StartTag:
        return retarget(self._picture(tag), self._address)

    def _picture(self, tag: StartTag) -> StartTag:
        if tag.name != "img" or (path := path_of(tag.get("src") or "")) is None:
            return tag
        given = tag.get("width") is not None or tag.get("height") is not None
        return tag if given else tag.after("src", self.size(path))

    def _address(self, target: str) -> str:
        found = FORM.fullmatch(target)
        led_to = self.url(path_of(target) or "")
        return led_to + found[2] if found and led_to is not None else target
