"""`check`, and each of the checks by itself: `check.content`, `check.links`, `check.html`, `check.feeds`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from invoke.tasks import task

from alcatraz.tasks.blog_here import here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invoke.context import Context

__all__ = ["content", "everything", "feeds", "html", "links"]

HELP = {
    "format": "text, json or github (annotations for a workflow)",
    "settings": "the settings file (default: pelicanconf.py)",
    "now": "the moment the site is looked at, as in 2026-11-22T06:30:00Z (default: SOURCE_DATE_EPOCH, else the clock)",
    "drafts": "look over drafts and posts whose date has not come, too",
    "site-url": "another address for the site, to see whether it would work there, as in https://u.example/blog",
}


def _task(name: str, does: str, checks: Sequence[str] | None, *, default: bool = False) -> Any:
    """A task that runs these checks, or all; `does` is its help."""

    def look_over(
        context: Context,
        *,
        format: str = "text",  # noqa: A002 (the name of the flag)
        settings: str = "",
        now: str = "",
        site_url: str = "",
        drafts: bool = False,
    ) -> None:
        from rich.console import Console

        from alcatraz.checks import render, summary
        from alcatraz.checks.of_blog import check

        result = check(here(settings=settings, now=now, site_url=site_url, drafts=drafts), checks)
        render(result, format, Console())
        # What is found ends in exit status 1 once all tasks have run: Invoke's configuration is what they share.
        if result.exit_code:
            print(f"alcatraz: {summary(result.findings)}", file=sys.stderr)
            context.config.update(exit_code=result.exit_code)

    look_over.__doc__ = does
    return task(name=name, default=default, help=HELP)(look_over)


everything = _task("everything", "Look over everything: content, links, HTML and feeds.", None, default=True)
content = _task("content", "Look over what was written: front matter, labels, links between posts, alternative texts.", ["content"])
links = _task("links", "Follow every link and anchor of the built site.", ["links"])
html = _task("html", "Validate every page, and hold it to the budget.", ["html"])
feeds = _task("feeds", "Validate the feeds, the site map and robots.txt.", ["feeds"])
