"""Where the files of a site go, one by one, as they are made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.utils import sanitised_join

__all__ = ["File", "Sink", "into"]


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its path in the output, and its bytes, what makes them, or the file that it is a copy of.

    `source` names the author's file that it was made from, where it is that of one post or page; `content` says that it
    is the page of that post, and not one that only leads to it. `key` is a name for all that the bytes depend on, save for what
    is within the `posts`, and what a Watch sees while they are made; None where nobody can tell.
    """

    path: str
    data: bytes | Path | Callable[[], bytes]
    source: str | None = None
    content: bool = False
    key: bytes | None = None
    posts: Sequence[Any] = ()


# Takes each file once. Whatever renders knows no more of the output than this.
Sink = Callable[[File], None]


def into(folder: Path) -> Sink:
    """A sink that writes into `folder`. It raises OSError, and RuntimeError for a path that leads out of the folder."""

    def put(file: File) -> None:
        target = Path(sanitised_join(str(folder), file.path))
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(file.data, Path):
            shutil.copyfile(file.data, target)
        else:
            target.write_bytes(file.data if isinstance(file.data, bytes) else file.data())

    return put
