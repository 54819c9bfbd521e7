"""What a build makes, on its way into the folder: where each page came from, and the search index, begun as early as can be."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

from alcatraz.output import into
from alcatraz.search.index import index, is_searchable

if TYPE_CHECKING:
    from pathlib import Path

    from alcatraz.output import File

__all__ = ["Collect"]


class Collect:
    """A sink for one build. Used as a context, which ends when nothing of it is at work any more.

    The index is made in a thread from the moment when the pages of all posts are there, while feeds, lists and files are
    still to come: Pagefind is a program of its own, and most of its work needs nothing of ours. `expected` is the number
    of those pages, once it is known; `cache` is where the index is kept, None where none is wanted.
    """

    def __init__(self, folder: Path, cache: Path | None, language: str) -> None:
        self.sources: dict[str, str] = {}
        self.expected = 0
        self._folder = folder
        self._cache = cache
        self._language = language
        self._put = into(folder)
        self._searchable: list[str] = []
        self._contents = 0
        self._beside = ThreadPoolExecutor(1, "search")
        self._begun: tuple[int, Future[bool]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.shutdown(cancel_futures=True)

    def put(self, file: File) -> None:
        """Writes a file; it is a Sink."""
        self._put(file)
        if file.source:
            self.sources[file.path] = file.source
        if isinstance(file.data, bytes) and file.path.endswith(".html") and is_searchable(file.data):
            self._searchable.append(file.path)
        self._contents += file.content
        if file.content and self._contents == self.expected:
            self._index()

    @property
    def has_search(self) -> bool:
        """Whether there will be an index, of the pages so far."""
        return bool(self._cache and self._searchable)

    def finish(self) -> None:
        """Waits for the index. Raises what making it has raised."""
        if self._begun is None or self._begun[0] != len(self._searchable):  # a list page of the theme's can be found too
            self._index()
        if self._begun:
            self._begun[1].result()

    def _index(self) -> None:
        if self._cache:
            pages = sorted(self._searchable)
            self._begun = len(pages), self._beside.submit(index, self._folder, self._cache, pages, language=self._language)
