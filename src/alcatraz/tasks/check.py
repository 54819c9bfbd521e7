"""`check`, and each of the checks by itself: `check.content`, `check.links`, `check.html`, `check.feeds`."""

from __future__ import annotations

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


@task(default=True, help=HELP)
def everything(
    context: Context,
    *,
    format: str = "text",  # noqa: A002 (the name of the flag)
    settings: str = "",
    now: str = "",
    site_url: str = "",
    drafts: bool = False,
) -> None:
    """Look over everything: content, links, HTML and feeds."""
    _check(context, None, format, settings=settings, now=now, site_url=site_url, drafts=drafts)


@task(help=HELP)
def content(context: Context, *, format: str = "text", settings: str = "", now: str = "", site_url: str = "", drafts: bool = False) -> None:  # noqa: A002
    """Look over what was written: front matter, labels, links between posts, alternative texts."""
    _check(context, ["content"], format, settings=settings, now=now, site_url=site_url, drafts=drafts)


@task(help=HELP)
def links(context: Context, *, format: str = "text", settings: str = "", now: str = "", site_url: str = "", drafts: bool = False) -> None:  # noqa: A002
    """Follow every link and anchor of the built site."""
    _check(context, ["links"], format, settings=settings, now=now, site_url=site_url, drafts=drafts)


@task(help=HELP)
def html(context: Context, *, format: str = "text", settings: str = "", now: str = "", site_url: str = "", drafts: bool = False) -> None:  # noqa: A002
    """Validate every page, and hold it to the budget."""
    _check(context, ["html"], format, settings=settings, now=now, site_url=site_url, drafts=drafts)


@task(help=HELP)
def feeds(context: Context, *, format: str = "text", settings: str = "", now: str = "", site_url: str = "", drafts: bool = False) -> None:  # noqa: A002
    """Validate the feeds, the site map and robots.txt."""
    _check(context, ["feeds"], format, settings=settings, now=now, site_url=site_url, drafts=drafts)


def _check(context: Context, names: Sequence[str] | None, form: str, **asked: Any) -> None:
    """What is found ends in exit status 1 once all tasks have run: Invoke's configuration is what they share."""
    from rich.console import Console

    from alcatraz.checks import render
    from alcatraz.checks.of_blog import check

    result = check(here(**asked), names)
    render(result, form, Console())
    if result.exit_code:
        context.config.update(exit_code=result.exit_code)
