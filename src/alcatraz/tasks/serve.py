"""`serve`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from invoke.tasks import task

from alcatraz import surroundings
from alcatraz.tasks.blog_here import here

if TYPE_CHECKING:
    from invoke.context import Context

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
    from alcatraz.serve import serve as serve_site
    from alcatraz.serve.of_blog import preview

    file = surroundings.caller_path(settings) if settings else surroundings.blog_root() / surroundings.SETTINGS_FILE
    site = preview(partial(here, settings=settings, drafts=True), file)
    serve_site(site, host=host, port=port or None, console=partial(print, flush=True))
