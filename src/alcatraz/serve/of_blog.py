"""A blog as the preview server wants it: what to watch, how to build it, where the built site is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz.build import build
from alcatraz.search.index import index
from alcatraz.serve.preview import Preview
from alcatraz.settings import base_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from alcatraz.build import Report, Request

__all__ = ["preview"]


def preview(read: Callable[[], Request], settings_file: Path) -> Preview:
    """The preview of the blog that `read` gives the request for; it is called for each build, since settings change too.

    Which folders are watched, and the path of the address, are those of the first request.
    """
    first = read()
    root: Path = first.settings["ROOT"]
    cache = root / ".alcatraz"
    output = cache / "preview" / "site"
    overrides = map(Path, first.settings["THEME_TEMPLATES_OVERRIDES"])

    def build_again() -> Report:
        return build(replace(read(), output=output, search=False, strict=False))

    def make_index() -> None:
        index(output, cache / "search", language=first.settings["DEFAULT_LANG"])

    return Preview(
        paths=(Path(first.settings["PATH"]), Path(first.settings["THEME"]), *overrides, settings_file),
        build=build_again,
        output=output,
        index=make_index,
        base=base_path(first.settings),
    )
