"""JSON on the standard input, the same as TOML on the standard output: Python reads TOML, and does not write it."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def key(name: str) -> str:
    """A key, in quotes where it must be."""
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else json.dumps(name)


def inline(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key(name)} = {inline(inner)}" for name, inner in value.items()) + " }" if value else "{ }"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    if value is None:
        sys.exit("TOML has no null: leave the key out")
    # DEL is a control character in TOML, and none in JSON.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def tables(value: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """What stands in a table, and then the tables below it."""
    lines = [f"{key(name)} = {inline(inner)}" for name, inner in value.items() if not isinstance(inner, dict)]
    if path and (lines or not value):
        yield "\n".join([f"[{'.'.join(map(key, path))}]", *lines, ""])
    elif lines:
        yield "\n".join([*lines, ""])
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from tables(inner, (*path, name))


sys.stdout.write("\n".join(tables(json.load(sys.stdin))))
