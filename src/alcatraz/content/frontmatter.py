"""Front matter as text: found at the top of a post, split from its body, and read into plain values.

Two forms are understood: YAML between two lines of `---`, and Pelican's own headers (`Title: …` lines up to the first
empty one). What the values may be is schema.py's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from alcatraz.errors import ContentError

__all__ = ["Header", "given_twice", "split", "switched"]

FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(?:[ \t]+(.*)|[ \t]*)$")
CONTINUATION = re.compile(r"(?: {4}|\t)[ \t]*(\S.*)$")

# In Pelican's headers every value is text; these keys hold several, parted by commas or semicolons.
LISTS = frozenset({"aliases", "authors", "categories", "tags"})
SWITCHES = frozenset({"draft", "math", "toc", "unlisted"})
SWITCHED = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Header:
    """The values at the top of a post.

    `lines` gives the line of each key (from 1); `body_line` is the line on which the body begins; `plain` says that
    the header had Pelican's form, in which naive dates are lawful.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body_line: int = 1
    plain: bool = False


class _Loader(yaml.CSafeLoader):
    """YAML in which only true, false and null are more than text.

    YAML 1.1 reads `no` as false (the language Norwegian), `12:30` as 750 and `2024-05-01` as a date in no time zone.
    No key of ours is a number, so text stays what the author typed.
    """


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])


def split(text: str) -> tuple[Header, str]:
    """Parts a post into its header and its body. `text` has newlines alone at its line ends, and no byte order mark."""
    if opening := FENCE.match(text):
        return _split_yaml(text, opening.end())
    first, _, _ = text.partition("\n")
    if first.rstrip() == "+++":
        raise ContentError(
            "the front matter is TOML, as Hugo has it, and YAML is what is read here",
            rule="front-matter",
            line=1,
            remedy="write `---` for both lines `+++`, and `key: value` for `key = 'value'`: `title: Trams`, `tags: [lisbon, trams]`",
        )
    if FIELD.match(first):
        return _split_plain(text)
    raise ContentError(
        "the post has no front matter",
        rule="front-matter",
        line=1,
        remedy="begin it with a line `---`, then `title: …` and `date: …`, then `---`",
    )


def _split_yaml(text: str, start: int) -> tuple[Header, str]:
    closing = FENCE_END.search(text, start)
    if closing is None:
        raise ContentError("the front matter has no end", rule="front-matter", line=1, remedy="put a line `---` after its last key")
    body_line = text.count("\n", 0, closing.end()) + 1
    values, lines = _load(text[start : closing.start()])
    return Header(values, lines, body_line), text[closing.end() :]


def _load(source: str) -> tuple[dict[str, Any], dict[str, int]]:
    loader = _Loader(source)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            raise ContentError(
                "the front matter is not a list of `key: value` lines", rule="front-matter", line=2, remedy="write `title: …`"
            )
        lines: dict[str, int] = {}
        values: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 2  # one for the opening fence, one because marks count from 0
            if not isinstance(key, yaml.ScalarNode):
                raise ContentError("a key of the front matter must be a word", rule="front-matter", line=line, remedy="write `key: value`")
            name = key.value  # its text, also where YAML would have it be true or null
            if name in lines:
                raise given_twice(name, lines[name], line)
            lines[name] = line
            values[name] = loader.construct_object(value, deep=True)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        remedy = 'values with a colon, a quote or a leading mark want quotes: `title: "Nix: a tour"`'
        if mark and source.split("\n")[mark.line][: mark.column + 1].strip(" ") == "\t":
            problem, remedy = "the line is indented by a tab, and YAML wants spaces", "write two spaces for the tab"
        raise ContentError(
            f"the front matter is not YAML: {problem}", rule="front-matter", line=mark.line + 2 if mark else 1, remedy=remedy
        ) from error
    finally:
        loader.dispose()
    return values, lines


def _split_plain(text: str) -> tuple[Header, str]:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    name = ""
    end = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            break
        if more := CONTINUATION.match(line):
            values[name] = f"{values[name]}\n{more[1]}" if values[name] else more[1]
        elif found := FIELD.match(line):
            name = found[1].lower()
            if name in lines:
                raise given_twice(name, lines[name], number)
            values[name], lines[name] = (found[2] or "").strip(), number
        else:
            raise ContentError(
                f"{line.strip()!r} is not a `Key: value` line",
                rule="front-matter",
                line=number,
                remedy="end the header with an empty line",
            )
        end = number
    body = "\n".join(text.split("\n")[end:])
    return Header({key: _plain_value(key, value) for key, value in values.items()}, lines, end + 1, plain=True), body


def _plain_value(key: str, value: str) -> Any:
    if key in LISTS:
        return [part for part in (part.strip() for part in re.split(";" if ";" in value else ",", value)) if part]
    if key in SWITCHES:
        switch = switched(value)
        return value if switch is None else switch
    return value


def given_twice(key: str, first: int, line: int) -> ContentError:
    """The error for a key on `line` that stands on the line `first` too: nobody knows which of the two is meant."""
    return ContentError(f"`{key}` is given twice, first on line {first}", rule="front-matter", line=line, remedy="keep one of the two")


def switched(value: object) -> bool | None:
    """What a switch says where every value is text; None where it says neither true nor false."""
    return value if isinstance(value, bool) else SWITCHED.get(str(value).strip().lower())
