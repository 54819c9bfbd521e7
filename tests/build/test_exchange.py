"""The new site takes the place of the old one in one step."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from alcatraz.build import switch
from alcatraz.build.exchange import exchange

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Blog


def test_names_are_exchanged(tmp_path: Path) -> None:
    """Of folders with something in them; this machine's file systems can."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    assert exchange(tmp_path / "one", tmp_path / "other")
    assert [(tmp_path / name / "file").read_text() for name in ("one", "other")] == ["other", "one"]
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "none")


def test_whoever_looks_sees_a_site(blog: Blog) -> None:
    """The old one or the new one, at every moment of ten builds."""
    blog.post("one")
    blog.build()
    output = str(blog.root / "output")
    missing, done = 0, threading.Event()

    def look() -> None:
        nonlocal missing
        while not done.is_set():
            missing += not os.path.isdir(output)  # noqa: PTH112 (the fastest look there is)

    watcher = threading.Thread(target=look)
    watcher.start()
    for number in range(10):
        blog.post("one", f"Edit {number}.\n")
        blog.build()
    done.set()
    watcher.join()
    assert missing == 0
    assert "Edit 9" in blog.page("posts/one/index.html")
    assert sorted(path.name for path in blog.root.iterdir() if path.name.startswith(".output")) == []


def test_where_it_cannot_be_done(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system that lacks it the old site makes room, and the new one comes."""
    monkeypatch.setattr(switch, "exchange", lambda _one, _other: False)
    blog.post("one")
    blog.build()
    blog.post("one", "Edited.\n")
    blog.build()
    assert "Edited" in blog.page("posts/one/index.html")
    assert sorted(path.name for path in blog.root.iterdir() if path.name.startswith(".output")) == []
