"""What a preview server needs to know of a blog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from alcatraz.build import Report

__all__ = ["Preview", "Site"]


@dataclass(frozen=True, slots=True)
class Site:
    """The site that the settings of a blog ask for at the moment.

    `paths` are the folders and files that it is made of, the settings' own among them. `build` reads them and puts the site
    at the preview's output, `index` makes the search index of that. `base` is the path of the site's address: "" or "/blog".
    """

    paths: tuple[Path, ...]
    build: Callable[[], Report]
    index: Callable[[], None] | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A blog to be shown to its author.

    `read` reads the settings and says what site they ask for. It is called before each build, since they are edited like the
    rest. Like `build` it is called in a thread, never both at once, and an exception is told to the author; but a UsageError, which
    is about the command line and not about the blog, ends the preview. `index` may run beside them.

    `paths` are watched until `read` has named others for the first time: what an author would edit to mend the settings.
    `output` belongs to the preview alone; where it lies inside a watched folder, so must the folder that holds it (a build
    works beside its output). `search` is a folder whose `pagefind` is the search index, where it is not in the output: one that takes
    seconds would else hold up every save.
    """

    read: Callable[[], Site]
    paths: tuple[Path, ...]
    output: Path
    search: Path | None = None
