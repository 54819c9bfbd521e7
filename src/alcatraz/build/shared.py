"""Work that is the same whoever does it, done by as many processes as are to be had."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import msgspec

from alcatraz.children import end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["done"]

TOGETHER = 8  # that are taken at once


def done(count: int, do: Callable[[int], bytes], children: int, begin: Callable[[], None]) -> Iterator[tuple[int, bytes]]:
    """What `do` gives for each number below `count`, in no order; what a child could not do is done here, and may raise.

    Children are forks, and call `begin` first. Whoever is free takes the next numbers from a pipe: reading a few bytes from one is
    a single act, so nothing is taken twice.
    """
    numbers, more = os.pipe()
    fed = iter(range(0, count, TOGETHER))
    os.set_blocking(more, False)
    rest = _feed(more, fed)
    workers: list[tuple[int, int]] = []
    with contextlib.suppress(OSError):  # the system has no room for another process
        while rest is None and len(workers) < children:
            workers.append(_child(numbers, more, do, count, begin))
    os.close(more)
    left = set(range(count))
    try:
        while (first := _taken(numbers)) is not None:
            for number in range(first, min(first + TOGETHER, count)):
                left.discard(number)
                yield number, do(number)
        for _, answers in workers:
            for number, value in _read(answers):
                if number in left:
                    left.discard(number)
                    yield number, value
        for number in sorted(left):
            yield number, do(number)
    finally:
        os.close(numbers)
        for pid, answers in workers:
            os.close(answers)
            end(pid)


def _feed(more: int, firsts: Iterator[int]) -> int | None:
    """Puts numbers into the pipe; gives the first that has no room any more."""
    for first in firsts:
        try:
            os.write(more, first.to_bytes(4, "big"))
        except BlockingIOError:
            return first
    return None


def _taken(numbers: int) -> int | None:
    found = os.read(numbers, 4)
    return int.from_bytes(found, "big") if found else None


def _child(numbers: int, more: int, do: Callable[[int], bytes], count: int, begin: Callable[[], None]) -> tuple[int, int]:
    answers, sender = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(answers)
        os.close(sender)
        raise
    if pid:
        os.close(sender)
        return pid, answers
    try:
        os.close(more)
        begin()
        made: list[tuple[int, bytes]] = []
        with contextlib.suppress(Exception):  # whatever it is, it happens again where it can be told
            while (first := _taken(numbers)) is not None:
                made += [(number, do(number)) for number in range(first, min(first + TOGETHER, count))]
        with open(sender, "wb") as stream:  # noqa: PTH123 (a descriptor)
            stream.write(msgspec.msgpack.encode(made))
    finally:
        os._exit(0)


def _read(answers: int) -> list[tuple[int, bytes]]:
    """What a child has done; nothing where it has ended before it could say so."""
    with contextlib.suppress(OSError, msgspec.MsgspecError), open(answers, "rb", closefd=False) as stream:
        return msgspec.msgpack.decode(stream.read(), type=list[tuple[int, bytes]])
    return []
