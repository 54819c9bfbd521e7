"""The targets of links between posts, in the form that content/links.py gives them: found in the HTML, changed, taken out."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from alcatraz.content.links import TARGETS
from alcatraz.content.tags import each_start_tag, srcset

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from alcatraz.content.tags import StartTag

__all__ = ["FORM", "path_of", "retarget", "retargeted", "without"]

FORM = re.compile(r"\{(?:filename|static)\}/([^?#]*)(.*)", re.DOTALL)


def retargeted(html: str, change: Callable[[str], str | None]) -> str:
    """The HTML with each target that has our form replaced by `change(target)`; None takes it out."""
    return each_start_tag(html, lambda tag: retarget(tag, change), names=tuple(TARGETS))


def retarget(tag: StartTag, change: Callable[[str], str | None]) -> StartTag:
    """One start tag, changed as in retargeted."""
    if "{" not in tag.inside or not (names := TARGETS.get(tag.name)):
        return tag

    def target(url: str) -> str | None:
        return change(url) if FORM.fullmatch(url) else url

    def attribute(name: str, value: str) -> str | None:
        if name not in names:
            return value
        return (srcset(value, target) or None) if name == "srcset" else target(value)

    return tag.changed(attribute)


def path_of(target: str) -> str | None:
    """The file that a target in our form means, relative to the content folder; None for any other target."""
    found = FORM.fullmatch(target)
    return unquote(found[1]) if found else None


def without(html: str, gone: AbstractSet[str]) -> str:
    """The HTML with links that lead nowhere turned into their text, and missing pictures into their words."""

    def picture(tag: StartTag) -> StartTag | str:
        if tag.name == "img" and path_of(tag.get("src") or "") in gone:
            return f'<span class="missing">{escape(tag.get("alt") or "", quote=False)}</span>'
        return tag

    return retargeted(each_start_tag(html, picture, names=("img",)), lambda target: None if path_of(target) in gone else target)
