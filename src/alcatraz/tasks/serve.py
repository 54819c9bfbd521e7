"""`serve`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.tasks import task

from alcatraz.tasks.blog_here import here

if TYPE_CHECKING:
    from invoke.context import Context

    from alcatraz.build import Report

__all__ = ["serve"]


@task(
    help={
        "port": "the port (default: 8000, or the next free one)",
        "host": "the address to listen on (default: 127.0.0.1, this machine alone)",
        "settings": "the settings file (default: pelicanconf.py)",
    }
)
def serve(_: Context, port: int = 0, host: str = "127.0.0.1", settings: str = "") -> None:
    """Show the site in the browser while you write: drafts and posts to come included, reloaded after each save."""
    from alcatraz.build import build
    from alcatraz.pages.search import index
    from alcatraz.serve import Preview
    from alcatraz.serve import serve as serve_site
    from alcatraz.settings import base_path

    first = here(settings=settings, drafts=True)
    root: Path = first.settings["ROOT"]
    output = root / ".alcatraz" / "preview" / "site"

    def build_again() -> Report:
        request = here(settings=settings, drafts=True)  # the settings may have changed
        return build(replace(request, output=output, search=False))

    def make_index() -> None:
        index(output, root / ".alcatraz" / "search", language=first.settings["DEFAULT_LANG"])

    preview = Preview(
        paths=(Path(first.settings["PATH"]), Path(first.settings["THEME"]), root / "pelicanconf.py"),
        build=build_again,
        output=output,
        index=make_index,
        base=base_path(first.settings),
    )
    serve_site(preview, host=host, port=port or None, console=partial(print, flush=True))
