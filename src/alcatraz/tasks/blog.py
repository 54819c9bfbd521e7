"""`new`: a post begun."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from invoke.tasks import task

from alcatraz import surroundings
from alcatraz.tasks.blog_here import here

if TYPE_CHECKING:
    from invoke.context import Context

__all__ = ["new"]


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
    from alcatraz.blog.new import new as new_post  # noqa: PLC0415

    request = here(now=now)
    root: Path = request.settings["ROOT"]
    editor = surroundings.editor() if surroundings.is_interactive() else None
    path = new_post(root, request.settings, title, request.now, slug=slug or None, label=label or None, editor=editor)
    print(path.relative_to(root) if path.is_relative_to(root) else path)
