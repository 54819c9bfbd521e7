"""Pelican's generators of posts and pages: which files each of them reads, and what it makes of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pelican import contents
from pelican.generators import ArticlesGenerator, PagesGenerator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pelican.generators import Generator

__all__ = ["KINDS", "Kind", "files_of"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content: `name` is in the names of Pelican's settings and signals for it, and `content` is its class."""

    name: str
    content: type[contents.Content]


# By the class itself: of a plugin's own, which may be made from one of these, nobody knows what it does.
KINDS: Mapping[type[Generator], Kind] = {ArticlesGenerator: Kind("article", contents.Article), PagesGenerator: Kind("page", contents.Page)}


def files_of(generator: Any) -> Iterable[str]:
    """The files that a generator of one of the KINDS reads, in its order, relative to the folder of the content."""
    of, settings = KINDS[type(generator)].name.upper(), generator.settings
    found: Iterable[str] = generator.get_files(settings[f"{of}_PATHS"], exclude=settings[f"{of}_EXCLUDES"])
    return found
