"""Replaces `Content._expand_settings`, which makes every value that an address could hold to write one that holds a slug."""

from __future__ import annotations

import functools
import re
from datetime import datetime
from string import Formatter
from typing import TYPE_CHECKING, Any

from pelican.contents import Content
from pelican.utils import path_to_url

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PART"]

URL_FORMAT: property = vars(Content)["url_format"]

# What Pelican's url_format puts over a post's metadata.
VALUES: dict[str, Callable[[Any], Any]] = {
    "path": lambda content: path_to_url(content.metadata.get("path", content.get_relative_source_path())),
    "slug": lambda content: getattr(content, "slug", ""),
    "lang": lambda content: getattr(content, "lang", "en"),
    "date": lambda content: content.date if hasattr(content, "date") else datetime.now(),  # noqa: DTZ005 (as in Pelican)
    "author": lambda content: content.author.slug if hasattr(content, "author") else "",
    "category": lambda content: content.category.slug if hasattr(content, "category") else "",
}


def _made(stock: Callable[..., str]) -> Callable[..., str]:
    fields_of = functools.cache(_fields)

    def expand_settings(self: Any, key: str, klass: str | None = None) -> str:
        """The setting for the address `key` of a content, with the values that it names filled in."""
        if type(self).url_format is not URL_FORMAT:  # a plugin's, with values of its own
            return stock(self, key, klass)
        form = str(self.settings[f"{klass or type(self).__name__}_{key}".upper()])
        given = self.metadata
        return form.format(**{
            name: VALUES[name](self) if name in VALUES else given[name] for name in fields_of(form) if name in VALUES or name in given
        })  # fmt: skip

    return expand_settings


def _fields(form: str) -> frozenset[str]:
    """The names in a format string, those inside of a format such as `{date:{how}}` too."""
    found: set[str] = set()
    for _, field, spec, _ in Formatter().parse(form):
        if field is not None:
            found |= {re.split(r"[.\[]", field, maxsplit=1)[0], *_fields(spec or "")}
    return frozenset(found)


PART = Part(Content, "_expand_settings", _made, rests_on=(URL_FORMAT.fget,))  # type: ignore[arg-type]
