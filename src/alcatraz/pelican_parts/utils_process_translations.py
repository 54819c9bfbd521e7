"""Replaces `process_translations`, which looks for each post among all that are no translations from their beginning."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pelican import generators, utils

from alcatraz.pelican_parts.articles_generator_dates import are_only_themselves
from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PART"]


def _made(stock: Callable[..., Any]) -> Callable[..., Any]:
    def process_translations(content_list: list[Any], translation_id: Any = None) -> tuple[list[Any], list[Any]]:
        """Which of some posts are originals, and which translations."""
        if not isinstance(translation_id, str) or not are_only_themselves(content_list):
            found: tuple[list[Any], list[Any]] = stock(content_list, translation_id)
            return found
        alone: set[int] = set()
        try:
            key = attrgetter(translation_id)
            content_list.sort(key=key)
            for _, items in groupby(content_list, key):
                content, *others = items
                if not others and "translation" not in content.metadata:
                    alone.add(id(content))
        except (AttributeError, TypeError):  # as Pelican says it
            return stock(content_list, translation_id)  # type: ignore[no-any-return]
        originals, translations = stock([content for content in content_list if id(content) not in alone], translation_id)
        for content in content_list:
            if id(content) in alone:
                content.translations = []
        alone.update(map(id, originals))
        return [content for content in content_list if id(content) in alone], translations

    return process_translations


PART = Part(generators, "process_translations", _made, rests_on=(utils.get_original_items,))
