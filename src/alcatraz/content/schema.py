"""What front matter may say: the keys, their kinds, and a helpful word when one is wrong."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from alcatraz.content.dates import parse_date
from alcatraz.content.labels import LABELS
from alcatraz.errors import ContentError

if TYPE_CHECKING:
    from datetime import datetime

    from alcatraz.content.frontmatter import Header

__all__ = ["FrontMatter", "validate"]


class FrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The front matter of a post or a page, as written; dates are still text."""

    title: str
    date: str | None = None
    modified: str | None = None
    slug: str | None = None
    categories: list[str] = msgspec.field(default_factory=list)
    tags: list[str] = msgspec.field(default_factory=list)
    authors: list[str] = msgspec.field(default_factory=list)
    description: str = ""
    image: str | None = None
    lang: str | None = None
    label: str | None = None
    draft: bool = False
    unlisted: bool = False
    aliases: list[str] = msgspec.field(default_factory=list)
    math: bool = False
    toc: bool = False
    series: str | None = None
    template: str | None = None
    reader: str | None = None


READERS = ("pyromark", "python-markdown")
KEYS = FrontMatter.__struct_fields__

# Other words for a key: Pelican's, and the ones that people bring from elsewhere.
SINGULAR = {"category": "categories", "author": "authors"}
RENAMED = {"summary": "description"}
STATUS = {"published": {}, "draft": {"draft": True}, "hidden": {"unlisted": True}}
MEANT = {
    "image_alt": "image",
    "lastmod": "modified",
    "updated": "modified",
    "keywords": "tags",
    "language": "lang",
    "layout": "template",
    "type": "template",
    "subtitle": "description",
    "url": "slug",
    "permalink": "slug",
    "status": "draft",
    "published": "draft",
    "hidden": "unlisted",
    "redirect_from": "aliases",
}

KINDS = {
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a set of keys",
    "null": "empty",
    "int": "a number",
    "float": "a number",
}
EXAMPLES = {"str": "…", "array": "[one, two]", "bool": "true"}
WRONG_KIND = re.compile(r"Expected `([\w| ]+)`, got `(\w+)`(?: - at `\$\.(\w+)(\[[^\]]*\])?`)?")


def validate(header: Header) -> FrontMatter:
    """The header as front matter. Raises ContentError with the key's line where a key is unknown or of the wrong kind."""
    values = _in_our_words(header)
    for key in values:
        if key not in KEYS:
            raise _unknown(key, header.lines[key])
    if not values.get("title"):
        raise ContentError(
            "the post has no title", rule="front-matter", line=header.lines.get("title", 1), remedy="add `title: …` to its front matter"
        )
    try:
        front = msgspec.convert(values, FrontMatter)
    except msgspec.ValidationError as error:
        raise _wrong_kind(str(error), header) from None
    for key, choices in (("label", tuple(LABELS)), ("reader", READERS)):
        value = getattr(front, key)
        if value is not None and value not in choices:
            raise ContentError(
                f"`{key}` is {value!r}, and may be: {', '.join(choices)}",
                rule="front-matter",
                line=header.lines[key],
                remedy=f"write `{key}: {choices[0]}` or leave it out" if key == "reader" else "say who wrote the post",
            )
    return front


def date_of(front: FrontMatter, key: Literal["date", "modified"], header: Header, zone: str) -> datetime | None:
    """The moment that a date key names, or None where it is not given."""
    text: str | None = getattr(front, key)
    if text is None:
        return None
    return parse_date(text, zone, key=key, line=header.lines[key], naive=header.plain)


def _in_our_words(header: Header) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in header.values.items():
        if key in SINGULAR and isinstance(value, str):
            values[SINGULAR[key]] = [value]
            header.lines.setdefault(SINGULAR[key], header.lines[key])
        elif key in RENAMED:
            values[RENAMED[key]] = value
            header.lines.setdefault(RENAMED[key], header.lines[key])
        elif key == "status" and header.plain and value in STATUS:
            values.update(STATUS[value])
        elif value is not None:  # `key:` with nothing after it says nothing
            values[key] = value
    if isinstance(values.get("description"), str):
        values["description"] = " ".join(values["description"].split())
    return values


def _unknown(key: str, line: int) -> ContentError:
    close = MEANT.get(key.lower()) or next(iter(difflib.get_close_matches(key.lower(), KEYS, n=1, cutoff=0.6)), None)
    remedy = f"did you mean `{close}`?" if close else f"the keys are: {', '.join(sorted(KEYS))}"
    return ContentError(f"the key `{key}` is unknown", rule="front-matter", line=line, remedy=remedy)


def _wrong_kind(message: str, header: Header) -> ContentError:
    if not (found := WRONG_KIND.search(message)):
        return ContentError(message, rule="front-matter", line=1, remedy="docs/writing.md shows each key")
    expected, got, key, item = found.groups()
    expected = expected.split(" | ")[0]
    whole = "array" if item else expected
    what = f"an item of `{key}`" if item else f"`{key}`"
    return ContentError(
        f"{what} must be {KINDS.get(expected, expected)}, and is {KINDS.get(got, got)}",
        rule="front-matter",
        line=header.lines.get(key or "", 1),
        remedy=f"write `{key}: {EXAMPLES.get(whole, '…')}`",
    )
