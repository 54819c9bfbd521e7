"""Reads the settings of a blog: Pelican's own loader, and sentences instead of tracebacks."""

from __future__ import annotations

import copy
import locale
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.settings import get_settings_from_file, read_settings

from alcatraz import bytecode, starter
from alcatraz.errors import SettingsError
from alcatraz.settings.doubts import doubts_about
from alcatraz.settings.places import wrong
from alcatraz.settings.rules import PLUGIN, is_ours, look_over, validate

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["find", "read"]

Settings = dict[str, Any]


def find(root: Path, path: Path | None = None) -> Path:
    """The settings file of the blog in `root`: `path`, else its pelicanconf.py. Raises SettingsError where it is not there."""
    path = path or root / "pelicanconf.py"
    if not path.is_file():
        raise SettingsError(
            "there are no settings", where=str(path), remedy="name the file with --settings, or make a blog with `alcatraz init DIR`"
        )
    return path


def read(root: Path, path: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of the blog in `root`, from `path` (default: its pelicanconf.py), with `overrides` on top.

    Raises SettingsError where the file is missing, does not run, or says what cannot be meant.
    """
    path = find(root, path)
    untouched = {key: copy.deepcopy(value) for key, value in vars(starter).items() if key.isupper()}
    try:
        with bytecode.none_kept():
            own: Settings = {**get_settings_from_file(str(path.absolute())), **(overrides or {})}
    except (Exception, SystemExit) as error:
        raise SettingsError(
            f"the settings do not run ({type(error).__name__}: {error})",
            where=_place(error, path),
            remedy="mend that line",
        ) from error
    finally:
        vars(starter).update(untouched)  # `MENUITEMS += …` in a blog's settings changes the list it was given
    _make_absolute(own, path.absolute().parent)
    if not Path(own.setdefault("PATH", str(root))).is_dir():
        raise wrong(path, "PATH", f"names {own['PATH']}, which is not a folder", "make the folder, or name another")
    caller = locale.setlocale(locale.LC_ALL)
    try:
        look_over(own, path)
        settings: Settings = read_settings(override=own)
    except SettingsError:
        raise
    except Exception as error:
        raise SettingsError(f"Pelican refuses the settings: {error}", where=path.name, remedy="see Pelican's settings") from error
    finally:
        locale.setlocale(locale.LC_ALL, caller)  # Pelican sets the one it is told to; a build does so for its own time
    settings["ROOT"] = root.resolve()
    settings["SETTINGS_FILE"] = path.resolve()
    if is_ours(settings):
        validate(settings, path)
        settings["DOUBTS"] = doubts_about(own, path)
    elif "MARKDOWN_READER" in own:  # the starter's settings without what makes them work
        raise wrong(path, "PLUGINS", f"lacks {PLUGIN!r}", "write PLUGINS = [*PLUGINS, …], which adds to what is there")
    return settings


def _make_absolute(settings: Settings, folder: Path) -> None:
    """Paths in the settings are relative to their file, as in Pelican; a theme may also be the name of one of Pelican's."""
    for key in ("PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"):
        if key in settings and (key != "THEME" or (folder / settings[key]).exists()):
            settings[key] = str((folder / settings[key]).resolve())
    for key in ("PLUGIN_PATHS", "THEME_TEMPLATES_OVERRIDES"):
        if key in settings:
            settings[key] = [str(folder / place) for place in settings[key]]


def _place(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError) and error.lineno:
        return f"{path.name}:{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path.absolute())]
    return f"{path.name}:{lines[-1]}" if lines else path.name
