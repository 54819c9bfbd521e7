"""Start tags, wherever an author may write one: read and changed as HTML has them, not as one writer of HTML does.

Every step after pyromark finds its elements with this, since raw HTML in a post is lawful in all of its forms: single
quotes or none, upper case, `>` in a value. Source: https://html.spec.whatwg.org/multipage/parsing.html#tokenization
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["INSIDE", "Attribute", "StartTag", "closing", "each_start_tag", "identifiers", "outside", "srcset", "walk"]

# What stands between a tag's name and its `>`. A quote counts only where a value begins. The repeats are possessive and
# whatever is never closed ends with the text, so that no text is read twice.
INSIDE = r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?)*+"""
COMMENT = r"<!--.*?(?:-->|\Z)"
UNREAD = r"<(?P<unread>{})(?=[\s/>])(?:.*?</(?P=unread)\b|.*+)"
TAG = rf"(?P<name>[a-z][a-z0-9-]*+)(?P<inside>{INSIDE})(?P<closed>>?)"
# A well-formed tag with no `<` in it, so that a search for tags finds the same whether it reads on behind its `<` or its `>`.
PLAIN = r"""[a-z][a-z0-9-]*+(?:\s++{}[^\s"'<>/=]++(?:=(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=]++))?)*+\s*+/?>"""
FLAGS = re.DOTALL | re.IGNORECASE
ATTRIBUTE = re.compile(r"""(\s*+)([^\s"'<>/=]++)(?:(\s*+=\s*+)("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
CANDIDATE = re.compile(r"[\s,]*+(\S++)([^,]*+)")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its name in lower case, its value as a browser reads it, and all of it as it is written."""

    name: str
    value: str
    written: str


@dataclass(frozen=True, slots=True)
class StartTag:
    """A start tag: its name as written, and what follows up to its `>`."""

    written_name: str
    inside: str

    @property
    def name(self) -> str:
        """The element's name, in lower case."""
        return self.written_name.lower()

    @property
    def attributes(self) -> list[Attribute]:
        """Its attributes, in order."""
        return [Attribute(found[2].lower(), _value(found[4]), found[0].strip()) for found in ATTRIBUTE.finditer(self.inside)]

    def get(self, name: str) -> str | None:
        """The value of an attribute; None where there is none. Of two with one name the first counts, as in browsers."""
        return next((attribute.value for attribute in self.attributes if attribute.name == name), None)

    def changed(self, change: Callable[[str, str], str | None]) -> StartTag:
        """The tag with each value replaced by `change(name, value)`; None takes the attribute out, the same leaves its form."""

        def replace(found: re.Match[str]) -> str:
            if found[4] is None:
                return found[0]
            value = _value(found[4])
            new = change(found[2].lower(), value)
            if new is None:
                return ""
            return found[0] if new == value else f'{found[1]}{found[2]}{found[3]}"{escape(new)}"'

        return StartTag(self.written_name, ATTRIBUTE.sub(replace, self.inside))

    def after(self, name: str, text: str) -> StartTag:
        """The tag with `text` put behind its attribute `name`."""
        for found in ATTRIBUTE.finditer(self.inside):
            if found[2].lower() == name:
                return StartTag(self.written_name, self.inside[: found.end()] + text + self.inside[found.end() :])
        return self

    def __str__(self) -> str:
        return f"<{self.written_name}{self.inside}>"


@functools.cache
def _tags(names: tuple[str, ...] = (), attributes: tuple[str, ...] = (), *, into_pre: bool = False) -> re.Pattern[str]:
    """A pattern for tags, and for what they are not looked for in, which has no `name`.

    With `names` or `attributes` it passes over plain tags that have none of them: they are most of a page, and what is done
    in Python for each tag takes far longer than the search itself.
    """
    unread = UNREAD.format("script|style" if into_pre else "script|style|pre")
    other = rf"(?!(?:{'|'.join(names)})(?![a-z0-9-]))" if names else ""
    lacking = rf"(?!(?:{'|'.join(attributes)})\b)" if attributes else ""
    no_matter = f"(?!{other}{PLAIN.format(lacking)})" if names or attributes else ""
    return re.compile(f"{COMMENT}|{unread}|<(?P<end>/?){no_matter}{TAG}", FLAGS)


def each_start_tag(
    html: str,
    change: Callable[[StartTag], str | StartTag],
    *,
    names: tuple[str, ...] = (),
    attributes: tuple[str, ...] = (),
    into_pre: bool = False,
) -> str:
    """`html` with each start tag replaced by what `change` gives for it.

    `names` or `attributes` say which elements `change` is about: it is asked about all of them, and about few others.
    Comments, scripts and style sheets stay as they are, to the byte, and so does `<pre>` unless `into_pre` is set.
    """

    def replace(found: re.Match[str]) -> str:
        if not found["name"] or found["end"] or not found["closed"]:
            return found[0]
        return str(change(StartTag(found["name"], found["inside"])))

    return _tags(names, attributes, into_pre=into_pre).sub(replace, html)


def walk(html: str, names: tuple[str, ...], start: int = 0) -> Iterator[re.Match[str]]:
    """The tags from `start` on that each_start_tag would come to, end tags too: groups `end` ("/" or ""), `name`, `inside`."""
    return (found for found in _tags(names).finditer(html, start) if found["name"] and found["closed"])


def closing(html: str, tag: str, start: int) -> int:
    """Where the end tag stands that closes the element `tag` whose content begins at `start`; the end where none does."""
    depth = 1
    for found in walk(html, (tag,), start):
        if found["name"].lower() == tag:
            depth += -1 if found["end"] else 1
            if not depth:
                return found.start()
    return len(html)


def identifiers(html: str) -> set[str]:
    """Every `id` in `html`."""
    found = _tags(attributes=("id",), into_pre=True).finditer(html)
    tags = (StartTag(tag["name"], tag["inside"]) for tag in found if tag["name"] and not tag["end"])
    return {value for tag in tags if "id" in tag.inside.lower() and (value := tag.get("id"))}


def outside(pattern: str) -> re.Pattern[str]:
    """A pattern for markup of a known form, which steps over comments, scripts, style sheets and `<pre>`.

    A match of those has the group `skipped`, and is to be left as it is.
    """
    return re.compile(rf"(?P<skipped>{COMMENT}|{UNREAD.format('script|style|pre')})|(?:{pattern})", FLAGS)


def srcset(value: str, change: Callable[[str], str | None]) -> str:
    """A srcset with each address replaced; None takes the candidate out.

    A candidate is an address up to white space, then a width or density up to a comma.
    Source: https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
    """
    candidates = []
    position = 0
    while match := CANDIDATE.match(value, position):
        url, descriptor = match.groups()
        if url.endswith(","):  # no descriptor: what follows is the next candidate
            url, descriptor, position = url.rstrip(","), "", match.end(1)
        else:
            position = match.end()
        if (new := change(url)) is not None:
            candidates.append(f"{new} {descriptor.strip()}".rstrip())
    return ", ".join(candidates)


def _value(written: str | None) -> str:
    if written is None:
        return ""
    return unescape(written[1:-1] if written[0] in "\"'" else written)
