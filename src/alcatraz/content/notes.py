"""Footnotes: numbered by their first mention, gathered at the end, each with a way back.

The style sheet puts them beside the text where the window is wide; the markup is that of DPUB-ARIA 1.1
(https://www.w3.org/TR/dpub-aria-1.1/).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from alcatraz.content.tags import closing
from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from alcatraz.content.source import Source

__all__ = ["NOTEREF", "faulty_notes", "gather_notes"]

REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">(\d+)</a></sup>')
DEFINITION = re.compile(r'<div class="footnote-definition" id="([^"]*)"><sup class="footnote-definition-label">(\d+)</sup>\n?')
NOTEREF = re.compile(r'<sup class="noteref".*?(?:</sup>|\Z)', re.DOTALL)  # as written below


def gather_notes(html: str, words: Mapping[str, Any]) -> tuple[str, bool]:
    """Moves the notes that are mentioned to the end; tells whether there are any."""
    if 'class="footnote-' not in html:
        return html, False
    body, notes = _take_definitions(html)
    order: dict[str, int] = {}  # note -> its number
    mentions: dict[str, int] = {}

    def refer(found: re.Match[str]) -> str:
        name = found[1].casefold()
        if name not in notes:
            return found[0]
        number = order.setdefault(name, len(order) + 1)
        mentions[name] = mentions.get(name, 0) + 1
        again = f"-{mentions[name]}" if mentions[name] > 1 else ""
        return f'<sup class="noteref" id="fnref-{number}{again}"><a href="#fn-{number}" role="doc-noteref">{number}</a></sup>'

    body = REFERENCE.sub(refer, body)
    # A note may mention another one: its number comes after those of the text.
    items: list[str] = []
    written: set[str] = set()
    while pending := [name for name in order if name not in written]:
        for name in pending:
            written.add(name)
            items.append(_note(order[name], REFERENCE.sub(refer, notes[name]), words["note_back"]))
    if not items:
        return body, False
    section = f'<section class="footnotes" role="doc-endnotes" aria-label="{words["notes"]}">\n<ol>\n{"".join(items)}</ol>\n</section>\n'
    return body + section, True


def _note(number: int, content: str, way_back: str) -> str:
    back = f' <a class="backref" href="#fnref-{number}" role="doc-backlink" aria-label="{way_back}">↩</a>'
    content = content.strip()
    if content.endswith("</p>"):
        content = content.removesuffix("</p>") + back + "</p>"
    else:
        content += f"<p>{back.strip()}</p>"
    return f'<li id="fn-{number}" class="footnote">{content}</li>\n'


def _take_definitions(html: str) -> tuple[str, dict[str, str]]:
    notes: dict[str, str] = {}
    kept: list[str] = []
    position = 0
    while opening := DEFINITION.search(html, position):
        kept.append(html[position : opening.start()])
        end = closing(html, "div", opening.end())
        notes.setdefault(opening[1].casefold(), html[opening.end() : end])
        position = end + len("</div>\n")
    kept.append(html[position:])
    return "".join(kept), notes


def faulty_notes(source: Source, path: str) -> Iterator[Finding]:
    """Notes that no reader comes to, and mentions that lead to none."""
    if "[^" not in source.body:
        return
    defined: dict[str, tuple[str, int]] = {}
    mentions: dict[str, list[str]] = {}  # where a mention stands ("" in the text, else the note) -> what it mentions
    for kind, name, line, within in source.notes():
        key = name.casefold()
        if kind == "mention":
            mentions.setdefault(within.casefold(), []).append(key)
        elif kind == "unknown":
            message = f"the note [^{name}] is mentioned, and not written"
            yield Finding(path, line, "footnote", message, f"write it, `[^{name}]: …`, or begin with a backslash: `\\[^{name}]`")
        elif key in defined:
            message = f"the note [^{name}] is written a second time; only the one on line {defined[key][1]} is shown"
            yield Finding(path, line, "footnote", message, "give it another name")
        else:
            defined[key] = (name, line)
    reached: set[str] = set()
    pending = list(mentions.get("", ()))
    while pending:
        key = pending.pop()
        if key not in reached:
            reached.add(key)
            pending += mentions.get(key, ())
    for key, (name, line) in defined.items():
        if key not in reached:
            message = f"the note [^{name}] is mentioned nowhere, so it is not shown"
            yield Finding(path, line, "footnote", message, f"mention it, `[^{name}]`, or take it out")
