"""Where the settings file says something, and errors that name the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from alcatraz.errors import SettingsError
from alcatraz.findings import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["line_of", "no_text", "place_of_setting", "wrong"]


def place_of_setting(settings: Mapping[str, Any], key: str) -> tuple[str, int]:
    """The settings file, named as a finding names it, and the line that says `key`; 0 where none does."""
    path: Path = settings["SETTINGS_FILE"]
    return place_of(path, settings["ROOT"]), _line_number(path, key)


def wrong(path: Path, key: str, what: str, remedy: str) -> SettingsError:
    """The error of a setting: `what` goes on where its name ends."""
    return SettingsError(f"{key} {what}", where=line_of(path, key), remedy=remedy)


def no_text(path: Path, key: str, value: object) -> SettingsError:
    """The error of a setting that should be text."""
    return wrong(path, key, f"is {value!r}, which is no text", f"write it in quotes: {key} = '…'")


def line_of(path: Path, key: str) -> str:
    """The settings file by its name, with the line that says `key`, where one does."""
    line = _line_number(path, key)
    return f"{path.name}:{line}" if line else path.name


def _line_number(path: Path, key: str) -> int:
    """Where the file says `key` last, which is what counts."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return max((number for number, line in enumerate(lines, start=1) if re.match(rf"{key}\s*[:=]", line)), default=0)
