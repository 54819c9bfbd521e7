"""What a settings file says, before Pelican adds its defaults: read without Pelican, which takes longer to load than a small build."""

from __future__ import annotations

import copy
import importlib.util
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

from alcatraz import bytecode, fingerprint, starter
from alcatraz.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Settings", "find", "name_of", "own"]

Settings = dict[str, Any]


def find(root: Path, path: Path | None = None) -> Path:
    """The settings file of the blog in `root`: `path`, else its pelicanconf.py. Raises SettingsError where it is not there."""
    path = path or root / "pelicanconf.py"
    if not path.is_file():
        raise SettingsError(
            "there are no settings", where=str(path), remedy="name the file with --settings, or make a blog with `alcatraz init DIR`"
        )
    return path


def own(path: Path, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings in a file, with `overrides` on top. Raises SettingsError where it does not run."""
    untouched = {key: copy.deepcopy(value) for key, value in vars(starter).items() if key.isupper()}
    try:
        with bytecode.none_kept():
            return {**_loaded(path.absolute()), **(overrides or {})}
    except (Exception, SystemExit) as error:
        raise SettingsError(
            f"the settings do not run ({type(error).__name__}: {error})",
            where=_place(error, path),
            remedy="mend that line",
        ) from error
    finally:
        vars(starter).update(untouched)  # `MENUITEMS += …` in a blog's settings changes the list it was given


def name_of(settings: Settings, path: Path) -> bytes:
    """A name for what a file says, on which lines, of the folders around it; b"" where any of it is more than data, which no name can stand for."""
    data, code = fingerprint.plain(settings)
    lines = fingerprint.name_of_file(str(path))  # on which a finding may stand
    return b"" if code else fingerprint.digest(fingerprint.engine(), os.fsencode(path.absolute()), data, lines)


def _loaded(path: Path) -> Settings:
    """As Pelican loads a settings file: under its own name, and what is in capitals counts."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} is no file of Python's")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return {name: value for name, value in sorted(vars(module).items()) if name.isupper()}


def _place(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError) and error.lineno:
        return f"{path.name}:{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path.absolute())]
    return f"{path.name}:{lines[-1]}" if lines else path.name
