"""Building for the preview: what is told, and when the search index is made."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alcatraz.build import Report
from alcatraz.errors import RefusedError, SettingsError, ToolError, UsageError
from alcatraz.findings import Finding
from alcatraz.serve import Preview, Site
from alcatraz.serve.building import Builder
from alcatraz.serve.live import Live
from tests.serve.conftest import PATIENCE, until

if TYPE_CHECKING:
    from collections.abc import Callable

FINDING = Finding("content/a.md", 3, "link", "there is no b.md", "name a file that is there")


def builder(told: list[str], *, build: Callable[[], Report] | None = None, index: Callable[[], None] | None = None) -> tuple[Builder, Live]:
    def report() -> Report:
        return Report(posts=1, pages=2, drafts=0, future=0, files=3, seconds=0.5)

    live = Live()
    site = Site((), build or report, index)
    return Builder(Preview(lambda: site, (), Path("output")), live, told.append), live


async def once(building: Builder) -> None:
    """Reads the settings and builds, as after a change."""
    site = await building.read()
    assert site
    await building.build(site)


def test_a_build_is_told_in_one_line() -> None:
    """A good build says what it made, and is another generation."""
    told: list[str] = []
    building, live = builder(told)
    asyncio.run(once(building))
    assert told == ["Built 1 post and 2 pages in 0.50 s"]
    assert (live.state.generation, live.state.error) == (1, None)


def test_what_a_build_refuses_is_told_with_its_places() -> None:
    """The errors in the content are told one by one, in the terminal and in the page."""

    def build() -> Report:
        raise RefusedError([FINDING])

    told: list[str] = []
    building, live = builder(told, build=build)
    asyncio.run(once(building))
    assert told == [f"{FINDING}\n1 finding, and a page cannot be made; nothing was written: mend what is listed above and build again"]
    assert live.state.error == told[0]
    assert live.state.generation == 0


def test_a_plugin_that_exits_does_not_end_the_preview() -> None:
    """SystemExit from a build is an error like any other."""

    def build() -> Report:
        raise SystemExit(1)

    told: list[str] = []
    building, live = builder(told, build=build)
    asyncio.run(once(building))
    assert told == ["the build failed: SystemExit: 1"]
    assert live.state.error == told[0]


def test_the_index_is_made_once_for_each_build() -> None:
    """However often it is asked for, the search index is made once a generation."""
    made: list[int] = []
    building, live = builder([], index=lambda: made.append(live.state.generation))

    async def session() -> None:
        await once(building)
        await asyncio.gather(building.index(), building.index(), building.index())
        await once(building)
        await once(building)
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
        await once(building)
        await building.index()
        await building.index()

    asyncio.run(session())
    assert told[1:] == ["pagefind is not here; install it"]
    assert live.state.error is None


def test_a_save_does_not_wait_for_the_index() -> None:
    """A build runs beside it, and the index of what was there before is made anew when it is asked for again."""
    made: list[int] = []
    may_end = threading.Event()

    def index() -> None:
        made.append(live.state.generation)
        assert may_end.wait(PATIENCE)

    building, live = builder([], index=index)

    async def session() -> None:
        await once(building)
        indexing = asyncio.create_task(building.index())
        await _until(lambda: made == [1])
        await once(building)
        assert live.state.generation == 2
        may_end.set()
        await indexing
        await building.index()

    asyncio.run(session())
    assert made == [1, 2]


def test_an_index_whose_site_is_taken_away_is_made_again() -> None:
    """A build that ends meanwhile is nothing that the author has to hear of."""
    told: list[str] = []
    made: list[int] = []

    def index() -> None:
        made.append(len(made))
        if len(made) == 1:
            raise FileNotFoundError("a page")

    building, _ = builder(told, index=index)

    async def session() -> None:
        await once(building)
        await building.index()
        await building.index()

    asyncio.run(session())
    assert made == [0, 1]
    assert told == ["Built 1 post and 2 pages in 0.50 s"]


def test_a_site_without_an_index() -> None:
    """A site that has no search needs none."""
    building, _ = builder([])
    asyncio.run(building.index())


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """The author hears why, in the terminal and in the page, after the address; it builds with the next save that mends them.

    What is watched then, and where the site stands, is what the settings say.
    """
    (tmp_path / "texts").mkdir()
    settings = tmp_path / "settings"
    settings.write_text("broken")
    told: list[str] = []
    live = Live()

    def read() -> Site:
        if (text := settings.read_text()) == "broken":
            raise SettingsError("the settings do not run", where="settings:1", remedy="mend that line")
        return Site((settings, tmp_path / "texts"), partial(_report, tmp_path / "texts"), base=text)

    building = Builder(Preview(read, (settings,), tmp_path / "site"), live, told.append, lambda base: told.append(f"at {base}/"))

    async def session() -> None:
        running = asyncio.create_task(building.run())
        await _until(lambda: live.state.error is not None)
        assert told == ["at /", "settings:1: the settings do not run; mend that line"]
        assert live.state.error == told[1]
        settings.write_text("/blog")
        await _until(lambda: live.state.generation == 1)
        (tmp_path / "texts" / "one").touch()
        await _until(lambda: live.state.generation == 2)
        settings.write_text("broken")
        await _until(lambda: live.state.error is not None)
        assert live.state.base == "/blog"
        settings.write_text("/notes")
        await _until(lambda: live.state.generation == 3)
        running.cancel()

    asyncio.run(session())
    built = [f"Built {number} posts and 0 pages in 0.00 s" for number in (0, 1)]
    assert told == [
        *told[:2],
        "at /blog/",
        built[0],
        built[1].replace("posts", "post"),
        told[1],
        "at /notes/",
        built[1].replace("posts", "post"),
    ]
    assert live.state.base == "/notes"


def test_settings_that_name_another_folder_whenever_they_are_read(tmp_path: Path) -> None:
    """Each change is built once, and no more."""
    settings = tmp_path / "settings"
    settings.touch()
    folders = count()
    live = Live()
    made = Preview(lambda: Site((settings, tmp_path / str(next(folders))), partial(_report, tmp_path)), (settings,), tmp_path / "site")

    async def session() -> None:
        running = asyncio.create_task(Builder(made, live, lambda _: None).run())
        for generation in (1, 2, 3):
            await _until(lambda generation=generation: live.state.generation == generation)  # type: ignore[misc]
            await asyncio.sleep(0.5)
            assert live.state.generation == generation
            settings.write_text(str(generation))
        running.cancel()

    asyncio.run(session())


def test_what_no_save_mends_ends_the_preview() -> None:
    """A mistake on the command line is not the blog's, and is raised."""

    def read() -> Site:
        raise UsageError("SOURCE_DATE_EPOCH is 'x'")

    with pytest.raises(UsageError):
        asyncio.run(Builder(Preview(read, (), Path("output")), Live(), print).read())


def _report(folder: Path) -> Report:
    return Report(posts=len(list(folder.glob("one"))), pages=0, drafts=0, future=0, files=0, seconds=0)


async def _until(happened: Callable[[], bool]) -> None:
    await asyncio.to_thread(until, happened)
