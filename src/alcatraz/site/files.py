"""The files that belong to posts: each gets its name in the output, each picture its size, and each link its address."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from alcatraz.assets import hashed_name
from alcatraz.content.links import TARGETS
from alcatraz.content.tags import each_start_tag
from alcatraz.images import PICTURES, size
from alcatraz.site.contents import contents_of
from alcatraz.site.targets import FORM, path_of, retarget

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
            found = size(folder / path, context["IMAGES"]) if (folder / path).is_file() else None
            sizes[path] = f' width="{found[0]}" height="{found[1]}"' if found else ""
        return sizes[path]

    def picture(tag: StartTag) -> StartTag:
        if tag.name != "img" or (path := path_of(tag.get("src") or "")) is None:
            return tag
        given = tag.get("width") is not None or tag.get("height") is not None
        return tag if given else tag.after("src", dimensions(path))

    def address(target: str) -> str:
        found = FORM.fullmatch(target)
        path = path_of(target) or ""
        led_to = contents.get(path) or files.get(path)
        return urljoin(f"{context['BASE']}/", led_to.url) + found[2] if found and led_to else target

    for content in contents_of(context):
        if content._content and "{" in content._content:  # noqa: SLF001
            content._content = each_start_tag(content._content, lambda tag: retarget(picture(tag), address), names=tuple(TARGETS))  # noqa: SLF001
        if content.image:
            static = files.get(content.image_path)
            content.image = f"{context['BASE']}/{escape(static.url)}" if static else None
