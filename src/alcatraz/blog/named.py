"""A blog by its name, from any folder: `alcatraz --blog NAME TASK`."""

from __future__ import annotations

import difflib
import os
import sys
from typing import TYPE_CHECKING

from alcatraz import surroundings
from alcatraz.errors import ToolError, UsageError
from alcatraz.preferences import read_preferences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["go", "names"]


def names() -> list[str]:
    """The names that a person has given to blogs."""
    return sorted(read_preferences(surroundings.preferences_file()).blogs)


def go(name: str, words: Sequence[str]) -> None:
    """Makes the blog of that name the one that `words`, the command line, are for.

    A blog with a launcher of its own has an engine of its own, pinned by its lock: this program becomes that one, and the
    call does not return. Raises UsageError, SettingsError, ToolError.
    """
    directory = _directory(name)
    launcher = directory / "alcatraz"
    if surroundings.is_launched_for(directory) or not (launcher.is_file() and os.access(launcher, os.X_OK)):
        surroundings.stand_in(directory)
        return
    sys.stdout.flush()
    try:
        os.execve(launcher, [str(launcher), *words], surroundings.outside_blogs())  # noqa: S606 (the author's own)
    except OSError as error:
        raise ToolError(
            f"the blog's launcher does not start ({error.strerror})", where=str(launcher), remedy="take it from git, or remove it"
        ) from error


def _directory(name: str) -> Path:
    file = surroundings.preferences_file()
    blogs = read_preferences(file).blogs
    if not blogs:
        raise UsageError("no blog has a name yet", where=str(file), remedy=f'write [blogs.{name}] there, and below it directory = "…"')
    if name not in blogs:
        near = difflib.get_close_matches(name, blogs, n=1)
        meant = f"did you mean `{near[0]}`?" if near else "choose one of them, or add it"
        raise UsageError(f"there is no blog `{name}` among {', '.join(sorted(blogs))}", where=str(file), remedy=meant)
    directory = blogs[name]
    if not directory.is_dir():
        raise UsageError(
            f"`blogs.{name}.directory` is {directory}, which is not a folder", where=str(file), remedy="name the blog's folder"
        )
    return directory
