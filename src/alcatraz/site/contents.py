"""Every post and page that Pelican has read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican.contents import Content

__all__ = ["contents_of"]


def contents_of(context: Mapping[str, Any]) -> list[Content]:
    """Every post and page that was read, in the order of their paths."""
    known: dict[str, Content | None] = context["generated_content"]
    return [content for _, content in sorted(known.items()) if content is not None]
