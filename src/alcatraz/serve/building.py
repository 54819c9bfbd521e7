"""Builds the site whenever something changed, one build at a time, and tells the pages of it."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from alcatraz.errors import AlcatrazError, RefusedError
from alcatraz.serve.watching import watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from alcatraz.build import Report
    from alcatraz.serve.live import Live
    from alcatraz.serve.preview import Preview

__all__ = ["Builder"]

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Builder:
    """Keeps the output of `site` up to date, and its search index when that is asked for."""

    def __init__(self, site: Preview, live: Live, console: Callable[[str], None]) -> None:
        self._site = site
        self._live = live
        self._console = console
        self._output = asyncio.Lock()  # whoever writes to the output holds it
        self._indexed = 0  # the generation that has a search index

    async def run(self) -> None:
        """Builds now and after every change, until it is cancelled. Raises ToolError where nothing can be watched."""
        changed = asyncio.Event()
        watching = asyncio.create_task(watch(self._site.paths, self._site.output, changed.set))
        watching.add_done_callback(lambda _: changed.set())
        try:
            while not watching.done():
                await changed.wait()
                # Cleared before the build reads anything: a save that comes from here on is built next.
                changed.clear()
                if not watching.done():
                    await self.build()
            watching.result()
        finally:
            watching.cancel()

    async def build(self) -> None:
        """Builds once. Where that fails, the old site stays and the author is told why, here and in the browser."""
        async with self._output:
            try:
                report = await _in_thread(self._site.build)
            except (Exception, SystemExit) as error:  # noqa: BLE001 (a plugin may raise anything, and the preview goes on)
                told = _told(error)
                self._console(told)
                self._live.failed(told)
            else:
                for finding in report.findings:
                    self._console(str(finding))
                self._console(_summary(report))
                self._live.built()

    async def index(self) -> None:
        """Makes the search index of the site as it is now, unless it is made; where that fails, there is none."""
        if self._site.index is None:
            return
        async with self._output:
            if self._indexed == self._live.state.generation:
                return
            self._indexed = self._live.state.generation
            try:
                await _in_thread(self._site.index)
            except (Exception, SystemExit) as error:  # noqa: BLE001 (as above)
                self._console(_told(error))


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
