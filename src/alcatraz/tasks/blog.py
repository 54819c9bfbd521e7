"""`new`, `init` and `upgrade`: beginnings."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from invoke.tasks import task

from alcatraz import surroundings
from alcatraz.tasks.blog_here import here

if TYPE_CHECKING:
    from pathlib import Path

    from invoke.context import Context

    from alcatraz.preferences import Preferences

__all__ = ["init", "new", "upgrade"]


@task(
    help={
        "title": "the post's title",
        "slug": "its name in the address (default: made of the title)",
        "label": "who writes it: human, assisted or ai",
        "now": "its date, as in 2026-11-22T06:30:00Z (default: the clock)",
    }
)
def new(_: Context, title: str, slug: str = "", label: str = "", now: str = "") -> None:
    """Begin a post: a folder with its front matter, as a draft, opened in your editor."""
    from alcatraz.blog.new import new as new_post

    request = here(now=now)
    root: Path = request.settings["ROOT"]
    editor = surroundings.editor() or preferences().editor if surroundings.is_interactive() else None
    path = new_post(root, request.settings, title, request.now, slug=slug or None, label=label or None, editor=editor)
    print(path.relative_to(root) if path.is_relative_to(root) else path)


@task(help={"folder": "the new blog's folder", "from": "a wheel or a checkout of the engine (default: the one that runs)"})
def init(_: Context, folder: str, from_: str = "") -> None:
    """Make a new blog that pins this engine."""
    from alcatraz.blog.engine import find_engine
    from alcatraz.blog.init import init as init_blog

    target = surroundings.caller_path(folder)
    init_blog(target, find_engine(surroundings.caller_path(from_) if from_ else None), author=preferences().author)
    print(f"{folder}: a blog. Next: `cd {shlex.quote(folder)}`, then `./alcatraz serve`")


def preferences() -> Preferences:
    """What the person who runs this says for all of their blogs."""
    from alcatraz.preferences import read_preferences

    return read_preferences(surroundings.preferences_file())


@task(help={"from": "a wheel or a checkout of the engine"})
def upgrade(_: Context, from_: str) -> None:
    """Move this blog to another version of the engine, and say what changes."""
    from alcatraz.blog.engine import find_engine
    from alcatraz.blog.upgrade import upgrade as upgrade_blog

    changes = upgrade_blog(surroundings.blog_root(), find_engine(surroundings.caller_path(from_)))
    print("\n".join(changes) if changes else "nothing to do: this blog has that engine")
