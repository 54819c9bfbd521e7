"""What front matter may say: the keys, their kinds, and a helpful word when one is wrong."""

from __future__ import annotations

import difflib
import re
from datetime import datetime  # noqa: TC003 (msgspec reads it)
from typing import TYPE_CHECKING, Any

import msgspec

from alcatraz.content.addresses import slug_fault
from alcatraz.content.dates import parse_date
from alcatraz.content.labels import LABELS
from alcatraz.content.visibility import DECIDING, unknown_status
from alcatraz.errors import ContentError
from alcatraz.language_tags import lang_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from alcatraz.content.frontmatter import Header

__all__ = ["FrontMatter", "hold", "unknown_choice", "validate"]


class FrontMatter(msgspec.Struct, frozen=True):
    """The front matter of a post or a page; dates are moments, with an offset."""

    title: str
    date: datetime | None = None
    modified: datetime | None = None
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


KEYS = FrontMatter.__struct_fields__
KINDS_OF = {field.name: field.type for field in msgspec.structs.fields(FrontMatter)}
DATES = frozenset({"date", "modified"})
CHOICES = {"label": LABELS, "reader": ("pyromark", "python-markdown")}

# Other words for a key: Pelican's, and the ones that people bring from elsewhere.
SINGULAR = {"category": "categories", "author": "authors"}
RENAMED = {"summary": "description"}
# What Pelican understands beside our keys: https://docs.getpelican.com/en/stable/content.html#file-metadata
PELICANS = frozenset({"date_format", "keywords", "save_as", "status", "timezone", "translation", "url"})
# What is one word or one text, and is nothing where it is several. Who may see a post is looked at in visibility.py.
SINGLE = ({key for key, kind in KINDS_OF.items() if kind != list[str]} | PELICANS | {"categories"}) - {"keywords", *DECIDING}
STATUS = {"published": {}, "draft": {"draft": True}, "hidden": {"unlisted": True}, "skip": {"draft": True}}
INSTEAD_OF_STATUS = {
    "draft": "write `draft: true`",
    "skip": "write `draft: true`",
    "hidden": "write `unlisted: true`",
    "published": "leave it out: a post is published unless it says `draft: true`",
}
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
WRONG_KIND = re.compile(r"Expected `([\w| ]+)`, got `(\w+)`(?: - at `\$(\[[^\]]*\])`)?")


def validate(header: Header, settings: Mapping[str, Any]) -> tuple[FrontMatter, list[ContentError]]:
    """What the header says as far as it can be understood, and everything that is wrong with it, each with its line."""
    values, lines, errors = _in_our_words(header)
    errors += [_unknown(key, values[key], lines[key]) for key in values if key not in KEYS]
    understood: dict[str, Any] = {}
    for key in values.keys() & set(KEYS):
        try:
            understood[key] = _understand(key, values[key], lines[key], settings, naive=header.plain)
        except ContentError as error:
            errors.append(error)
    if isinstance(title := values.get("title", ""), str) and not title.strip():
        errors.append(
            ContentError(
                "the post has no title", rule="front-matter", line=lines.get("title", 1), remedy="add `title: …` to its front matter"
            )
        )
    return FrontMatter(**{"title": "", **understood}), sorted(errors, key=lambda error: error.line)


def hold(metadata: Mapping[str, Any], lines: Mapping[str, int], also: Collection[str]) -> list[ContentError]:
    """What is wrong with metadata that a reader of Pelican's has read: a key nobody knows, two values for one, a label there is not.

    `lines` are those of its keys; `also` are keys that are lawful in this format or this blog.
    """
    lawful = {*KEYS, *SINGULAR, *RENAMED, *PELICANS, *also}
    wrong = [_unknown(key, metadata[key], lines.get(key, 0), lawful) for key in metadata if key not in lawful]
    for error in wrong:
        error.remedy = f"{error.remedy} (one that a plugin reads is to be named in DEFAULT_METADATA)"
    several = [key for key, value in metadata.items() if key in SINGLE and isinstance(value, list) and len(value) > 1]
    wrong += [_several(key, metadata[key], lines.get(key, 0)) for key in several]
    label = metadata.get("label")
    if label is not None and label not in tuple(LABELS) and "label" not in several:
        wrong.append(unknown_choice("label", label, lines.get("label", 0)))
    return wrong


