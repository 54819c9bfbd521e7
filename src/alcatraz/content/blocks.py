"""Small repairs to blocks, so that they can be styled without script and read aloud: alerts, tables, task lists."""

from __future__ import annotations

import re

__all__ = ["set_blocks"]

ALERT = re.compile(r'<blockquote class="markdown-alert-(note|tip|important|warning|caution)">\n(.*?)</blockquote>', re.DOTALL)
TASK = re.compile(r'<li><input disabled="" type="checkbox"( checked="")?/>\n?')
ALIGN = re.compile(r' style="text-align: (left|center|right)"')


def set_blocks(html: str) -> str:
    """Names alerts, labels task boxes, and lets wide tables scroll; leaves no inline style behind."""
    if "markdown-alert-" in html:
        html = ALERT.sub(_alert, html)
    if "<table" in html:
        html = html.replace("<table>", '<div class="table" role="region" aria-label="Table" tabindex="0"><table>')
        html = html.replace("</table>", "</table></div>")
        html = ALIGN.sub(r' class="\1"', html)
    if 'type="checkbox"' in html:
        html = TASK.sub(_task, html)
    return html


def _alert(found: re.Match[str]) -> str:
    kind = found[1]
    name = kind.capitalize()
    return f'<aside class="alert {kind}" aria-label="{name}">\n<p class="alert-title">{name}</p>\n{found[2]}</aside>'


def _task(found: re.Match[str]) -> str:
    checked, label = (' checked=""', "done") if found[1] else ("", "to do")
    return f'<li class="task"><input type="checkbox" disabled=""{checked} aria-label="{label}"> '
