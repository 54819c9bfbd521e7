"""Other processors render bodies that this process will come to: it reads every post itself, in its order, and finds some done.

    with Ahead(files, render, children=1) as ahead:
        ahead.take(file)      # what `render` gives for the file, from the child that has it; None where this process must see to it

What a child gives is what this process would have made, so nothing depends on how many there are. They are forks, since the
settings of a blog are a program and cannot be sent. So there are none but on Linux, and none in a process that has threads, such as
the preview's: a fork has the locks that they held, and nobody to let go of them. One that does not answer is left alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
import threading
from multiprocessing.connection import Connection, Pipe
from typing import TYPE_CHECKING, Self

from alcatraz.children import end

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

__all__ = ["Ahead", "children_for", "spare_processors"]

PATIENCE = 10.0  # seconds
BUFFER = 1 << 20  # bytes that a child may be ahead
FEW = 100  # files that are not worth a child


def spare_processors() -> int:
    """How many children this machine and this process can have."""
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 0
    return len(os.sched_getaffinity(0)) - 1


def children_for(files: int) -> int:
    """How many children so many files are worth."""
    return max(0, min(spare_processors(), files // FEW))


class Ahead:
    """Children for `files`, of which this process takes every so-manieth itself. Used as a context."""

    def __init__(self, files: Sequence[str], render: Callable[[str], bytes | None], children: int) -> None:
        self._shares = [files[number :: children + 1] for number in range(1, children + 1)]
        self._render = render
        self._of: dict[str, int] = {file: number for number, share in enumerate(self._shares) for file in share}
        self._done: dict[str, bytes | None] = {}
        self._pipes: list[Connection | None] = []
        self._pids: list[int] = []

    def __enter__(self) -> Self:
        with contextlib.suppress(OSError):  # the system has no room for another process: this one does its share
            for share in self._shares:
                self._begin(share)
        self._pipes += [None] * (len(self._shares) - len(self._pipes))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for pid in self._pids:
            end(pid)
        for pipe in self._pipes:
            if pipe:
                pipe.close()

    def take(self, file: str) -> bytes | None:
        """What a child has made of this file; None where none has it, or could not."""
        number = self._of.pop(file, None)
        if number is None:
            return None
        pipe = self._pipes[number]
        while file not in self._done and pipe and self._receive(pipe):
            pass
        if file not in self._done:
            self._pipes[number] = None
        return self._done.pop(file, None)

    def _receive(self, pipe: Connection) -> bool:
        """Takes in what a child has next; False where it has ended, or does not answer."""
        try:
            if not pipe.poll(PATIENCE):
                return False
            name, value = pipe.recv_bytes().decode(), pipe.recv_bytes()
        except (EOFError, OSError):
            return False
        self._done[name] = value or None
        return True

    def _begin(self, share: Sequence[str]) -> None:
        receiver, sender = Pipe(duplex=False)
        with sender:
            with contextlib.suppress(OSError):  # as large as the system allows
                fcntl.fcntl(sender.fileno(), fcntl.F_SETPIPE_SZ, BUFFER)
            try:
                pid = os.fork()
            except OSError:
                receiver.close()
                raise
            if not pid:
                self._work(share, sender)
        self._pipes.append(receiver)
        self._pids.append(pid)

    def _work(self, share: Sequence[str], sender: Connection) -> None:
        try:
            for file in share:
                value = self._render(file)
                sender.send_bytes(file.encode())
                sender.send_bytes(value or b"")
        finally:
            os._exit(0)
