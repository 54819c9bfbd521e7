"""Replaces `Content.get_relative_source_path`, which works out the path from the content's folder anew each time it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.contents import Content

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PART"]


def _made(stock: Callable[..., str | None]) -> Callable[..., str | None]:
    def get_relative_source_path(self: Any, source_path: str | None = None) -> str | None:
        """The path of a source, from the folder of the content."""
        path = source_path or self.source_path
        folder = self.settings["PATH"]
        if type(path) is type(folder) is str and path.startswith(f"{folder}/") and _is_whole(folder) and _is_whole(path):
            return path[len(folder) + 1 :]
        return stock(self, source_path)

    return get_relative_source_path


def _is_whole(path: str) -> bool:
    """Whether this is a path from the root with no detour in it."""
    return path[0] == "/" and path[-1] != "/" and "//" not in path and "/." not in path


PART = Part(Content, "get_relative_source_path", _made)
