"""Reads a blog's settings: Pelican's own loader, and sentences instead of tracebacks."""

from __future__ import annotations

import copy
import locale
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pelican.settings import get_settings_from_file, read_settings

from alcatraz import starter
from alcatraz.errors import SettingsError
from alcatraz.findings import place_of
from alcatraz.words import fault_in

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["base_path", "index_path", "is_ours", "place_of_setting", "read"]

Settings = dict[str, Any]

PLUGIN = "alcatraz.plugin"

# Settings that hold names with their addresses, and how to write them.
PAIRS = {
    "MENUITEMS": '[("About", "about/"), *MENUITEMS]',
    "SOCIAL": '[("Mastodon", "https://social.example/@me")]',
    "LICENSE": '("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")',
}

# Settings of Pelican's that a blog of ours must leave alone: what they would do, and what to do instead.
UNWANTED = {
    "DEFAULT_DATE": ("gives posts a date they do not state", "remove it, and write `date:` in each post"),
    "RELATIVE_URLS": (
        "would have a page link relative to itself",
        "remove it: links begin with the path of SITEURL and name no host, so that any host and `alcatraz serve` can show them",
    ),
}


def read(root: Path, path: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of the blog in `root`, from `path` (default: its pelicanconf.py), with `overrides` on top.

    Raises SettingsError where the file is missing, does not run, or says what cannot be meant.
    """
    path = path or root / "pelicanconf.py"
    if not path.is_file():
        raise SettingsError(
            "there are no settings", where=str(path), remedy="name the file with --settings, or make a blog with `alcatraz init DIR`"
        )
    untouched = {key: copy.deepcopy(value) for key, value in vars(starter).items() if key.isupper()}
    try:
        own: Settings = {**get_settings_from_file(str(path.absolute())), **(overrides or {})}
    except Exception as error:
        raise SettingsError(
            f"the settings do not run ({type(error).__name__}: {error})",
            where=_place(error, path),
            remedy="mend that line",
        ) from error
    finally:
        vars(starter).update(untouched)  # `MENUITEMS += …` in a blog's settings changes the list it was given
    _make_absolute(own, path.absolute().parent)
    if not Path(own.setdefault("PATH", str(root))).is_dir():
        raise _wrong(path, "PATH", f"names {own['PATH']}, which is not a folder", "make the folder, or name another")
    caller = locale.setlocale(locale.LC_ALL)
    try:
        settings: Settings = read_settings(override=own)
    except Exception as error:
        raise SettingsError(f"Pelican refuses the settings: {error}", where=path.name, remedy="see Pelican's settings") from error
    finally:
        locale.setlocale(locale.LC_ALL, caller)  # Pelican sets the one it is told to; a build does so for its own time
    settings["ROOT"] = root.resolve()
    settings["SETTINGS_FILE"] = path.resolve()
    if is_ours(settings):
        _validate(settings, path)
    elif "MARKDOWN_READER" in own:  # the starter's settings without what makes them work
        raise _wrong(path, "PLUGINS", f"lacks {PLUGIN!r}", "write PLUGINS = [*PLUGINS, …], which adds to what is there")
    return settings


def is_ours(settings: Mapping[str, Any]) -> bool:
    """Whether a blog asks for our reader and its rules; any other Pelican site is built as Pelican would."""
    return PLUGIN in (settings.get("PLUGINS") or ())


def base_path(settings: Mapping[str, Any]) -> str:
    """The path of the site's address, without a slash at its end: "" or "/blog"."""
    return urlsplit(str(settings["SITEURL"])).path.rstrip("/")


def index_path(settings: Mapping[str, Any]) -> str:
    """The path under which hosts give the blog's first page: "/", or "/blog/" below a path of the host."""
    save_as = str(settings["INDEX_SAVE_AS"])
    return f"{base_path(settings)}/{save_as.removesuffix('index.html') if f'/{save_as}'.endswith('/index.html') else save_as}"


def place_of_setting(settings: Mapping[str, Any], key: str) -> tuple[str, int]:
    """The settings file, named as a finding names it, and the line that says `key`; 0 where none does."""
    path: Path = settings["SETTINGS_FILE"]
    return place_of(path, settings["ROOT"]), _line_number(path, key)


def _make_absolute(settings: Settings, folder: Path) -> None:
    """Paths in the settings are relative to their file, as in Pelican; a theme may also be the name of one of Pelican's."""
    for key in ("PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"):
        if key in settings and (key != "THEME" or (folder / settings[key]).exists()):
            settings[key] = str((folder / settings[key]).resolve())
    for key in ("PLUGIN_PATHS", "THEME_TEMPLATES_OVERRIDES"):
        if key in settings:
            settings[key] = [str(folder / place) for place in settings[key]]


def _validate(settings: Settings, path: Path) -> None:
    address = urlsplit(str(settings["SITEURL"]))
    if address.scheme not in {"http", "https"} or not address.netloc or address.query or address.fragment:
        raise _wrong(path, "SITEURL", f"is {settings['SITEURL']!r}", "give the whole address, as in 'https://blog.example'")
    settings["SITEURL"] = str(settings["SITEURL"]).rstrip("/")
    for folder in settings["THEME_TEMPLATES_OVERRIDES"]:
        if not Path(folder).is_dir():
            raise _wrong(path, "THEME_TEMPLATES_OVERRIDES", f"names {folder}, which is not a folder", "make the folder, or name another")
    try:
        ZoneInfo(settings["TIMEZONE"])
    except (KeyError, ValueError, TypeError, OSError):
        raise _wrong(path, "TIMEZONE", f"is {settings['TIMEZONE']!r}", "give a name such as 'Europe/Berlin' or 'UTC'") from None
    for key, (what, remedy) in UNWANTED.items():
        if settings.get(key):
            raise _wrong(path, key, what, remedy)
    if settings["MARKDOWN_READER"] not in {"pyromark", "python-markdown"}:
        raise _wrong(path, "MARKDOWN_READER", f"is {settings['MARKDOWN_READER']!r}", "choose 'pyromark' or 'python-markdown'")
    for key in ("SITENAME", "AUTHOR"):
        if not isinstance(settings.get(key), str) or not settings[key].strip():
            raise _wrong(path, key, "is missing", f"write {key} = '…'")
    _validate_pairs(settings, path)
    if fault := fault_in(settings):
        raise _wrong(path, "THEME_STRINGS", *fault)


def _validate_pairs(settings: Settings, path: Path) -> None:
    for key, example in PAIRS.items():
        value = settings.get(key)
        if key == "LICENSE":
            value = [] if value is None else [value]
        if not isinstance(value, list | tuple) or not all(map(_is_pair, value)):
            raise _wrong(path, key, f"is {settings[key]!r}", f"write {key} = {example}")


def _is_pair(value: object) -> bool:
    """Whether it is a name and an address."""
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(part, str) and part for part in value)


def _wrong(path: Path, key: str, what: str, remedy: str) -> SettingsError:
    return SettingsError(f"{key} {what}", where=_line_of(path, key), remedy=remedy)


def _line_of(path: Path, key: str) -> str:
    line = _line_number(path, key)
    return f"{path.name}:{line}" if line else path.name


def _line_number(path: Path, key: str) -> int:
    """Where the file says `key` last, which is what counts."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return max((number for number, line in enumerate(lines, start=1) if re.match(rf"{key}\s*[:=]", line)), default=0)


def _place(error: Exception, path: Path) -> str:
    if isinstance(error, SyntaxError) and error.lineno:
        return f"{path.name}:{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path.absolute())]
    return f"{path.name}:{lines[-1]}" if lines else path.name
