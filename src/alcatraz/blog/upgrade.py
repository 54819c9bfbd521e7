"""Moves a blog to another engine, and says what changed."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from alcatraz import atomic
from alcatraz.blog.changelog import news
from alcatraz.blog.pin import FOLDER, lock_for, locked, pyproject_for, versions
from alcatraz.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from alcatraz.blog.engine import Engine

__all__ = ["upgrade"]

PIN = re.compile(rf'"{FOLDER}/(alcatraz-[^"/]+\.whl)"')


def upgrade(root: Path, engine: Engine) -> list[str]:
    """Puts `engine` in the place of the blog's; gives the changes, a line each, with what the changelog says is new.

    There are none where it is the same engine.

    Where the blog's pyproject.toml asks for more than the engine, its lock is for Poetry to make: the pin in
    pyproject.toml is moved, and the last line says so. Raises UsageError where the folder is no blog of this kind.
    """
    project, lock = root / "pyproject.toml", root / "poetry.lock"
    before = project.read_text(encoding="utf-8") if project.is_file() else ""
    pinned = PIN.search(before)
    if not pinned:
        raise UsageError("this blog does not pin an engine", where=str(project), remedy="`upgrade` is for blogs made by `alcatraz init`")
    old_lock = lock.read_text(encoding="utf-8")
    old_wheel = root / FOLDER / pinned[1]
    after = PIN.sub(f'"{FOLDER}/{engine.file}"', before)
    if old_wheel.is_file() and old_wheel.read_bytes() == engine.data and after == before:
        return []
    (root / FOLDER).mkdir(exist_ok=True)
    atomic.write(root / FOLDER / engine.file, engine.data)
    atomic.write(root / "alcatraz", engine.read("alcatraz").encode(), executable=True)
    new = news(engine.read("CHANGELOG.md"), locked(old_lock).get("alcatraz", ""), engine.version) if engine.has("CHANGELOG.md") else []
    own = "alcatraz" in locked(old_lock) and _dependencies(before) == _dependencies(pyproject_for(engine))
    if own:
        after = re.sub(r'^python = ".*"$', f'python = "{engine.python}"', after, count=1, flags=re.MULTILINE)
        new_lock = lock_for(engine, after)
        atomic.write(lock, new_lock.encode())
        changes = [*(versions(locked(old_lock), locked(new_lock)) or ["the engine, of the same version"]), *new]
    else:
        changes = [
            f"{pinned[1]} → {engine.file}",
            *new,
            "run `poetry lock`: this blog needs more than the engine, and only Poetry can say what fits",
        ]
    atomic.write(project, after.encode())
    if pinned[1] != engine.file and own:  # a lock that still names it needs it
        old_wheel.unlink(missing_ok=True)
    return changes


def _dependencies(pyproject: str) -> set[str]:
    poetry = tomllib.loads(pyproject).get("tool", {}).get("poetry", {})
    return {*poetry.get("dependencies", {}), *poetry.get("group", {})}
