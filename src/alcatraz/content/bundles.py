"""Page bundles: in a folder that has an index, the index is the post, and everything else belongs to it."""

from __future__ import annotations

import posixpath
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from alcatraz.content.links import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pelican.generators import Generator

__all__ = ["is_note", "only_indexes", "posts_among"]


def only_indexes(generator: Generator) -> None:
    """Keeps Pelican from taking the notes beside a post for posts: replaces `Generator.get_files` of this generator."""
    everything = generator.get_files

    def get_files(paths: Any, exclude: Any = None, extensions: Any = None) -> set[str]:
        found: set[str] = everything(paths, exclude=exclude, extensions=extensions)
        return set(posts_among(found)) if extensions is None else found

    generator.get_files = get_files


def is_note(path: str, folder: Path) -> bool:
    """Whether the file at `path`, relative to the content folder `folder`, stands beside a bundle's index and so is no post."""
    around = PurePosixPath(path).parents[:-1]  # without the content folder itself
    indexes = (index for parent in around for index in (folder / parent).glob("index.*"))
    return PurePosixPath(path).stem != "index" and any(index.suffix in SOURCES for index in indexes)


def posts_among(files: Iterable[str]) -> list[str]:
    """The files that are posts, of those that could be; paths are relative to the content folder.

    An index in the content folder itself makes no bundle of the whole blog.
    """
    paths = sorted(posixpath.normpath(file).split("/") for file in files)
    bundles = {tuple(folders) for *folders, name in paths if posixpath.splitext(name)[0] == "index"} - {()}
    return [
        "/".join(parts)
        for parts in paths
        if posixpath.splitext(parts[-1])[0] == "index" or not any(tuple(parts[:end]) in bundles for end in range(1, len(parts)))
    ]
