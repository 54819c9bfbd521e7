"""Mathematics: LaTeX to MathML while building, so that the reader's browser needs no script."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring
from xml.sax.saxutils import unescape as undo

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

__all__ = ["set_mathematics"]

# A paragraph that holds nothing but one display is a block; pyromark leaves it inside its <p>.
MATH = re.compile(r'<p><span class="math math-display">([^<]*)</span></p>|<span class="math math-(inline|display)">([^<]*)</span>')

# How many parts these have: https://www.w3.org/TR/mathml-core/. latex2mathml writes them with fewer where an argument lacks.
PARTS = {"mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3}
# What latex2mathml does not know it leaves as it is; what it knows it writes as a reference, a backslash and braces too.
LEFT = re.compile(r"\\(?:[A-Za-z]+|.?)|[{}]|&(?!#?\w+;)")
LEFT_IN_TEXT = re.compile(r"\\(?:[A-Za-z]+|.?)")


def set_mathematics(html: str, on_error: Callable[[str, str], None]) -> str:
    """Replaces each formula by MathML; `on_error(formula, reason)` is told of one that cannot be read, which stays as text."""

    def replace(found: re.Match[str]) -> str:
        block, kind, inner = found.groups()
        formula = unescape(block if block is not None else inner).strip()
        display = "inline" if kind == "inline" else "block"
        try:
            mathml = _mathml(formula, display)
        except Exception as error:  # noqa: BLE001 (latex2mathml raises whatever its parser trips over)
            on_error(formula, str(error) or type(error).__name__)
            return f"<code>{block if block is not None else inner}</code>"
        return f'<div class="math" tabindex="0">{mathml}</div>' if block is not None else mathml

    return MATH.sub(replace, html)


def _mathml(formula: str, display: str) -> str:
    """Raises ValueError where something of the formula would be shown as LaTeX, or not at all."""
    from latex2mathml.converter import convert_to_element  # which most blogs have no use for

    tree = convert_to_element(formula, display=display)
    for element in tree.iter():
        if flaw := _flaw(element):
            raise ValueError(flaw)
        if element.text and "<" in element.text:
            element.text = element.text.replace("<", "&lt;")
    return undo(tostring(tree, encoding="unicode"))  # as latex2mathml does it: its texts hold references


def _flaw(element: Element) -> str:
    left = (LEFT_IN_TEXT if element.tag == "mtext" else LEFT).search(element.text or "")
    if left:
        return f"{left[0]} is unknown to latex2mathml" if left[0][1:] else f"{left[0]} may not stand there"
    return "a command lacks an argument" if len(element) != PARTS.get(element.tag, len(element)) else ""
