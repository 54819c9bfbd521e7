"""What an author's tools do to files, and that what they left in the end is what is shown."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from alcatraz.serve import building
from alcatraz.serve.watching import watch
from tests.conftest import lacking
from tests.serve.conftest import Serve, until
from tests.serve.test_building import builder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    Save = Callable[[Path, str], object]


def vim(path: Path, text: str) -> None:
    """Looks whether it may write there, moves the old file away, and writes another."""
    probe, backup = path.with_name("4913"), path.with_name(f"{path.name}~")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    path.write_text(text, encoding="utf-8")
    backup.unlink()


def emacs(path: Path, text: str) -> None:
    """Locks the file, moves the old one away for good, and writes another in two steps."""
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("author@host.1")
    path.replace(path.with_name(f"{path.name}~"))
    path.touch()
    path.write_text(text, encoding="utf-8")
    lock.unlink()


def vscode(path: Path, text: str) -> None:
    """Writes beside the file and renames, as it does where it saves atomically."""
    beside = path.with_name(f"{path.name}.vsctmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def nano(path: Path, text: str) -> None:
    """Empties the file and writes it, at once."""
    path.write_text(text, encoding="utf-8")


def slowly(path: Path, text: str) -> None:
    """Empties the file, and writes it in pieces, over a bad line."""
    with path.open("w", encoding="utf-8") as file:
        for part in (text[:2], text[2:]):
            file.flush()
            time.sleep(0.15)
            file.write(part)


@pytest.mark.parametrize("save", [vim, emacs, vscode, nano, slowly])
def test_each_editors_way_of_saving(serve: Serve, save: Save) -> None:
    """Each save is shown, the second and the third as well, of what lies in a folder and of a file that is named itself."""
    served = serve()
    served.shows("one")
    for number in range(3):
        save(served.root / "content" / "index.html", f"save {number}</body>")
        served.shows(f"save {number}")
        save(served.root / "settings.txt", f"settings {number}")
        served.shows(f"save {number}<p>settings {number}")


@pytest.mark.parametrize("save", [vim, emacs, vscode, nano, slowly])
def test_a_save_during_a_build_by_each_editor(serve: Serve, save: Save) -> None:
    """What is saved once a build has read it is built next."""
    served = serve()
    served.shows("one")
    (served.root / "hold").touch()
    served.save("content/index.html", "early")
    until((served.root / "reading-done").exists)
    save(served.root / "content" / "index.html", "late")
    (served.root / "hold").unlink()
    served.shows("late")


def test_another_branch(serve: Serve) -> None:
    """`git switch`, which replaces hundreds of files and folders, ends with the site of the branch; there and back."""
    git = shutil.which("git")
    if git is None:
        lacking("git")
    served = serve()
    served.shows("one")

    def run(*arguments: str) -> None:
        subprocess.run(
            [git, "-c", "user.name=Ada", "-c", "user.email=ada@test.example", *arguments], cwd=served.root, check=True, capture_output=True
        )

    def write(folder: str, word: str) -> None:
        for number in range(300):
            path = served.root / "content" / folder / str(number) / "index.html"
            path.parent.mkdir(parents=True)
            path.write_text(f"{word} {number}", encoding="utf-8")

    run("init", "-b", "main")
    write("posts", "old")
    run("add", "content")
    run("commit", "-m", "main")
    run("switch", "-c", "other")
    shutil.rmtree(served.root / "content")
    write("posts", "new")
    write("notes", "new")
    served.save("content/index.html", "the other branch")
    run("add", "content")
    run("commit", "-m", "other")
    for branch, word in (("main", "old"), ("other", "new"), ("main", "old")):
        run("switch", branch)
        served.shows("one" if branch == "main" else "the other branch")
        for number in (0, 150, 299):
            served.shows(f"{word} {number}", f"/posts/{number}/")
        until(lambda branch=branch: served.get("/notes/0/").status == (404 if branch == "main" else 200))  # type: ignore[misc]


def test_the_same_folders_are_watched_by_one_watcher(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is built, nothing is watched anew as long as the settings name the same paths."""
    opened: list[list[Path]] = []
    tell: list[Callable[[], None]] = []

    async def counted(paths: Iterable[Path], _: Path, changed: Callable[[], None]) -> None:
        opened.append(list(paths))
        tell.append(changed)
        changed()
        await asyncio.Event().wait()

    monkeypatch.setattr(building, "watch", counted)
    made, live = builder([])

    async def session() -> None:
        running = asyncio.create_task(made.run())
        for generation in range(1, 6):
            await asyncio.to_thread(until, lambda generation=generation: live.state.generation == generation)  # type: ignore[misc]
            tell[0]()
        running.cancel()

    asyncio.run(session())
    assert len(opened) == 1


def test_a_file_that_goes_for_a_moment_opens_nothing_anew(tmp_path: Path) -> None:
    """An editor that moves a file away before it writes another makes a change, and no watcher that would have to be opened."""
    (tmp_path / "tree").mkdir()
    file = tmp_path / "file"
    file.touch()
    told: list[str] = []

    async def session() -> None:
        watching = asyncio.create_task(watch([tmp_path / "tree", file], tmp_path / "site", lambda: told.append("changed")))
        await asyncio.to_thread(until, lambda: bool(told))
        await asyncio.sleep(0.3)
        file.unlink()
        await asyncio.sleep(0.3)
        watching.cancel()

    asyncio.run(session())
    assert told == ["changed", "changed"]


def test_what_a_build_remembers_is_no_change(tmp_path: Path) -> None:
    """A blog whose content is its whole folder does not build because of what a build keeps in `.alcatraz`."""
    (tmp_path / ".alcatraz" / "cache").mkdir(parents=True)
    told: list[str] = []

    async def session() -> None:
        watching = asyncio.create_task(watch([tmp_path], tmp_path / ".alcatraz" / "preview" / "site", lambda: told.append("changed")))
        await asyncio.to_thread(until, lambda: bool(told))
        await asyncio.sleep(0.3)
        (tmp_path / ".alcatraz" / "cache" / "documents.sqlite").touch()
        (tmp_path / ".alcatraz" / "outputs").touch()
        await asyncio.sleep(0.3)
        watching.cancel()

    asyncio.run(session())
    assert told == ["changed"]
