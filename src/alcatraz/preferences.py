"""What a person says once for all of their blogs: the file config.toml.

author = "Ada Example"
editor = "code --wait"

[blogs.journal]
directory = "~/src/journal"
program = "/nix/store/…/bin/alcatraz"
"""

from __future__ import annotations

import difflib
import os
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["NamedBlog", "Preferences", "read_preferences"]


@dataclass(frozen=True, slots=True)
class NamedBlog:
    """The folder of a blog, and the program that is to work on it, where it is not the blog's own launcher. Both are absolute."""

    directory: Path
    program: Path | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    """The author of new blogs, the editor of new posts as a command with its arguments, and the blogs by their names."""

    author: str | None = None
    editor: tuple[str, ...] = ()
    blogs: Mapping[str, NamedBlog] = field(default_factory=dict)


def read_preferences(path: Path) -> Preferences:
    """What the file says; nothing where there is none. Raises SettingsError where it says what cannot be meant."""
    import tomllib

    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences()
    except OSError as error:
        raise SettingsError(f"this cannot be read ({error.strerror})", where=str(path), remedy="make it a file of yours") from error
    except ValueError as error:  # of TOML, or of UTF-8
        raise SettingsError(f"this is not TOML ({error})", where=str(path), remedy="mend it") from error
    _refuse_others(said, ("author", "editor", "blogs"), "", path)
    author = _text(said, "author", "author", path)
    editor = _text(said, "editor", "editor", path)
    try:
        command = tuple(shlex.split(editor or ""))
    except ValueError as error:
        raise SettingsError(f"`editor` is {editor!r}, which is no command ({error})", where=str(path), remedy="mend its quotes") from error
    blogs = {name: _blog(blog, f"blogs.{name}", path) for name, blog in _table(said.get("blogs", {}), "blogs", path).items()}
    return Preferences(author or None, command, blogs)


def _blog(blog: object, key: str, path: Path) -> NamedBlog:
    table = _table(blog, key, path)
    _refuse_others(table, ("directory", "program"), f"{key}.", path)
    example = 'directory = "~/src/journal"'
    directory = _absolute(table, "directory", key, example, path)
    if not directory:
        raise SettingsError(f"`{key}` has no directory", where=str(path), remedy=f"write {example}")
    return NamedBlog(directory, _absolute(table, "program", key, 'program = "~/src/journal/result/bin/alcatraz"', path))


def _absolute(table: Mapping[str, Any], key: str, of: str, example: str, path: Path) -> Path | None:
    text = _text(table, key, f"{of}.{key}", path)
    if not text:
        return None
    named = Path(os.path.expanduser(text))  # noqa: PTH111 (Path's own raises where there is no such home)
    if not named.is_absolute():
        raise SettingsError(
            f"`{of}.{key}` is {text!r}, which is relative to nothing", where=str(path), remedy=f"write it whole, as in {example}"
        )
    return named


def _table(value: object, key: str, path: Path) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    raise SettingsError(f"`{key}` is {value!r}, which is no table", where=str(path), remedy="write [blogs.NAME] in a line of its own")


def _text(table: Mapping[str, Any], key: str, whole: str, path: Path) -> str | None:
    value = table.get(key)
    if value is None or isinstance(value, str):
        return value
    raise SettingsError(f"`{whole}` is {value!r}, which is no text", where=str(path), remedy=f'write it in quotes: {key} = "…"')


def _refuse_others(keys: Iterable[str], known: tuple[str, ...], before: str, path: Path) -> None:
    if unknown := next((key for key in keys if key not in known), None):
        near = difflib.get_close_matches(unknown, known, n=1)
        remedy = f"did you mean `{before}{near[0]}`?" if near else f"choose one of {', '.join(known)}"
        raise SettingsError(f"there is no setting `{before}{unknown}`", where=str(path), remedy=remedy)
