"""Replaces `slugify`, which makes the slug of a tag anew for each post that has the tag."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pelican import contents, urlwrappers, utils

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["PARTS"]


def _made(stock: Callable[..., str]) -> Callable[..., str]:
    @functools.lru_cache(maxsize=16_384)
    def remembered(value: str, substitutions: tuple[tuple[str, str], ...], preserve_case: object, use_unicode: object) -> str:
        return stock(value, substitutions, preserve_case, use_unicode)

    def slugify(value: str, regex_subs: Iterable[Any] = (), preserve_case: bool = False, use_unicode: bool = False) -> str:
        """The slug of a text."""
        substitutions = tuple(map(tuple, regex_subs))
        if type(value) in {str, Markup}:  # any other may say of itself what its HTML is
            return remembered(value, substitutions, preserve_case, use_unicode)
        return stock(value, substitutions, preserve_case, use_unicode)

    return slugify


# The function is known by one name in each of these.
PARTS = tuple(Part(module, "slugify", _made) for module in (utils, contents, urlwrappers))
