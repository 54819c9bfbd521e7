"""Mathematics: LaTeX to MathML while building, so that the reader's browser needs no script."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from latex2mathml.converter import convert

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["set_mathematics"]

# A paragraph that holds nothing but one display is a block; pyromark leaves it inside its <p>.
MATH = re.compile(r'<p><span class="math math-display">([^<]*)</span></p>|<span class="math math-(inline|display)">([^<]*)</span>')


def set_mathematics(html: str, on_error: Callable[[str, str], None]) -> str:
    """Replaces each formula by MathML; `on_error(formula, reason)` is told of one that cannot be read, which stays as text."""

    def replace(found: re.Match[str]) -> str:
        block, kind, inner = found.groups()
        formula = unescape(block if block is not None else inner).strip()
        display = "inline" if kind == "inline" else "block"
        try:
            mathml = convert(formula, display=display)
        except Exception as error:  # noqa: BLE001 (latex2mathml raises whatever its parser trips over)
            on_error(formula, str(error) or type(error).__name__)
            return f"<code>{block if block is not None else inner}</code>"
        return f'<div class="math" tabindex="0">{mathml}</div>' if block is not None else mathml

    return MATH.sub(replace, html)
