"""Shortcodes: Hugo's `{{< figure … >}}`. They are refused, with the native form to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from alcatraz.errors import ContentError

if TYPE_CHECKING:
    from alcatraz.content.source import Source

__all__ = ["refuse_shortcodes"]

# What is inside ends where the shortcode does, or where another begins: so nothing is read twice, closed or not.
# A possessive group would match wrongly before Python 3.11.5 (https://github.com/python/cpython/issues/106052).
SHORTCODE = re.compile(r"\{\{[<%]\s*+(/?)\s*+([A-Za-z][\w./-]*+)((?:(?!/?[>%]\}\}|\{\{[<%]).)*)/?[>%]\}\}", re.DOTALL)
ARGUMENT = re.compile(r'(?:(\w+)=)?(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`|(\S+))')

ALERTS = {"note": "NOTE", "info": "NOTE", "tip": "TIP", "important": "IMPORTANT", "warning": "WARNING", "caution": "CAUTION"}
OF_FIGURES = frozenset({"src", "alt", "title", "caption", "link", "attr", "attrlink"})
OTHERS = {
    "toc": "write `toc: true` in the front matter",
    "highlight": "write a fenced code block: three backticks and the language",
    "youtube": "write a link to the video: [its title](https://…)",
    "vimeo": "write a link to the video: [its title](https://…)",
    "gist": "paste the code into a fenced code block",
}


def refuse_shortcodes(source: Source) -> list[ContentError]:
    """One error for each shortcode outside code; none where there are none."""
    if "{{<" not in source.body and "{{%" not in source.body:
        return []
    text = source.without_code()
    return [
        ContentError(
            f"`{_short(found[0])}` is a shortcode of Hugo's",
            rule="shortcode",
            line=source.line(len(text[: found.start()].encode())),
            remedy=_native(found[2], found[3].strip()),
        )
        for found in SHORTCODE.finditer(text)
        if not found[1]
    ]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:38] + " …"


def _native(name: str, rest: str) -> str:
    named: dict[str, str] = {}
    positional: list[str] = []
    for key, quoted, raw, bare in ARGUMENT.findall(rest):
        value = quoted or raw or bare
        if key:
            named[key] = value
        else:
            positional.append(value)
    if name in {"figure", "image", "img"}:
        dropped = [f"`{key}`" for key in named if key not in OF_FIGURES]
        said = f" (there is no {' and no '.join(dropped)} here)" if dropped else ""
        return f"write{said}\n{figure(named, positional)}"
    if name in {"ref", "relref"} and positional:
        return f"write the path itself: ({positional[0]})"
    if name in ALERTS:
        return f"write\n> [!{ALERTS[name]}]\n> …"
    return OTHERS.get(name, "write it in Markdown or HTML")


def figure(named: dict[str, str], positional: list[str]) -> str:
    """The Markdown of a figure, from the arguments of Hugo's shortcode."""
    target = named.get("src") or (positional[0] if positional else "…")
    title = named.get("title", "")
    image = f"![{named.get('alt', '')}]({target}" + (f' "{title}")' if title else ")")
    if link := named.get("link"):
        image = f"[{image}]({link})"
    lines = [image]
    if caption := named.get("caption"):
        lines.append(f": {caption}")
    if credit := named.get("attr"):
        lines.append(f": Credit: [{credit}]({named['attrlink']})" if "attrlink" in named else f": Credit: {credit}")
    return "\n".join(lines)
