"""The files that are shipped with the program: beside `src` in a checkout, inside the package where it is installed."""

from __future__ import annotations

from pathlib import Path

__all__ = ["CHECKOUT", "THEME"]

_PACKAGE = Path(__file__).parent

# The checkout that this program runs from, or None where it is installed.
CHECKOUT = _PACKAGE.parents[1] if (_PACKAGE.parents[1] / "theme" / "templates").is_dir() else None

THEME = (CHECKOUT or _PACKAGE) / "theme"
