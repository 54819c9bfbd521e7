"""`serve`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from invoke.tasks import task

from alcatraz import surroundings
from alcatraz.errors import UsageError
from alcatraz.tasks.blog_here import here

if TYPE_CHECKING:
    from invoke.context import Context

__all__ = ["serve"]


@task(
    help={
        "port": "the port (default: 8000, or the next free one; or the socket that systemd hands over)",
        "host": "the address to listen on (default: 127.0.0.1, this machine alone)",
        "settings": "the settings file (default: pelicanconf.py)",
        "drafts": "show drafts and posts to come (default: yes; --no-drafts shows the site as it would be published now)",
        "idle": "end when for so many seconds nobody has asked for anything and no page is open (default: never)",
    }
)
def serve(_: Context, port: int = 0, host: str = "", settings: str = "", drafts: bool = True, idle: int = 0) -> None:
    """Show the site in the browser while you write: drafts and posts to come included, reloaded after each save."""
    from alcatraz.serve import adopt
    from alcatraz.serve import serve as serve_site
    from alcatraz.serve.of_blog import preview
    from alcatraz.settings import find

    if idle < 0:
        raise UsageError(f"--idle is {idle}", remedy="write a number of seconds, or leave it out")
    sockets = adopt(surroundings.passed_descriptors())
    if sockets and port:
        raise UsageError("a socket was handed over, and --port asks for another", remedy="leave one of them out")
    root = surroundings.blog_root()
    file = find(root, surroundings.caller_path(settings) if settings else None)
    surroundings.stand_in(root)  # it stays the blog while its settings file is not there for a moment, as in a `git switch`
    blog = preview(partial(here, settings=settings, drafts=drafts), root.resolve(), file)
    console = partial(print, flush=True)
    serve_site(blog, host=host or None, port=port or None, sockets=sockets, idle=idle or None, console=console)