def _in_our_words(header: Header) -> tuple[dict[str, Any], dict[str, int], list[ContentError]]:
    """The values and their lines by the names of our keys, and an error for each key that is given by two names."""
    values: dict[str, Any] = {}
    lines = dict(header.lines)
    errors = []
    for key, value in header.values.items():
        name = key
        if (key in SINGULAR and isinstance(value, str)) or key in RENAMED:
            name = SINGULAR.get(key) or RENAMED[key]
        if name != key and name in header.values:
            errors.append(
                ContentError(
                    f"`{key}` and `{name}` say the same thing twice",
                    rule="front-matter",
                    line=lines[key],
                    remedy=f"keep one of the two, best `{name}`",
                )
            )
        elif key == "status" and header.plain:
            if (status := value.strip().lower()) in STATUS:
                values.update(STATUS[status])
                lines.update(dict.fromkeys(STATUS[status], lines[key]))
            else:
                errors.append(unknown_status(value, lines[key]))
        elif value is not None or key in {"draft", "unlisted"}:  # `key:` with nothing after it says nothing, or too little
            values[name] = [value] if key in SINGULAR and name != key else value
            lines[name] = lines[key]
    if isinstance(values.get("description"), str):
        values["description"] = " ".join(values["description"].split())
    return values, lines, errors


def _understand(key: str, value: Any, line: int, settings: Mapping[str, Any], *, naive: bool) -> Any:
    """One value in its kind. Raises ContentError."""
    try:
        value = msgspec.convert(value, str if key in DATES else KINDS_OF[key])
    except msgspec.ValidationError as error:
        raise _wrong_kind(key, str(error), line) from None
    if key in DATES:
        return parse_date(value, settings["TIMEZONE"], key=key, line=line, naive=naive)
    if key in CHOICES and value not in CHOICES[key]:
        raise unknown_choice(key, value, line)
    fault = slug_fault(value, settings) if key == "slug" else lang_fault(value) if key == "lang" else None
    if fault:
        raise ContentError(fault[0], rule="front-matter", line=line, remedy=fault[1])
    return value


def unknown_choice(key: str, value: object, line: int) -> ContentError:
    """The error for a value that is none of those that its key may have."""
    choices = CHOICES[key]
    return ContentError(
        f"`{key}` is {value!r}, and may be: {', '.join(choices)}",
        rule="front-matter",
        line=line,
        remedy="say who wrote the post" if key == "label" else f"write `{key}: {choices[0]}` or leave it out",
    )


def _several(key: str, values: Sequence[object], line: int) -> ContentError:
    """The error for a key that is given twice, or goes on in a second line, which Pelican's readers take for two values."""
    what = f"`{key}` has {len(values)} values"
    return ContentError(what, rule="front-matter", line=line, remedy="write it once, and in one line")


def _unknown(key: str, value: object, line: int, lawful: Collection[str] = (*KEYS, *SINGULAR, *RENAMED)) -> ContentError:
    meant = MEANT.get(key.lower())
    close = [meant] if meant else [name for keys in (KEYS, sorted(lawful)) for name in difflib.get_close_matches(key.lower(), keys, n=1)]
    remedy = f"did you mean `{close[0]}`?" if close else f"the keys are: {', '.join(sorted(lawful))}"
    if key == "status" and str(value).lower() in INSTEAD_OF_STATUS:
        remedy = INSTEAD_OF_STATUS[str(value).lower()]
    return ContentError(f"the key `{key}` is unknown", rule="front-matter", line=line, remedy=remedy)


def _wrong_kind(key: str, message: str, line: int) -> ContentError:
    if not (found := WRONG_KIND.search(message)):
        return ContentError(message, rule="front-matter", line=line, remedy="docs/writing.md shows each key")
    expected, got, item = found.groups()
    expected = expected.split(" | ")[0]
    whole = "array" if item else expected
    what = f"an item of `{key}`" if item else f"`{key}`"
    return ContentError(
        f"{what} must be {KINDS.get(expected, expected)}, and is {KINDS.get(got, got)}",
        rule="front-matter",
        line=line,
        remedy=f"write `{key}: {EXAMPLES.get(whole, '…')}`",
    )
