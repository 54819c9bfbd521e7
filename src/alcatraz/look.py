"""All files that a build may read, by their bytes: what was looked at once is what the whole build goes by."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alcatraz.fingerprint import digest, name_of_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["Look", "look"]


@dataclass(frozen=True, slots=True)
class Look:
    """The files below `folders`: `files` maps the path of each to a name for its bytes, and `name` is one for all of it."""

    folders: tuple[str, ...]
    files: Mapping[str, bytes]
    name: bytes


def look(folders: Iterable[str | Path]) -> Look:
    """Looks at every file below these folders. One that cannot be read is none: whoever is to read it says so."""
    files: dict[str, bytes] = {}
    parts: list[bytes] = []
    at = tuple(map(str, folders))
    for folder in at:
        for path in sorted(_below(folder)):
            files[path] = name = name_of_file(path)
            parts += (path.encode(errors="surrogateescape"), name)
        parts.append(b"")
    return Look(at, files, digest(*parts))


def _below(folder: str) -> Iterator[str]:
    """The files below a folder, through symbolic links, but none for ever: of a folder that was seen before its name alone."""
    to_list = [folder]
    listed: set[tuple[int, int]] = set()
    while to_list:
        at = to_list.pop()
        try:
            about = os.stat(at)  # noqa: PTH116 (thousands)
            if (about.st_dev, about.st_ino) in listed:
                yield at  # under another name, which counts, since all that is in it has another name, too
                continue
            listed.add((about.st_dev, about.st_ino))
            with os.scandir(at) as entries:
                for entry in entries:
                    if entry.is_dir():
                        to_list.append(entry.path)
                    else:
                        yield entry.path
        except OSError:
            continue
