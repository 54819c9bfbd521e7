"""Results as drawings: SVG that is legible on light and on dark."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

from bench.speed.tables import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.speed.results import Curve, Row

__all__ = ["bars", "curves"]

WIDTH = 720
# Okabe and Ito's colours, which the colour-blind can tell apart, and lighter ones for dark; each generator also has its name beside.
STYLE = """\
text{font:13px system-ui,sans-serif;fill:#222}.end{text-anchor:end}.middle{text-anchor:middle}.head{font-weight:600}
path{fill:none;stroke:currentColor;stroke-width:2}.axis{color:#222;stroke-width:1;opacity:.25}.dashed{stroke-dasharray:6 4}
rect,text.name{fill:currentColor}.c0{color:#d55e00}.c1{color:#0072b2}.c2{color:#767676}.c3{color:#007a5a}
@media(prefers-color-scheme:dark){text{fill:#ddd}.axis{color:#ddd}.c0{color:#ff8a3c}.c1{color:#56b4e9}.c2{color:#a0a0a0}.c3{color:#2cc295}}"""


def bars(rows: Sequence[Row], generators: Sequence[str], title: str) -> str:
    """A group of bars for each row, a bar for each generator; the longest of each group is as long as the drawing allows."""
    height, left, thick, gap = 10.0, 110, 18, 14
    parts = []
    for row in rows:
        values = [(number, name, value) for number, name in enumerate(generators) if (value := row.median(name)) is not None]
        longest = max(value for _, _, value in values)
        height += 18
        parts.append(_text(0, height, f"{row.name}, {row.unit}", "head"))
        height += 8
        for number, name, value in values:
            length = max((WIDTH - left - 70) * value / longest, 1)
            parts.append(_text(left - 8, height + 13, name, "end"))
            parts.append(f'<rect class="c{number}" x="{left}" y="{height:.0f}" width="{length:.1f}" height="{thick - 4}"/>')
            parts.append(_text(left + length + 6, height + 13, shown(value)))
            height += thick
        height += gap
    return _drawing(height, title, parts)


def curves(measured: Sequence[Curve], generators: Sequence[str], title: str) -> str:
    """Seconds by numbers of posts, both on logarithmic scales: the first curve drawn through, the others dashed."""
    left, right, top, bottom = 60.0, 590.0, 30.0, 380.0
    points = [value for curve in measured for row in curve.rows.values() for name in generators if (value := row.median(name))]
    counts = sorted({count for curve in measured for count in curve.rows})

    def across(count: float) -> float:
        return left + (right - left) * math.log(count / counts[0]) / (math.log(counts[-1] / counts[0]) or 1)

    low, high = (10 ** edge(math.log10(value)) for edge, value in ((math.floor, min(points)), (math.ceil, max(points))))

    def down(seconds: float) -> float:
        return bottom - (bottom - top) * math.log(seconds / low) / math.log(high / low)

    parts = [
        _text(
            0,
            14,
            f"seconds; {', '.join(('drawn through: ' if not number else 'dashed: ') + curve.name for number, curve in enumerate(measured))}",
        )
    ]
    for seconds in _powers(low, high):
        y = down(seconds)
        parts += [f'<path class="axis" d="M{left:.0f} {y:.1f}H{right:.0f}"/>', _text(left - 8, y + 4, f"{seconds:g}", "end")]
    parts += [_text(across(count), bottom + 20, f"{count:,}", "middle") for count in counts]
    parts.append(_text((left + right) / 2, bottom + 40, "posts", "middle"))
    for (place, curve), (number, name) in ((one, other) for one in enumerate(measured) for other in enumerate(generators)):
        line = [(across(count), down(value)) for count, row in curve.rows.items() if (value := row.median(name))]
        if line:
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
            parts.append(f'<path class="c{number}{" dashed" if place else ""}" d="M{path}"/>')
    parts += _names_at_end(measured[0], generators, right, down)
    return _drawing(bottom + 50, title, parts)


def _names_at_end(curve: Curve, generators: Sequence[str], right: float, down: Callable[[float], float]) -> Iterator[str]:
    """The generators' names where their lines end, each below the one before where they would cover one another."""
    last = curve.rows[max(curve.rows)]
    ends = sorted((down(value), number, name) for number, name in enumerate(generators) if (value := last.median(name)))
    free = 0.0
    for y, number, name in ends:
        free = max(y + 4, free + 16)
        yield _text(right + 10, free, name, f"name c{number}")


def _powers(low: float, high: float) -> Iterator[float]:
    while low <= high * 1.001:
        yield low
        low *= 10


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    of_kind = f' class="{kind}"' if kind else ""
    return f'<text{of_kind} x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _drawing(height: float, title: str, parts: Sequence[str]) -> str:
    lines = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n{lines}\n</svg>\n"
    )
