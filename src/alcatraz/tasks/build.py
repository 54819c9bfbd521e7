"""`build` and `clean`."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from invoke.tasks import task

from alcatraz import surroundings
from alcatraz.tasks.blog_here import asked, here
from alcatraz.tasks.shown import progress, show_findings, summary

if TYPE_CHECKING:
    from pathlib import Path

    from invoke.context import Context

    from alcatraz.build import Report
    from alcatraz.look import Look
    from alcatraz.tasks.blog_here import Asked

__all__ = ["build", "clean"]

CACHES = ("cache", "check", "preview", "search", "trees")  # below .alcatraz


@task(
    name="build",
    help={
        "output": "the folder to build into (default: the settings' OUTPUT_PATH)",
        "drafts": "show drafts and posts whose date has not come, marked",
        "settings": "the settings file (default: pelicanconf.py)",
        "now": "the moment the build is for, as in 2026-11-22T06:30:00Z (default: SOURCE_DATE_EPOCH, else the clock)",
        "revision": "the revision that the seal shows (default: none)",
        "images": "a folder of what was made of pictures before, as Nix makes it; what is missing there is made now",
        "cache": "keep in .alcatraz what the next build need not make again (default: yes; --no-cache makes everything anew)",
        "explain": "say how long each stage took, what was not made again, and what each plugin cost or kept the build from",
        "search": "make the search index (default: yes; --no-search is sooner done, and nothing can be found then)",
        "strict": "refuse to write a site about which there is any finding (always on in CI)",
    },
)
def build(
    _: Context,
    *,
    output: str = "",
    drafts: bool = False,
    search: bool = True,
    settings: str = "",
    now: str = "",
    strict: bool = False,
    revision: str = "",
    images: str = "",
    cache: bool = True,
    explain: bool = False,
) -> None:
    """Build the whole site."""
    ask = asked(
        output=output,
        settings=settings,
        now=now,
        drafts=drafts,
        strict=strict,
        revision=revision,
        images=images,
        search=search,
        cache=cache,
        explain=explain,
    )
    done, seen = ask.done()
    report = done or _built(ask, seen)
    show_findings(report.findings)
    if report.remark:
        print(f"note: {report.remark}", file=sys.stderr)
    _warn_of_unknown(ask.root, ask.content)
    print(summary(report, ask.root, ask.output, drafts=drafts))
    for sentence in report.explanation:
        print(f"  {sentence}")


def _built(ask: Asked, seen: Look | None) -> Report:
    from alcatraz.build import build as build_site

    with progress() as shown:
        return build_site(ask.request(seen), shown)


def _warn_of_unknown(root: Path, content: Path) -> None:
    """A flake is what git knows of a folder, so a post that was just written is not in the site that Nix builds."""
    if (root / "flake.nix").is_file():
        for name in surroundings.unknown_to_git(root, content):
            print(f"warning: {name}: git does not know this file, so `nix build` does not see it; `git add` it", file=sys.stderr)


@task
def clean(_: Context) -> None:
    """Remove what was built, and the caches; content and environment stay."""
    from alcatraz.build.switch import remove

    request = here()
    root = request.settings["ROOT"]
    if remove(request.output, root):
        print(f"removed {request.output}")
    for name in CACHES:
        shutil.rmtree(root / ".alcatraz" / name, ignore_errors=True)
