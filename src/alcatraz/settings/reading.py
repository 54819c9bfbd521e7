"""Reads the settings of a blog: Pelican's own loader, and sentences instead of tracebacks."""

from __future__ import annotations

import locale
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz.errors import SettingsError
from alcatraz.settings.doubts import doubts_about
from alcatraz.settings.own import Settings, find, name_of
from alcatraz.settings.own import own as own_settings
from alcatraz.settings.places import wrong
from alcatraz.settings.rules import PLUGIN, is_ours, look_over, validate

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read"]


def read(root: Path, path: Path | None = None, overrides: Mapping[str, Any] | None = None, said: Settings | None = None) -> Settings:
    """The settings of the blog in `root`, from `path` (default: its pelicanconf.py), with `overrides` on top.

    `said` is what the file says, where that is known. Raises SettingsError where the file is missing, does not run, or says what
    cannot be meant.
    """
    from pelican.settings import read_settings

    path = find(root, path)
    own = dict(said) if said is not None else own_settings(path, overrides)
    name = name_of(own, path)
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
    settings["OWN"] = name
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
