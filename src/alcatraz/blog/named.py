"""A blog by its name, from any folder: `alcatraz --blog NAME TASK`."""

from __future__ import annotations

import difflib
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from alcatraz import surroundings
from alcatraz.errors import ToolError, UsageError
from alcatraz.preferences import read_preferences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from alcatraz.preferences import NamedBlog

__all__ = ["go", "names"]


def names() -> list[str]:
    """The names that a person has given to blogs."""
    return sorted(read_preferences(surroundings.preferences_file()).blogs)


def go(name: str, words: Sequence[str]) -> None:
    """Makes the blog of that name the one that `words`, the command line, are for.

    A blog may have an engine of its own: the program that its name comes with, or else its launcher, whose lock pins one. Then
    this program becomes that one, and the call does not return. Raises UsageError, SettingsError, ToolError.
    """
    file = surroundings.preferences_file()
    blog = _find(name, file)
    launcher = blog.directory / "alcatraz"
    # Whoever was started for the blog does the work, also where that was by a script that calls it by its name again.
    if surroundings.is_launched_for(blog.directory):
        surroundings.stand_in(blog.directory)
    elif blog.program:
        key = f"blogs.{name}.program"
        _look_at(blog.program, key, file, launcher)
        if blog.program.resolve() == surroundings.program():
            surroundings.stand_in(blog.directory)
        else:
            _become(blog.program, words, surroundings.inside_blog(blog.directory), f"mend it, or `{key}` in {file}")
    elif _is_program(launcher):
        _become(launcher, words, surroundings.outside_blogs(), "take it from git, or remove it")
    else:
        surroundings.stand_in(blog.directory)


def _become(program: Path, words: Sequence[str], environment: Mapping[str, str], remedy: str) -> NoReturn:
    sys.stdout.flush()
    try:
        os.execve(program, [str(program), *words], environment)  # noqa: S606 (the author's own)
    except OSError as error:
        raise ToolError(f"the blog's program does not start ({error.strerror})", where=str(program), remedy=remedy) from error


def _look_at(program: Path, key: str, file: Path, launcher: Path) -> None:
    """Raises UsageError for what cannot be started, and for another blog's launcher: that works on its own folder alone."""
    if not _is_program(program):
        raise UsageError(
            f"`{key}` is {program}, which is no program", where=str(file), remedy="name a file that can be started, or leave it out"
        )
    program = program.resolve()
    if (program.parent / "poetry.lock").is_file() and program != launcher.resolve():
        raise UsageError(
            f"`{key}` is {program}, which is the launcher of another folder",
            where=str(file),
            remedy="name the `bin/alcatraz` of an environment, or leave it out",
        )


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def _find(name: str, file: Path) -> NamedBlog:
    blogs = read_preferences(file).blogs
    if not blogs:
        raise UsageError("no blog has a name yet", where=str(file), remedy=f'write [blogs.{name}] there, and below it directory = "…"')
    if name not in blogs:
        near = difflib.get_close_matches(name, blogs, n=1)
        meant = f"did you mean `{near[0]}`?" if near else "choose one of them, or add it"
        raise UsageError(f"there is no blog `{name}` among {', '.join(sorted(blogs))}", where=str(file), remedy=meant)
    blog = blogs[name]
    if not blog.directory.is_dir():
        raise UsageError(
            f"`blogs.{name}.directory` is {blog.directory}, which is not a folder", where=str(file), remedy="name the blog's folder"
        )
    return blog
