"""Short names for what a build is made by: the engine with all that it calls, and the settings of a blog."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import sys
from datetime import date, datetime, tzinfo
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["OF_ONE_BUILD", "about", "digest", "engine", "name_of_file", "plain"]

LENGTH = 20  # bytes

_encode = msgspec.msgpack.Encoder().encode


def digest(*parts: bytes) -> bytes:
    """A name for some bytes, in order."""
    return hashlib.blake2b(_encode(parts), digest_size=LENGTH).digest()


@functools.cache
def engine() -> bytes:
    """A name for the code that runs: ours, every package that is installed beside it, and Python.

    By its files and not by its version, since an engine that is being worked on keeps its version.
    """
    here = Path(__file__).parent
    parts = [part for path in sorted(map(str, here.rglob("*.py"))) for part in (os.fsencode(path), name_of_file(path))]
    return digest(sys.version.encode(), "\n".join(sorted({*_packages()})).encode(errors="surrogateescape"), *parts)


def _packages() -> Iterator[str]:
    """What tells of the packages that are installed, by its names, which have their versions in them."""
    for folder in filter(None, sys.path):
        with contextlib.suppress(OSError):  # it need not be there, nor be a folder
            yield from (name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 (hundreds)


# What of the settings is about one build, and not about the blog.
OF_ONE_BUILD = frozenset({
    "ASSETS", "CACHE_PATH", "COMPILED", "DOUBTS", "DRAFTS", "IMAGES", "KEYS", "LEDGER", "LOOK", "NOW", "OUTPUT_PATH", "OWN",
    "REMEMBER", "REMEMBER_TEXT", "RENDER", "REVISION", "SINK", "WATCH",
})  # fmt: skip


def about(settings: Mapping[str, Any]) -> bytes:
    """A name for the settings of a blog, wherever it lies. It cannot stand for those that are more than data: whoever has any does not ask."""
    root = f"{settings['ROOT']}{os.sep}"
    named, _ = plain({name: _inside(root, value) for name, value in settings.items() if name not in OF_ONE_BUILD})
    return digest(engine(), named)


def _inside(root: str, value: Any) -> Any:
    """A value with the paths that lead into the blog written from there."""
    if isinstance(value, str | PurePath):
        text = f"{value}{os.sep}"
        return f"{os.sep}{os.curdir}{text.removeprefix(root)}" if text.startswith(root) else value
    if isinstance(value, list | tuple):
        return [_inside(root, each) for each in value]
    return value


def name_of_file(path: str) -> bytes:
    """A name for the bytes of a file; b"" where it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe must not be waited for
    except OSError:
        return b""
    try:
        made = hashlib.blake2b(digest_size=LENGTH)
        while data := os.read(descriptor, 1 << 18):
            made.update(data)
        return made.digest()
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def plain(values: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """A name for the values, and the names of those that are more than data, which it cannot stand for."""
    code: list[str] = []
    made = []
    for name in sorted(values):
        try:
            made.append(_encode([name, _plain(values[name])]))
        except TypeError:
            code.append(name)
    return digest(*made), code


def _plain(value: Any) -> Any:  # noqa: PLR0911 (a table of kinds)
    match value:
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return ["bytes", value]
        case list() | tuple():
            return [type(value).__name__, *map(_plain, value)]
        case set() | frozenset():
            return ["set", *sorted(_encode(_plain(each)) for each in value)]
        case dict():
            return ["dict", *([_plain(key), _plain(each)] for key, each in value.items())]
        case PurePath():
            return ["path", str(value)]
        case datetime() | date():
            return ["date", value.isoformat(), str(getattr(value, "tzinfo", None))]
        case tzinfo():
            return ["zone", str(value)]
        case re.Pattern():
            return ["pattern", value.pattern, value.flags]
        case _:
            raise TypeError(type(value))
