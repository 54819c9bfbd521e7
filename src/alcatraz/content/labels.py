"""Labels: who wrote a post. There is no default, because silence would claim something too."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LABELS", "Label"]


@dataclass(frozen=True, slots=True)
class Label:
    """Who wrote a post: the word in the front matter, and what readers are told."""

    name: str
    text: str


LABELS = ("human", "assisted", "ai")
