"""Whose code has a say in a build. Of what is not ours nobody knows what it depends on, so nothing that it touches is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alcatraz.build import handlers
from alcatraz.fingerprint import OF_ONE_BUILD, plain
from alcatraz.settings.rules import PLUGIN

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["strangers"]

# Settings of Pelican's that hold code.
CODE = ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS", "READERS")


def strangers(settings: Mapping[str, Any]) -> list[str]:
    """Whose code has a say in the build of a blog besides the engine's: plugins, settings that hold code, listeners to signals."""
    found = {f"the plugin {getattr(plugin, '__name__', plugin)}" for plugin in settings.get("PLUGINS") or () if plugin != PLUGIN}
    found |= {f"the setting {name}" for name in CODE if any((settings.get(name) or {}).values())}
    # An object was made of something, and a function may be called by a template, and read what it likes.
    found |= {f"the setting {name}" for name in plain({name: value for name, value in settings.items() if name not in OF_ONE_BUILD})[1]}
    extensions = (settings.get("JINJA_ENVIRONMENT") or {}).get("extensions", ())
    found |= {f"the template extension {each}" for each in extensions if not str(each).startswith("jinja2.ext.")}
    found |= {f"{stranger.plugin}, which listens to `{stranger.signal}`" for stranger in handlers.strangers()}
    return sorted(found)
