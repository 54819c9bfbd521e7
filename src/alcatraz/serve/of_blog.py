"""A blog as the preview server wants it: what to watch, how to build it, where the built site is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz import starter
from alcatraz.build import build
from alcatraz.search.index import index
from alcatraz.serve.preview import Preview, Site
from alcatraz.settings import base_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from alcatraz.build import Report, Request

__all__ = ["preview"]


def preview(read: Callable[[], Request], root: Path, settings_file: Path) -> Preview:
    """The preview of the blog in `root` that `read` gives the request for, which may fail for what stands in `settings_file`.

    Until it has succeeded once, nobody knows which folders the blog is made of. What is wrong may be that there is no content,
    or stand in a file that the settings import, so those beside them are watched as well.
    """
    cache = root / ".alcatraz"
    output = cache / "preview" / "site"

    def look() -> Site:
        request = read()
        settings = request.settings

        def build_it() -> Report:
            return build(replace(request, output=output, search=False, strict=False))

        def make_index() -> None:
            index(output, cache / "search", language=settings["DEFAULT_LANG"])

        folders = (settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"])
        return Site((*map(Path, folders), settings_file), build_it, make_index, base_path(settings))

    return Preview(look, (settings_file, *sorted(settings_file.parent.glob("*.py")), root / starter.PATH), output)
