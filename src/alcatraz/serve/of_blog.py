"""A blog as the preview server wants it: what to watch, how to build it, where the built site is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz import starter
from alcatraz.build import build
from alcatraz.build.standing import Standing
from alcatraz.search.index import index
from alcatraz.serve.imports import Imports
from alcatraz.serve.preview import Preview, Site
from alcatraz.settings import base_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from alcatraz.build import Report, Request

__all__ = ["preview"]


def preview(read: Callable[[], Request], root: Path, settings_file: Path) -> Preview:
    """The preview of the blog in `root` that `read` gives the request for, which may fail for what stands in `settings_file`.

    Until it has succeeded once, nobody knows which folders the blog is made of. What is wrong may be that there is no content.

    The settings are read anew for each build, and what they import from the blog with them. That takes two or three
    milliseconds, and who would save them would have to know all that settings can depend on: the environment, the clock, a file
    that they open.
    """
    standing = Standing()
    imports = Imports(root, settings_file.parent.absolute())
    cache = root / ".alcatraz"
    output, search = cache / "preview" / "site", cache / "preview" / "search"

    def look() -> Site:
        imports.forget()
        request = read()
        settings = request.settings

        def build_it() -> Report:
            return build(replace(request, output=output, search=False, strict=False, standing=standing))

        def make_index() -> None:
            index(output, cache / "search", language=settings["DEFAULT_LANG"], beside=search)

        folders = map(Path, (settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]))
        return Site((*folders, settings_file, *imports.places(settings)), build_it, make_index, base_path(settings))

    return Preview(look, (settings_file, root / starter.PATH), output, search)
