"""Building for the preview: what is told, and when the search index is made."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz.build import Report
from alcatraz.errors import RefusedError, ToolError
from alcatraz.findings import Finding
from alcatraz.serve import Preview
from alcatraz.serve.building import Builder
from alcatraz.serve.live import Live

if TYPE_CHECKING:
    from collections.abc import Callable

FINDING = Finding("content/a.md", 3, "link", "there is no b.md", "name a file that is there")


def builder(told: list[str], *, build: Callable[[], Report] | None = None, index: Callable[[], None] | None = None) -> tuple[Builder, Live]:
    def report() -> Report:
        return Report(posts=1, pages=2, drafts=0, future=0, files=3, seconds=0.5)

    live = Live()
    return Builder(Preview((), build or report, Path("output"), index), live, told.append), live


def test_a_build_is_told_in_one_line() -> None:
    """A good build says what it made, and is another generation."""
    told: list[str] = []
    building, live = builder(told)
    asyncio.run(building.build())
    assert told == ["Built 1 post and 2 pages in 0.50 s"]
    assert (live.state.generation, live.state.error) == (1, None)


def test_what_a_build_refuses_is_told_with_its_places() -> None:
    """The errors in the content are told one by one, in the terminal and in the page."""

    def build() -> Report:
        raise RefusedError([FINDING])

    told: list[str] = []
    building, live = builder(told, build=build)
    asyncio.run(building.build())
    assert told == [f"{FINDING}\n1 finding, and a page cannot be made; nothing was written: mend what is listed above and build again"]
    assert live.state.error == told[0]
    assert live.state.generation == 0


def test_a_plugin_that_exits_does_not_end_the_preview() -> None:
    """SystemExit from a build is an error like any other."""

    def build() -> Report:
        raise SystemExit(1)

    told: list[str] = []
    building, live = builder(told, build=build)
    asyncio.run(building.build())
    assert told == ["the build failed: SystemExit: 1"]
    assert live.state.error == told[0]


def test_the_index_is_made_once_for_each_build() -> None:
    """However often it is asked for, the search index is made once a generation."""
    made: list[int] = []
    building, live = builder([], index=lambda: made.append(live.state.generation))

    async def session() -> None:
        await building.build()
        await asyncio.gather(building.index(), building.index(), building.index())
        await building.build()
        await building.build()
        await building.index()

    asyncio.run(session())
    assert made == [1, 3]


def test_an_index_that_cannot_be_made_is_told() -> None:
    """Without an index the preview goes on; it is tried again after the next build."""

    def index() -> None:
        raise ToolError("pagefind is not here", remedy="install it")

    told: list[str] = []
    building, live = builder(told, index=index)

    async def session() -> None:
        await building.build()
        await building.index()
        await building.index()

    asyncio.run(session())
    assert told[1:] == ["pagefind is not here; install it"]
    assert live.state.error is None


def test_a_site_without_an_index() -> None:
    """A site that has no search needs none."""
    building, _ = builder([])
    asyncio.run(building.index())
