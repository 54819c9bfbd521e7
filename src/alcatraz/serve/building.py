"""Builds the site whenever something changed, one build at a time, and tells the pages of it."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from alcatraz.errors import AlcatrazError, RefusedError, UsageError
from alcatraz.serve.watching import watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from alcatraz.build import Report
    from alcatraz.serve.live import Live
    from alcatraz.serve.preview import Preview, Site

__all__ = ["Builder"]

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Builder:
    """Keeps the output of `preview` up to date, and its search index when that is asked for."""

    def __init__(self, preview: Preview, live: Live, console: Callable[[str], None], moved: Callable[[str], None] = lambda _: None) -> None:
        self._preview = preview
        self._live = live
        self._console = console
        self._moved = moved  # is told the path of the site's address, at first and when it is another
        self._base: str | None = None
        self._output = asyncio.Lock()  # whoever writes to the output holds it
        self._indexing = asyncio.Lock()
        self._index: Callable[[], None] | None = None  # of the site that is there
        self._indexed = 0  # the generation that has a search index

    async def run(self) -> None:
        """Builds now and after every change, until it is cancelled. Raises UsageError, and ToolError where nothing can be watched."""
        paths, is_asked_for = self._preview.paths, False
        while True:
            paths, is_asked_for = await self._run(paths, is_asked_for), True

    async def _run(self, paths: tuple[Path, ...], is_asked_for: bool) -> tuple[Path, ...]:
        """Builds after every change of what is at `paths`, until the settings ask for other paths, and gives those.

        Those are watched before anything is built of them, or a save in between would be lost. Where it was the settings that
        asked for these, the first build takes them at their word: some name another folder whenever they are read.
        """
        changed = asyncio.Event()
        watching = asyncio.create_task(watch(paths, self._preview.output, changed.set))
        watching.add_done_callback(lambda _: changed.set())
        try:
            while True:
                await changed.wait()
                # Cleared before anything is read: a save that comes from here on is built next.
                changed.clear()
                if watching.done():
                    watching.result()
                site = await self.read()
                if site and site.paths != paths and not is_asked_for:
                    return site.paths
                is_asked_for = False
                if site:
                    await self.build(site)
        finally:
            watching.cancel()

    async def read(self) -> Site | None:
        """The site that the settings ask for; where they cannot be read the author is told why, and it is None. Raises UsageError."""
        async with self._output:
            try:
                site = await _in_thread(self._preview.read)
            except UsageError:
                raise
            except (Exception, SystemExit) as error:  # noqa: BLE001 (settings may raise anything, and the preview goes on)
                self._tell_base(self._base or "")
                self._fail(error)
                return None
            self._tell_base(site.base)
            return site

    async def build(self, site: Site) -> None:
        """Builds once. Where that fails, the old site stays and the author is told why, here and in the browser."""
        async with self._output:
            try:
                report = await _in_thread(site.build)
            except (Exception, SystemExit) as error:  # noqa: BLE001 (so may a plugin)
                self._fail(error)
            else:
                for finding in report.findings:
                    self._console(str(finding))
                if report.remark:
                    self._console(report.remark)
                self._console(_summary(report))
                self._index = site.index
                self._live.built(site.base, report.changed)

    async def index(self) -> None:
        """Makes the search index of the site as it is now, unless it is made; where that fails, there is none.

        No build waits for it. One that ends meanwhile may take away what is being read: then it is made again while none runs.
        """
        async with self._indexing:
            if self._index is None or self._indexed == self._live.state.generation:
                return
            self._indexed = self._live.state.generation
            try:
                await _in_thread(self._index)
            except (Exception, SystemExit):  # noqa: BLE001 (as above)
                async with self._output:
                    self._indexed = self._live.state.generation
                    try:
                        await _in_thread(self._index)
                    except (Exception, SystemExit) as error:  # noqa: BLE001 (as above)
                        self._console(_told(error))

    def _tell_base(self, base: str) -> None:
        if base != self._base:
            self._base = base
            self._moved(base)

    def _fail(self, error: BaseException) -> None:
        told = _told(error)
        self._console(told)
        self._live.failed(told)


def _told(error: BaseException) -> str:
    """An error for the author: its findings, then its sentence."""
    if isinstance(error, RefusedError):
        return "\n".join(map(str, (*error.findings, error)))
    if isinstance(error, AlcatrazError):
        return str(error)
    logger.debug("The build failed", exc_info=error)
    return f"the build failed: {type(error).__name__}: {error}"


def _summary(report: Report) -> str:
    def count(number: int, thing: str) -> str:
        return f"1 {thing}" if number == 1 else f"{number} {thing}s"

    return f"Built {count(report.posts, 'post')} and {count(report.pages, 'page')} in {report.seconds:.2f} s"


async def _in_thread(job: Callable[[], T]) -> T:
    """Runs `job` in a thread that does not keep the process alive.

    asyncio.to_thread would: its threads are joined before the process ends, and Ctrl-C would wait for a long build.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def deliver(settle: Callable[[Any], None], value: object) -> None:
        if not done.done():
            settle(value)

    def work() -> None:
        settle: Callable[[Any], None]
        value: object
        try:
            settle, value = done.set_result, job()
        except BaseException as error:  # noqa: BLE001 (whoever awaits the job deals with it)
            settle, value = done.set_exception, error
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(deliver, settle, value)

    threading.Thread(target=work, name="build", daemon=True).start()
    return await done
