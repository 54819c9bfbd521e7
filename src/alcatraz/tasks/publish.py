"""`publish`."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from invoke.tasks import task

from alcatraz import surroundings
from alcatraz.tasks.shown import progress

if TYPE_CHECKING:
    from invoke.context import Context

    from alcatraz.publish import Outcome

__all__ = ["publish"]


@task(
    help={
        "target": "where to, as in directory:/srv/www/blog (default: the settings' PUBLISH_TARGET)",
        "now": "the moment the site is for, as in 2026-11-22T06:30:00Z (default: SOURCE_DATE_EPOCH, else the clock)",
        "dry-run": "build and compare, and change nothing there",
    }
)
def publish(_: Context, target: str = "", now: str = "", dry_run: bool = False) -> None:
    """Publish what is in git, as it is at this moment: nothing else, and nothing where all of it is there already."""
    from alcatraz.publish import find_target
    from alcatraz.publish import publish as publish_blog

    where = find_target(target, surroundings.caller_path(".")) if target else None
    moment = surroundings.moment(now)
    clock = (lambda: moment) if now else surroundings.now
    tell = partial(print, file=sys.stderr, flush=True)
    with progress() as shown:
        outcome = publish_blog(surroundings.blog_root(), clock, target=where, dry_run=dry_run, tell=tell, progress=shown)
    print(_sentence(outcome, dry_run))


def _sentence(outcome: Outcome, dry_run: bool) -> str:
    """`published 1a2b3c4 to /srv/www/blog: 3 files added, 12 changed, 1 removed`."""
    revision, changes = outcome.revision[:7], outcome.changes
    if not changes:
        return f"nothing to do: {outcome.target} has the site of {revision} already"
    counts = ((len(changes.added), "added"), (len(changes.changed), "changed"), (len(changes.removed), "removed"))
    told = ", ".join(f"{number:,} {word}" for number, word in counts if number)
    return f"{'would publish' if dry_run else 'published'} {revision} to {outcome.target}: files {told}"
