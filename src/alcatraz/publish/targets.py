"""Where a site can be published to: the one list of kinds, and what each must be able to do."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Protocol

from alcatraz.errors import UsageError
from alcatraz.publish.directory import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from alcatraz.publish.trees import Changes

__all__ = ["KINDS", "Target", "find_target"]


class Target(Protocol):
    """A place that holds a site, whole: the old one until the new one is there, whatever goes wrong.

    What may pass by itself, as a failure of the network does, is raised as TemporaryError, and whoever started this tries
    again later; what a person must look at, as any other AlcatrazError.
    """

    @property
    def name(self) -> str:
        """What the author calls it."""

    def look_over(self, blog: Path) -> None:
        """Raises UsageError where the site of the blog in this folder must not be put; asked before anything is built."""

    def compare(self, site: Path) -> Changes:
        """What `replace` would change, by the bytes that are there."""

    def replace(self, site: Path) -> None:
        """Puts a copy of the files in the folder `site` in the place of all that is there."""


# By the word before the colon. Each is given what stands after it, and the folder that a relative path begins at.
KINDS: Mapping[str, Callable[[str, Path], Target]] = {"directory": Directory}


def find_target(text: str, folder: Path) -> Target:
    """The target that PUBLISH_TARGET or `--target` names: `KIND:WHERE`, or the path of a directory, relative to `folder`."""
    kind, colon, where = text.partition(":")
    if not colon or not re.fullmatch(r"[a-z][a-z0-9+.-]*", kind):
        kind, where = "directory", text
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1)
        raise UsageError(
            f"there is no kind of target `{kind}`", remedy=f"did you mean `{near[0]}`?" if near else f"choose one of {', '.join(KINDS)}"
        )
    if not where:
        raise UsageError(f"the target {text!r} names no place", remedy="write it as in `directory:/srv/www/blog`")
    return KINDS[kind](where, folder)
