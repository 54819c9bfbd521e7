"""Replaces `Generator.get_files` and `_include_path`, which try each pattern of IGNORE_FILES on each name, and compile most of them each time."""

from __future__ import annotations

import fnmatch
import functools
import os
import re
from typing import TYPE_CHECKING, Any

from pelican.generators import Generator

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PARTS"]

INCLUDE_PATH = vars(Generator)["_include_path"]


@functools.lru_cache(maxsize=8)
def _ignored(patterns: tuple[str, ...]) -> Callable[[str], object]:
    """What says of a name whether one of the patterns is for it."""
    if not patterns:
        return lambda _: None
    return re.compile("|".join(f"(?:{fnmatch.translate(os.path.normcase(pattern))})" for pattern in patterns)).match


def _include(stock: Callable[..., bool]) -> Callable[..., bool]:
    def include_path(self: Any, path: str, extensions: Any = None) -> bool:
        """Whether a file is to be taken."""
        patterns = self.settings["IGNORE_FILES"]
        if os.path.normcase("A") != "A" or not all(type(pattern) is str for pattern in patterns):
            return stock(self, path, extensions)
        if extensions is None:
            extensions = self.readers.extensions
        name = path.rpartition("/")[2]
        if _ignored(tuple(patterns))(name):
            return False
        return extensions is False or os.path.splitext(name)[1][1:] in extensions  # noqa: PTH122 (as Pelican does, for thousands)

    return include_path


def _files(stock: Callable[..., set[str]]) -> Callable[..., set[str]]:
    def get_files(self: Any, paths: Any, exclude: Any = None, extensions: Any = None) -> set[str]:
        """The files below some folders of the content."""
        if extensions is not None and extensions is not False and not extensions:  # as of the readers that are switched off, mostly none
            return set()
        return stock(self, paths, exclude=exclude, extensions=extensions)

    return get_files


PARTS = (Part(Generator, "_include_path", _include), Part(Generator, "get_files", _files, rests_on=(INCLUDE_PATH,)))
