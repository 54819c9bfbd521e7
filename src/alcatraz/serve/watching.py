"""Notices that something a build reads has changed, from the start of the preview to its end."""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, DefaultFilter, awatch

from alcatraz.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["watch"]

# Milliseconds: changes are told once none has come for STEP, at the latest DEBOUNCE after the first. The watcher looks every
# STEP, so an author waits for one or two of them, and a machine that nobody writes on wakes so often. It need not be long
# enough for all that an editor does: what comes while a build runs is built next.
STEP = 10
DEBOUNCE = 200


async def watch(paths: Iterable[Path], output: Path, changed: Callable[[], None]) -> None:
    """Calls `changed` once the watchers are open, and again after every change; ends only when it is cancelled.

    Two watchers, because a watch follows what it was opened on and not the name: an editor that saves by renaming
    puts another file in the place of the watched one, and `git switch` can put another folder there. So trees are
    watched as a whole, and the folders around them for the names of what is watched.

    The names that editors use for a moment, and what is built (`output`), are no changes. Raises ToolError.
    """
    watched = [path.absolute() for path in paths]
    around = _Around(watched, changed)
    tasks = [asyncio.create_task(around.watch()), asyncio.create_task(_trees(watched, output, around, changed))]
    try:
        await asyncio.gather(*tasks)
    except (OSError, RuntimeError) as error:
        raise ToolError(
            f"the blog's folders cannot be watched ({error})",
            remedy="allow more with `sudo sysctl fs.inotify.max_user_watches=524288`, or set WATCHFILES_FORCE_POLLING=1",
        ) from error
    finally:
        for task in tasks:
            task.cancel()


class _Around:
    """Watches the folders around what is watched: for files saved, and for trees that come, go or are replaced."""

    def __init__(self, watched: list[Path], changed: Callable[[], None]) -> None:
        self._watched = {str(path) for path in watched}
        self._python = {str(path.parent) for path in watched if path.suffix == ".py"}
        self._folders = {path.parent for path in watched if path.parent.is_dir()}
        self._changed = changed
        self.trees: list[Path] = []  # that are being watched
        self.moved = asyncio.Event()

    def _counts(self, _: Change, path: str) -> bool:
        """A file of Python may import any other beside it, also one that has just been written, and that is what fails."""
        return path in self._watched or (path.endswith(".py") and os.path.dirname(path) in self._python)  # noqa: PTH120 (a look at one name)

    async def watch(self) -> None:
        changes = awatch(*self._folders, recursive=False, watch_filter=self._counts, step=STEP, debounce=DEBOUNCE)
        async with aclosing(changes):
            async for seen in changes:
                if any(Path(path) in self.trees or os.path.isdir(path) for _, path in seen):  # noqa: ASYNC240, PTH112 (a look at one name)
                    self.moved.set()
                self._changed()


async def _trees(watched: list[Path], output: Path, around: _Around, changed: Callable[[], None]) -> None:
    """Watches all that is below the watched folders, and opens them again when one of them was replaced."""
    counts = _filter(watched, output)
    while True:
        around.moved.clear()
        # What happened before the watcher was open, nobody saw: that counts as a change. awatch opens its watcher
        # before it first waits, so this call comes after.
        asyncio.get_running_loop().call_soon(changed)
        around.trees = [path for path in watched if path.is_dir()]
        changes = awatch(
            *around.trees,
            watch_filter=counts,
            step=STEP,
            debounce=DEBOUNCE,
            stop_event=around.moved,
            ignore_permission_denied=True,
        )
        async with aclosing(changes):
            async for _ in changes:
                changed()


def _filter(watched: list[Path], output: Path) -> Callable[[Change, str], bool]:
    """Says of a change in a watched tree whether a build could see it."""
    output = output.absolute()
    built = output.parent if any(tree in output.parent.parents for tree in watched) else output
    passing = DefaultFilter(
        ignore_dirs=(*DefaultFilter.ignore_dirs, ".alcatraz"),  # in which a build keeps what it remembers
        ignore_entity_patterns=(*DefaultFilter.ignore_entity_patterns, "^#.*#$"),  # in which Emacs keeps what is not saved
    )

    def counts(change: Change, path: str) -> bool:
        if path == str(built) or path.startswith(f"{built}{os.sep}"):
            return False
        # DefaultFilter looks at every folder of a path; the ones above the blog are none of its business.
        tree = max((str(tree) for tree in watched if path.startswith(f"{tree}{os.sep}")), key=len, default="")
        return passing(change, path.removeprefix(tree))

    return counts
