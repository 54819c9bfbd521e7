"""A blog of one's own: made, built, upgraded."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from alcatraz.blog.changelog import news
from alcatraz.blog.engine import Engine, find_engine
from alcatraz.blog.init import init
from alcatraz.blog.pin import lock_for, pyproject_for
from alcatraz.blog.upgrade import upgrade
from alcatraz.environment.lock import content_hash
from alcatraz.errors import UsageError
from tests.conftest import needs_index

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The engine of this checkout as a wheel."""
    return find_engine(CHECKOUT)


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The same engine, a version later, from a checkout of its own."""
    checkout = tmp_path_factory.mktemp("newer") / "checkout"
    kept = ("src", "theme", "templates", "alcatraz", "pyproject.toml", "poetry.lock", "README.md", "LICENSE", "CHANGELOG.md")
    for name in kept:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            checkout.mkdir(exist_ok=True)
            shutil.copy(source, checkout / name)
    project = checkout / "pyproject.toml"
    project.write_text(project.read_text().replace('version = "0.1.0"', 'version = "0.1.1"', 1))
    return find_engine(checkout)


def launch(blog: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the blog's own launcher."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ALCATRAZ_")}
    done = subprocess.run([blog / "alcatraz", *arguments], env=kept, cwd=blog.parent, capture_output=True, text=True, check=False)
    needs_index(done.stderr)
    return done


def test_a_new_blog_builds_and_is_upgraded(tmp_path: Path, engine: Engine, newer: Engine) -> None:
    """From nothing to a site that passes every check, with the blog's own launcher; then the same with a newer engine."""
    blog = tmp_path / "my blög"
    init(blog, engine)
    built = launch(blog, "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert (blog / "output" / "posts" / "first-words" / "index.html").is_file()
    checked = launch(blog, "check")
    assert checked.returncode == 0, checked.stdout
    assert launch(blog, "--version").stdout.strip() == "alcatraz 0.1.0"

    wheel = tmp_path / newer.file
    wheel.write_bytes(newer.data)
    upgraded = launch(blog, "upgrade", f"--from={wheel}")
    assert upgraded.stdout == "alcatraz 0.1.0 → 0.1.1\n", upgraded.stderr
    assert [path.name for path in (blog / "engine").iterdir()] == [newer.file]
    again = launch(blog, "build", "--strict")
    assert again.returncode == 0, again.stderr


def test_the_lock_is_one_that_poetry_accepts(engine: Engine) -> None:
    """It agrees with its pyproject.toml, holds the engine by hash, and what the engine needs, and nothing of its tests."""
    pyproject = pyproject_for(engine)
    lock = tomllib.loads(lock_for(engine, pyproject))
    assert lock["metadata"]["content-hash"] == content_hash(tomllib.loads(pyproject))
    packages = {package["name"]: package for package in lock["package"]}
    assert list(packages) == sorted(packages)
    assert packages["alcatraz"]["files"] == [{"file": engine.file, "hash": engine.digest}]
    assert packages["alcatraz"]["source"] == {"type": "file", "url": f"engine/{engine.file}"}
    assert "pelican" in packages
    assert "pytest" not in packages
    assert all(package["groups"] == ["main"] for package in lock["package"])


def test_init_touches_nothing_that_is_there(tmp_path: Path, engine: Engine) -> None:
    """A folder with something in it stays as it is."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear")
    with pytest.raises(UsageError, match="something here already"):
        init(tmp_path / "letters", engine)
    assert [path.name for path in tmp_path.rglob("*")] == ["letters", "one.txt"]


def test_the_same_engine_is_no_upgrade(tmp_path: Path, engine: Engine) -> None:
    """There is nothing to do, and nothing is done."""
    init(tmp_path / "blog", engine)
    assert upgrade(tmp_path / "blog", engine) == []


CHANGELOG = """\
# Changelog

## [Unreleased]

### Added
- Something to come.

## [0.3.0] - 2026-12-01

### Changed
- The third,
  in two lines.

## [0.2.0] - 2026-11-01

### Added
- The second.

## [0.1.0] - 2026-10-01

### Added
- All of it.
"""


@pytest.mark.parametrize(
    ("since", "now", "lines"),
    [
        ("0.1.0", "0.2.0", ["## [0.2.0] - 2026-11-01", "### Added", "- The second."]),
        ("0.2.0", "0.3.0", ["## [0.3.0] - 2026-12-01", "### Changed", "- The third,", "  in two lines."]),
        ("0.0.9", "0.2.0", ["## [0.2.0] - 2026-11-01", "### Added", "- The second."]),
        ("0.3.0", "0.3.0", ["## [Unreleased]", "### Added", "- Something to come."]),
        ("0.3.0", "0.1.0", []),
        ("0.1.0", "0.9.0", []),
    ],
)
def test_what_is_new_is_what_the_changelog_says(since: str, now: str, lines: list[str]) -> None:
    """The sections newer than the blog's engine, as far as the new one; what is unreleased where both have the same version."""
    assert news(CHANGELOG, since, now) == lines


def test_upgrade_tells_what_is_new(tmp_path: Path, engine: Engine, newer: Engine) -> None:
    """An engine of the same version that is another one is told with what is unreleased, one without a changelog without."""
    init(tmp_path / "blog", engine)
    with zipfile.ZipFile(io.BytesIO(engine.data)) as wheel:
        members = {name: wheel.read(name) for name in wheel.namelist()}
    for changelog in (CHANGELOG.encode(), None):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as wheel:
            for name, content in (members | {"alcatraz/CHANGELOG.md": changelog}).items():
                if content is not None:
                    wheel.writestr(name, content)
        said = upgrade(tmp_path / "blog", replace(engine, data=data.getvalue()))
        entries = ["## [Unreleased]", "### Added", "- Something to come."] if changelog else []
        assert said == ["the engine, of the same version", *entries]
    assert upgrade(tmp_path / "blog", newer)[0] == "alcatraz 0.1.0 → 0.1.1"


def test_a_blog_with_more_needs_keeps_its_lock(tmp_path: Path, engine: Engine, newer: Engine) -> None:
    """Only Poetry can say what fits together; the pin is moved, and the author is told."""
    blog = tmp_path / "blog"
    init(blog, engine)
    project = blog / "pyproject.toml"
    project.write_text(project.read_text() + 'pelican-sitemap = "^1"\n')
    lock = (blog / "poetry.lock").read_text()
    changes = upgrade(blog, newer)
    assert "poetry lock" in changes[-1]
    assert newer.file in project.read_text()
    assert "pelican-sitemap" in project.read_text()
    assert (blog / "poetry.lock").read_text() == lock


@pytest.mark.parametrize(
    ("name", "data", "words"), [("x.whl", b"no", "no wheel"), ("x.txt", b"", "neither a wheel"), ("gone.whl", None, "neither a wheel")]
)
def test_what_is_no_engine_is_said_to_be_none(tmp_path: Path, name: str, data: bytes | None, words: str) -> None:
    """A wrong file ends in one sentence."""
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match=words):
        find_engine(tmp_path / name)


def test_upgrade_is_for_blogs_that_pin_an_engine(tmp_path: Path, engine: Engine) -> None:
    """A checkout of the engine is no such blog."""
    (tmp_path / "pyproject.toml").write_text("[tool.poetry]\n")
    with pytest.raises(UsageError, match="does not pin"):
        upgrade(tmp_path, engine)
