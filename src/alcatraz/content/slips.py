"""Slips of the pen: what was meant as Markdown and is none, so that readers would see its marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alcatraz.content.blocks import ALERTS
from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alcatraz.content.source import Source

__all__ = ["slips"]

# A target with a space in it that is neither in angle brackets nor before a title: CommonMark 0.31.2, section 6.3.
SPACED = re.compile(
    r"""(?<!\\)(!?)\[[^\[\]\n]*\]\([ \t]*([^\s<>()"'][^\s<>()]*(?:[ \t]+[^\s<>()"'][^\s<>()]*)+)(?:[ \t]+["'][^\n]*?["'])?[ \t]*\)"""
)
# What stands in every such text before its code is made blank: a target with a space, or with code in it.
PERHAPS_SPACED = re.compile(r"""\]\((?:[ \t]*[^\s<>()"'][^\s<>()]*[ \t]+[^\s<>()"']|[^)\n]*`)""")
# Attributes as other programs have them, right behind a link or a picture: `{target=_blank}`, `{.wide}`, `{: #id}`.
BRACED = re.compile(r"\]\((?:<[^<>\n]*>|[^()\n]*)\)(\{(?:[.#:]|[\w-]+=)[^{}\n]*\})")
ALERT = re.compile(r"^[ \t]*(?:>[ \t]*)+\[!([A-Za-z]+)\]([^\n]*)", re.MULTILINE)


def slips(source: Source, path: str) -> Iterator[Finding]:
    """A finding for each target with a space, for attributes in braces, and for each alert that is none."""
    spaced, braced, alert = PERHAPS_SPACED.search(source.body), "){" in source.body, "[!" in source.body
    if not (spaced or braced or alert):
        return
    text = source.without_code()
    for found in SPACED.finditer(text) if spaced else ():
        what = "picture" if found[1] else "link"
        message = f"the target {found[2]} has a space, so this is no {what}"
        yield Finding(path, _line(source, text, found), "link", message, f"put it in angle brackets, `(<{found[2]}>)`, or rename the file")
    for found in BRACED.finditer(text) if braced else ():
        message = f"`{found[1]}` says nothing here, so it is shown as it stands"
        yield Finding(path, _line(source, text, found), "link", message, "take it out, or write the link or picture in HTML")
    for found in ALERT.finditer(text) if alert else ():
        if found[1].lower() not in ALERTS:
            message = f"there is no alert `[!{found[1]}]`, so it is shown as a quotation"
            yield Finding(path, _line(source, text, found), "alert", message, f"the kinds are {', '.join(map(str.upper, ALERTS))}")
        elif found[2].strip():
            message = f"`[!{found[1]}]` has words behind it, so it is shown as a quotation"
            yield Finding(path, _line(source, text, found), "alert", message, f"begin them on the next line: `>{found[2].rstrip()}`")


def _line(source: Source, text: str, found: re.Match[str]) -> int:
    return source.line(len(text[: found.start()].encode()))
