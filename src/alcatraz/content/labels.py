"""Labels: who wrote a post. There is no default, because silence would claim something too."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LABELS", "Label"]


@dataclass(frozen=True, slots=True)
class Label:
    """Who wrote a post: the word in the front matter, and what readers are told."""

    name: str
    text: str


LABELS = {
    label.name: label
    for label in (
        Label("human", "Written by a human"),
        Label("assisted", "Written by a human with the help of AI"),
        Label("ai", "Written by AI"),
    )
}
