"""Folders of files, compared by what is in them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Changes", "changes", "digests"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of the files of a site, by their names in POSIX form; false where all stay as they are."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file below `folder`, in hexadecimal, by its name; nothing where there is no such folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """What makes `after` of `before`, both as `digests` gives them."""
    return Changes(
        added=tuple(name for name in after if name not in before),
        changed=tuple(name for name in after if before.get(name, after[name]) != after[name]),
        removed=tuple(name for name in before if name not in after),
    )
