"""Whose an error is: one that comes out of a plugin or of a setting is a sentence that names the place, not a traceback of ours."""

from __future__ import annotations

import contextlib
import locale
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz.cache import LostError
from alcatraz.errors import AlcatrazError, PluginError
from alcatraz.findings import place_of
from alcatraz.settings.places import wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["placed"]


@contextlib.contextmanager
def placed(settings: Mapping[str, Any]) -> Iterator[None]:
    """Raises PluginError for what a plugin raises meanwhile, SettingsError for a locale that this machine lacks.

    Whatever else comes is somebody else's to explain. Pelican puts names into PLUGINS, of modules, as soon as it has loaded them.
    """
    try:
        yield
    except (AlcatrazError, LostError):
        raise
    except Exception as error:
        if place := _place_in(settings["PLUGINS"] or (), error):
            file, line = place
            raise PluginError(
                f"the plugin fails ({type(error).__name__}: {error})",
                where=f"{place_of(file, settings['ROOT'])}:{line}",
                remedy="mend what it says, or take the plugin out of PLUGINS",
            ) from error
        if isinstance(error, locale.Error) and (name := _lacking(settings["DATE_FORMATS"])):
            message = f"asks for the locale {name}, which this machine does not have"
            raise wrong(settings["SETTINGS_FILE"], "DATE_FORMATS", message, "`locale -a` lists those that it has") from error
        raise


def _place_in(plugins: Iterable[object], error: BaseException) -> tuple[Path, int] | None:
    """The last line of a plugin's that the error came through; a plugin that is a package has all of its folder."""
    modules = [sys.modules.get(str(name)) for name in plugins if not str(name).startswith("alcatraz.")]
    files = [Path(module.__file__) for module in modules if module and module.__file__]
    places = tuple(file.parent if file.stem == "__init__" else file for file in files)
    place, trace = None, error.__traceback__
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if any(file.is_relative_to(each) for each in places):
            place = file, trace.tb_lineno
        trace = trace.tb_next
    return place


def _lacking(formats: Mapping[str, Any]) -> str | None:
    """The first locale that dates are to be written in and that cannot be had."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        for form in formats.values():
            if isinstance(form, tuple):
                try:
                    locale.setlocale(locale.LC_ALL, form[0])
                except locale.Error:
                    return str(form[0])
        return None
    finally:
        locale.setlocale(locale.LC_ALL, before)
