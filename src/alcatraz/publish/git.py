"""What git knows of a blog: its last commit, what is not in it, and the files of a commit in a folder of their own."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz import surroundings
from alcatraz.errors import ToolError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Commit", "check_out", "last_commit", "uncommitted"]

# What a repository or a person may have configured, and what would write into the repository, run a hook, leave files out or
# change their bytes.
PLAINLY = {
    "core.autocrlf": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": "/dev/null",
    "core.sparseCheckout": "false",
    "core.splitIndex": "false",
    "submodule.recurse": "false",
}
STATUS = ("--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its `revision` in full, the top folder of the repository, and the blog's folder relative to that."""

    revision: str
    repository: Path
    folder: str


def last_commit(blog: Path) -> Commit:
    """The commit that HEAD names. Raises UsageError where there is none."""
    asked = _run(blog, "rev-parse", "--show-toplevel", "--show-prefix")
    if asked.returncode and "not a git repository" in asked.stderr:
        raise UsageError(
            "the blog is in no git repository, and only what is in git is published",
            where=str(blog),
            remedy="`git init`, `git add .` and `git commit` there",
        )
    top, prefix = _answer(asked, blog).split("\n")[:2]
    head = _run(blog, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if head.returncode:
        raise UsageError(
            "there is no commit yet, and only what is in git is published", where=str(blog), remedy="`git add .` and `git commit` there"
        )
    return Commit(head.stdout.strip(), Path(top), prefix)


def uncommitted(blog: Path, paths: Iterable[str]) -> list[str]:
    """The files among `paths` (relative to the blog, and folders with all in them) that are not as in the last commit."""
    # Without the lock it would write what it learned of the files' times into the index.
    asked = _run(blog, "--no-optional-locks", "--literal-pathspecs", "status", *STATUS, "--", *paths)
    prefix = _answer(_run(blog, "rev-parse", "--show-prefix"), blog).strip("\n")
    return sorted(entry[3:].removeprefix(prefix) for entry in _answer(asked, blog).split("\0") if entry)


def check_out(repository: Path, revision: str, tree: Path) -> None:
    """Writes the files of a commit into `tree`, which is made; those of submodules too, from where they are checked out.

    By plumbing, with an index of its own: `git worktree` would put down in the author's repository that there is another
    work tree, which stays when this is killed, and run their hooks; `git archive` leaves out, and changes, what
    .gitattributes says of releases, so the site would not be the one that Nix makes of the same commit. Of the repository
    this reads objects and attributes, and nothing of it is written. git-read-tree(1), git(1) on GIT_INDEX_FILE.
    """
    tree.mkdir(parents=True, exist_ok=True)
    index = tree.parent / f".{tree.name}.index"
    try:
        _answer(_run(repository, f"--work-tree={tree}", "read-tree", "--reset", "-u", revision, index=index), repository)
    finally:
        index.unlink(missing_ok=True)
    for entry in filter(None, _answer(_run(repository, "ls-tree", "-r", "-z", "--full-tree", revision), repository).split("\0")):
        described, _, name = entry.partition("\t")
        mode, _, commit = described.split(" ")
        if mode == "160000":  # a submodule
            module = repository / name
            if not module.is_dir() or _run(module, "cat-file", "-e", f"{commit}^{{commit}}").returncode:
                raise UsageError(
                    f"the submodule {name} is not here as the last commit wants it", remedy="`git submodule update --init --recursive`"
                )
            check_out(module, commit, tree / name)


def _run(folder: Path, *arguments: str, index: Path | None = None) -> subprocess.CompletedProcess[str]:
    git = shutil.which("git")
    if git is None:
        raise ToolError("git is not here, and only what is in git is published", remedy="install git")
    plainly = (part for name, value in PLAINLY.items() for part in ("-c", f"{name}={value}"))
    return subprocess.run(  # noqa: S603 (git, with names of its own for arguments)
        [git, "-C", str(folder), *plainly, *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        env=surroundings.outside_repositories() | ({"GIT_INDEX_FILE": str(index)} if index else {}),
        stdin=subprocess.DEVNULL,
    )


def _answer(done: subprocess.CompletedProcess[str], folder: Path) -> str:
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no word"])[0].removeprefix("fatal: ").removeprefix("error: ")
        raise ToolError(f"git fails ({said})", where=str(folder), remedy="mend that, and see what `git status` says there")
    return done.stdout
