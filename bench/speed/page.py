"""Puts what was measured into docs/speed.md."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["between", "put"]

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "speed.md"


def put(name: str, text: str, drawing: str) -> None:
    """Writes the drawing of this name, and the text with it where the page has the marks of this name."""
    image = PAGE.with_name("images") / f"speed-{name}.svg"
    image.write_text(drawing, encoding="utf-8")
    shown = f"{text.strip()}\n\n![The same, as a drawing](images/{image.name})"
    PAGE.write_text(between(PAGE.read_text(encoding="utf-8"), name, shown), encoding="utf-8")


def between(page: str, name: str, text: str) -> str:
    """The page with `text` between the marks of this name. Raises ValueError where it has none."""
    marks = re.compile(rf"(<!-- {name}: .*?-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not marks.search(page):
        raise ValueError(f"there is no <!-- {name}: … --> and <!-- end of {name} -->")
    return marks.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page)
