"""A blog in a git repository, published in this process."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from alcatraz.publish import find_target, publish
from tests.conftest import NOW, lacking

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from alcatraz.publish import Outcome
    from tests.conftest import Blog

IDENTITY = {
    f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Ada"), ("EMAIL", "ada@test.example"))
}


def git(folder: Path, *arguments: str) -> str:
    """Runs git as somebody whose own configuration is none."""
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env = {**kept, **IDENTITY, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True).stdout


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@dataclass
class Published:
    """A blog under version control, the directory it is published to, and what its author was told meanwhile."""

    blog: Blog
    target: Path
    told: list[str] = field(default_factory=list)

    @property
    def root(self) -> Path:
        return self.blog.root

    def commit(self) -> str:
        """Commits everything; gives the revision."""
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--allow-empty", "--message=Words")
        return git(self.root, "rev-parse", "HEAD").strip()

    def publish(self, now: datetime = NOW, **options: Any) -> Outcome:
        place = find_target(str(self.target), self.root)
        return publish(self.root, **{"clock": lambda: now, "target": place, "tell": self.told.append, **options})

    def page(self, name: str = "index.html") -> str:
        return (self.target / name).read_text(encoding="utf-8")


@pytest.fixture
def published(blog: Blog, tmp_path: Path) -> Published:
    """A blog with one post, committed, and a directory that is not there yet."""
    if not shutil.which("git"):
        lacking("git")
    blog.write(".gitignore", ".alcatraz/\noutput/\n")
    blog.post("one", "First words.\n")
    git(blog.root, "init", "--quiet")
    (tmp_path / "www").mkdir()
    made = Published(blog, tmp_path / "www" / "site")
    made.commit()
    return made
