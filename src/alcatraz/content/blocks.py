"""Small repairs to blocks, so that they can be styled without script and read aloud: alerts, tables, task lists."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from alcatraz.content.tags import outside, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ALERTS", "set_blocks"]

ALERTS = ("note", "tip", "important", "warning", "caution")

# Only what pyromark writes: an author's own table or style is the author's.
ALERT = re.compile(rf'<blockquote class="markdown-alert-({"|".join(ALERTS)})">')
TABLE = outside(r"<table><thead>(?P<inside>(?:(?!<table[\s>]).)*?)</table>")
TASK = outside(r'<li>(?P<loose>\n<p>)?<input disabled="" type="checkbox"(?P<done> checked="")?/>\n?')
ALIGN = re.compile(r'(<t[hd]) style="text-align: (left|center|right)">')


def set_blocks(html: str, words: Mapping[str, Any]) -> str:
    """Names alerts, labels task boxes, and lets wide tables scroll; leaves no inline style of Markdown's behind."""
    if "markdown-alert-" in html:
        html = _name_alerts(html, words)
    if "<table><thead>" in html:
        html = TABLE.sub(partial(_table, words["table"]), html)
    if 'type="checkbox"' in html:
        html = TASK.sub(partial(_task, words), html)
    return html


def _name_alerts(html: str, words: Mapping[str, Any]) -> str:
    """Quotations nest, so each alert ends where its own quotation does; one pass, however deep they go."""
    open_: list[tuple[int, int, str]] = []  # where each start tag stands, and the kind of the alert, "" for a quotation
    changes: list[tuple[int, int, str]] = []
    for tag in walk(html, ("blockquote",)):
        if tag["name"].lower() != "blockquote":
            continue
        if not tag["end"]:
            alert = ALERT.fullmatch(tag[0])
            open_.append((*tag.span(), alert[1] if alert else ""))
        elif open_:
            start, end, kind = open_.pop()
            if kind:
                name = words[f"alert_{kind}"]
                title = f'<aside class="alert {kind}" aria-label="{name}">\n<p class="alert-title">{name}</p>'
                changes += [(start, end, title), (*tag.span(), "</aside>")]
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(changes):
        parts += (html[position:start], new)
        position = end
    return "".join(parts) + html[position:]


def _table(name: str, found: re.Match[str]) -> str:
    if found["skipped"]:
        return found[0]
    inside = ALIGN.sub(r'\1 class="\2">', found["inside"])
    return f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table><thead>{inside}</table></div>'


def _task(words: Mapping[str, Any], found: re.Match[str]) -> str:
    if found["skipped"]:
        return found[0]
    checked, label = (' checked=""', words["task_done"]) if found["done"] else ("", words["task_open"])
    return f'<li class="task">{found["loose"] or ""}<input type="checkbox" disabled=""{checked} aria-label="{label}"> '
