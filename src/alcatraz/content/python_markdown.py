"""python-markdown as Pelican uses it: which of it is known to be a function of its text."""

from __future__ import annotations

import hashlib
import re
import sys
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import markdown
from markdown.extensions.footnotes import FootnoteExtension
from pelican import readers
from pygments.lexers import LEXERS
from pygments.styles import STYLE_MAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["convert", "converter", "doubt", "is_plain", "named", "read", "state"]

# Of these a converter is as new after `reset`, and none reads anything but the text.
EXTENSIONS = frozenset({
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs", "legacy_em",
    "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
})  # fmt: skip
OWN = "markdown.extensions."
REGISTRIES = ("preprocessors", "inlinePatterns", "treeprocessors", "postprocessors")
PYGMENTS = frozenset({"pygments", "pygments.formatter", "pygments.formatters.html", "pygments.lexer", "pygments.lexers", "pygments.token"})
KNOWN = sys.stdlib_module_names | {"alcatraz", "markdown", "pygments"}
CORE = tuple(f"markdown.{name}" for name in (
    "blockparser", "blockprocessors", "core", "htmlparser", "inlinepatterns", "postprocessors", "preprocessors", "serializers",
    "treeprocessors", "util",
))  # fmt: skip


def read(path: str) -> str:
    """The text of a file, as Pelican reads it."""
    with readers.pelican_open(path) as text:
        return str(text)


def converter(settings: Mapping[str, Any]) -> Any:
    """A new converter."""
    return markdown.Markdown(**settings)


def convert(text: str, settings: Mapping[str, Any]) -> str:
    """A text as HTML, by a converter of its own."""
    return str(converter(settings).convert(text))


def doubt(settings: Mapping[str, Any]) -> str | None:
    """Why these settings might give something else another time, or do more than to convert; None where they do not."""
    return next(_doubts(settings), None)


def _doubts(settings: Mapping[str, Any]) -> Iterator[str]:
    """Each is looked for once there is none before it."""
    for extension in settings.get("extensions", ()):
        if not isinstance(extension, str) or extension.removeprefix(OWN) not in EXTENSIONS:
            name = extension if isinstance(extension, str) else type(extension).__qualname__
            yield f"the Markdown extension {name} is not python-markdown's own"
    if not is_plain(settings):
        yield "the setting MARKDOWN has values in it that are not plain"
    yield from (f"{replaced} is replaced" for replaced in _replaced())
    try:
        made = converter(settings)
    except Exception as error:  # noqa: BLE001 (Pelican's own reader comes upon it, and tells it)
        yield f"python-markdown refuses the setting MARKDOWN ({error})"
        return
    for part in _parts(made):
        if not type(part).__module__.startswith("markdown."):
            yield f"the Markdown extension {type(part).__module__} is not python-markdown's own"
    if any(isinstance(part, FootnoteExtension) and part.getConfig("UNIQUE_IDS") for part in made.registeredExtensions):
        yield "the footnotes of a post are numbered on from those of the one before it (UNIQUE_IDS)"


def _parts(made: Any) -> Iterator[Any]:
    for name in REGISTRIES:
        yield from getattr(made, name)
    yield from made.parser.blockprocessors
    yield from made.registeredExtensions


def named(value: Any) -> Any:
    """A setting as lists of plain values, by which it can be told from any other. Raises TypeError where it may be anything."""
    if isinstance(value, dict):
        return ["dict", [[named(key), named(item)] for key, item in value.items()]]
    if isinstance(value, (list, tuple)):
        return [type(value).__name__, [named(item) for item in value]]
    if isinstance(value, FunctionType) and value.__module__.startswith("markdown."):
        return ["function", value.__module__, value.__qualname__]
    if type(value) in {str, int, float, bool, type(None)}:
        return value
    raise TypeError(type(value).__qualname__)


def is_plain(settings: Mapping[str, Any]) -> bool:
    """Whether the settings can be named."""
    try:
        named(settings)
    except TypeError:
        return False
    return True


def _replaced() -> Iterator[str]:
    """What there is in python-markdown, and in the part of Pygments that it uses, that others than these two and we have put there."""
    if readers.Markdown is not markdown.Markdown:
        yield "pelican.readers.Markdown"
    if any(map(_is_strange, (readers.pelican_open, getattr(readers.pelican_open, "__wrapped__", None)))):
        yield "pelican.readers.pelican_open"
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "markdown" or name in PYGMENTS:
            yield from _strangers(name, module)


def _strangers(name: str, module: ModuleType) -> Iterator[str]:
    for attribute, value in vars(module).items():
        if _is_strange(value):
            yield f"{name}.{attribute}"
        elif isinstance(value, type) and value.__module__ == name:
            yield from (f"{name}.{attribute}.{at}" for at, own in vars(value).items() if _is_strange(own))


def _is_strange(value: Any) -> bool:
    """Whether this is a function whose code is of somebody else; what it says of itself may be copied from what it wraps."""
    if not isinstance(value, FunctionType):
        return False
    module = str(value.__globals__.get("__name__"))
    return module.partition(".")[0] not in KNOWN and not module.startswith(("namedtuple_", "pelican.utils"))


def state(settings: Mapping[str, Any]) -> str:
    """A name for the plain values in the modules that convert with these settings, such as lists of elements, which anybody can change."""
    modules = {*CORE, *(type(part).__module__ for part in _parts(converter(settings)))}
    values = [line for name in sorted(modules) for line in _values(sys.modules[name])]
    return hashlib.sha256(repr([values, LEXERS, STYLE_MAP]).encode()).hexdigest()


def _values(module: ModuleType) -> Iterator[tuple[str, Any]]:
    for name, value in vars(module).items():
        if isinstance(value, type) and value.__module__ == module.__name__:
            yield from ((f"{name}.{at}", _told(own)) for at, own in vars(value).items() if not at.startswith("__"))
        elif not name.startswith("__"):
            yield name, _told(value)


def _told(value: Any) -> Any:
    """A value that is the same wherever it is; of what is not plain, its name or its kind."""
    if isinstance(value, dict):
        return [(_told(key), _told(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [_told(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    if isinstance(value, re.Pattern):
        return value.pattern, value.flags
    if value is None or isinstance(value, str | int | float):
        return value
    return str(getattr(value, "__qualname__", type(value).__qualname__))
