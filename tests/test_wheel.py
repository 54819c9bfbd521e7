"""The wheel: the engine as one file, with all that a blog of one's own starts from."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from poetry.core.masonry.api import build_wheel

ROOT = Path(__file__).parents[1]


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The wheel of this checkout."""
    monkeypatch.chdir(ROOT)
    return tmp_path / build_wheel(str(tmp_path))


def test_wheel_holds_what_a_blog_starts_from(wheel: Path) -> None:
    """Beside the engine it holds the theme, the blog to start from, the launcher (executable), the project's file, the lock and the changelog."""
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
        launcher = archive.getinfo("alcatraz/alcatraz")
    assert launcher.external_attr >> 16 & 0o111
    folders = {"src/alcatraz": "alcatraz", "theme": "alcatraz/theme", "templates/blog": "alcatraz/templates/blog"}
    files = {name: f"alcatraz/{name}" for name in ("CHANGELOG.md", "alcatraz", "pyproject.toml", "poetry.lock")}
    for folder, place in folders.items():
        within = [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        files |= {path.relative_to(ROOT).as_posix(): f"{place}/{path.relative_to(ROOT / folder).as_posix()}" for path in within}
    assert {place: held.get(place) for place in files.values()} == {place: (ROOT / path).read_bytes() for path, place in files.items()}
    metadata = {name for name in held if name.startswith("alcatraz-0")}
    assert held.keys() - files.values() - metadata == set()


def test_wheel_is_the_same_bytes_each_time(wheel: Path, tmp_path: Path) -> None:
    """Two builds of the same checkout make the same file, so that its hash can be pinned."""
    first = wheel.read_bytes()
    again = tmp_path / "again"
    again.mkdir()
    assert (again / build_wheel(str(again))).read_bytes() == first
