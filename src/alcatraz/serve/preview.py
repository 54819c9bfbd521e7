"""What a preview server needs to know of a blog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from alcatraz.build import Report

__all__ = ["Preview"]


@dataclass(frozen=True, slots=True)
class Preview:
    """A blog to be shown to its author.

    `paths` are the folders and files a build reads. `build` reads them again and puts the site at `output`; it is
    called in a thread, never twice at once, and an exception is told to the author. `output` belongs to the preview
    alone; where it lies inside a watched folder, so must the folder that holds it (a build works beside its output).
    `index` makes the search index in `output`. `base` is the path of the site's address: "" or "/blog".
    """

    paths: tuple[Path, ...]
    build: Callable[[], Report]
    output: Path
    index: Callable[[], None] | None = None
    base: str = ""
