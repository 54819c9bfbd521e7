"""Children that render ahead: the same site whatever their number, and whatever becomes of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import alcatraz
from alcatraz.content import ahead
from alcatraz.content.ahead import Ahead, children_for

if TYPE_CHECKING:
    from tests.conftest import Blog

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there are no children")
SOURCE = str(Path(alcatraz.__file__).parents[1])
FILES = [f"file {number}" for number in range(30)]


def loud(file: str) -> bytes:
    """What stands for rendering."""
    return file.upper().encode() * 1000


@pytest.mark.parametrize("children", [0, 1, 3])
@pytest.mark.parametrize("order", [1, -1])
def test_each_file_is_given_once(children: int, order: int) -> None:
    """In whatever order they are asked for: by whoever has it, and never twice."""
    with Ahead(FILES, loud, children) as made:
        given = {file: made.take(file) for file in FILES[::order]}
        assert [made.take(file) for file in FILES] == [None] * len(FILES)
    assert {file for file in FILES if given[file] is None} == set(FILES[:: children + 1])
    assert all(value in {None, loud(file)} for file, value in given.items())
    assert made.take("unknown") is None


def test_a_child_that_dies() -> None:
    """What it has not given, this process must see to."""

    def render(file: str) -> bytes:
        if file == "file 11":
            os.kill(os.getpid(), signal.SIGKILL)
        return loud(file)

    with Ahead(FILES, render, 1) as made:
        given = [file for file in FILES if made.take(file)]
    assert given == ["file 1", "file 3", "file 5", "file 7", "file 9"]


@pytest.mark.parametrize("room", [0, 1])
def test_no_child_is_to_be_had(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no room for another process, this one sees to its files, and no pipe of it stays open."""
    fork, forks = os.fork, 0

    def refused() -> int:
        nonlocal forks
        forks += 1
        if forks > room:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", refused)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with Ahead(FILES, loud, 3) as made:
        given = [file for file in FILES if made.take(file)]
    assert given == FILES[1::4] * room
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_child_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left alone, once, and ended in the end."""
    monkeypatch.setattr(ahead, "PATIENCE", 0.2)
    started = time.monotonic()
    with Ahead(FILES, lambda _: time.sleep(60), 1) as made:
        assert [made.take(file) for file in FILES] == [None] * len(FILES)
    assert time.monotonic() - started < 10


def test_few_files_are_worth_no_child() -> None:
    """And many are worth no more than there are other processors, in a process that has no threads."""
    assert children_for(ahead.FEW - 1) == children_for(-5) == 0
    others = len(os.sched_getaffinity(0)) - 1
    command = "from alcatraz.content.ahead import children_for; print(children_for(10**6))"
    found = subprocess.run([sys.executable, "-c", command], env=os.environ | {"PYTHONPATH": SOURCE}, capture_output=True, check=True)
    assert int(found.stdout) == others
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert children_for(10**6) == 0
    stop.set()
    thread.join()


def test_a_site_is_the_same(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """With children and without, faults and findings included."""
    for number in range(40):
        blog.post(f"post-{number}", f"Post {number} leads to [the next](post-{number + 1}.md).\n\n```python\nprint({number})\n```\n")
    blog.post("silent", "![](gone.png)\n")
    alone = blog.build()
    expected = blog.files()
    monkeypatch.setattr("alcatraz.content.known.spare_processors", lambda: 2)
    monkeypatch.setattr("alcatraz.content.known.children_for", lambda _: 2)
    several = blog.build()
    assert blog.files() == expected
    assert several.findings == alone.findings
    blog.post("wrong", "{{< figure >}}\n", date="2026-11")
    refused = blog.refusal()
    monkeypatch.setattr("alcatraz.content.known.children_for", lambda _: 0)
    assert blog.refusal() == refused
