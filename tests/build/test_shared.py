"""Work that several processes share: all of it is done, once, whatever becomes of any of them."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from alcatraz.build.shared import done

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there are no children")
HERE = os.getpid()


def nothing() -> None:
    """What a child begins with."""


def shared(count: int, do: Callable[[int], bytes], children: int, begin: Callable[[], None] = nothing) -> list[tuple[int, bytes]]:
    """All that was done, in the order of the numbers."""
    return sorted(done(count, do, children, begin))


def square(number: int) -> bytes:
    """What stands for making a page."""
    return str(number * number).encode()


def descriptors() -> set[Path]:
    """The files and pipes that this process has open."""
    return set(Path("/proc/self/fd").iterdir())


@pytest.fixture(autouse=True)
def nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither a child, be it one that has ended, nor a pipe."""
    fork, pids, before = os.fork, [], len(descriptors())

    def noted() -> int:
        pid = fork()
        pids.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", noted)
    yield
    for pid in pids:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
    assert len(descriptors()) <= before


@pytest.mark.parametrize("children", [0, 1, 3])
@pytest.mark.parametrize("count", [0, 1, 8, 9, 1000])
def test_each_number_is_done_once(count: int, children: int) -> None:
    """By whoever it is."""
    assert shared(count, square, children) == [(number, square(number)) for number in range(count)]


def test_more_numbers_than_a_pipe_holds() -> None:
    """There are no children then, and all is done."""
    count = 200_000
    assert sum(1 for _ in done(count, lambda _: b"", 2, nothing)) == count


def test_children_take_their_part(tmp_path: Path) -> None:
    """Each begins as it is told to; what it has done is given here, and not done again."""

    def do(number: int) -> bytes:
        if os.getpid() != HERE:
            assert (tmp_path / "begun").exists()
            (tmp_path / "at work").touch()
        while not (tmp_path / "at work").exists():
            pass  # or this process might be done with all of it before any other has begun
        with (tmp_path / str(number)).open("xb"):
            return str(os.getpid()).encode()  # and fails where the file is there

    by = shared(40, do, 2, (tmp_path / "begun").touch)
    assert {pid for _, pid in by} - {str(HERE).encode()}


@pytest.mark.parametrize("at", [0, 5, 19])
def test_a_child_that_dies(at: int) -> None:
    """What it has not given is done here."""

    def do(number: int) -> bytes:
        if number >= at and os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return square(number)

    assert shared(40, do, 2) == [(number, square(number)) for number in range(40)]


def test_a_child_that_cannot_begin() -> None:
    """As one that dies."""

    def begin() -> None:
        raise RuntimeError

    assert shared(40, square, 2, begin) == [(number, square(number)) for number in range(40)]


def test_what_is_raised_in_a_child_alone() -> None:
    """Is passed over, since it is done again here; what is an end of the process, too."""

    def do(number: int) -> bytes:
        if os.getpid() != HERE:
            raise (ValueError, SystemExit, KeyboardInterrupt)[number % 3]
        return square(number)

    assert shared(40, do, 2) == [(number, square(number)) for number in range(40)]


@pytest.mark.parametrize("children", [0, 2])
@pytest.mark.parametrize("at", [0, 3, 25, 39])
def test_what_is_raised_everywhere_is_raised_here(at: int, children: int) -> None:
    """Whoever came to it first."""

    def do(number: int) -> bytes:
        if number == at:
            raise ValueError(at)
        return square(number)

    with pytest.raises(ValueError, match=str(at)):
        shared(40, do, children)


def test_whoever_asks_for_no_more() -> None:
    """Ends the children too."""
    made = cast("Generator[tuple[int, bytes]]", done(1000, square, 2, nothing))
    assert next(made)
    made.close()


def test_large_results() -> None:
    """Larger than any pipe: nobody waits for the other."""
    large = shared(24, lambda number: bytes([number]) * 1_000_000, 2)
    assert [(number, len(data), set(data)) for number, data in large] == [(number, 1_000_000, {number}) for number in range(24)]


def test_no_child_is_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no room for another process, this one does it all."""
    fork, forks = os.fork, 0

    def refused() -> int:
        nonlocal forks
        forks += 1
        if forks > 1:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", refused)
    assert shared(40, square, 3) == [(number, square(number)) for number in range(40)]
