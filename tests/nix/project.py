"""A copy of this checkout in a git repository of its own, and Nix to run on its flake."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.nix.nix import NixError, StandIns

ROOT = Path(__file__).parents[2]
COMMITTED = "2026-11-24T12:00:00Z"


@dataclass(frozen=True)
class Project:
    """A git repository with a flake, and Nix to run on it."""

    folder: Path
    stand_ins: StandIns

    def nix(self, *arguments: str, attribute: str = "") -> str:
        """Runs Nix on the flake, or on one of its outputs."""
        return self.stand_ins.nix(*arguments, flake=f"{self.folder}#{attribute}" if attribute else self.folder)

    def evaluate(self, expression: str, command: str = "eval", *arguments: str) -> str:
        """Runs Nix on an expression in which all that nix/default.nix gives is at hand by its name."""
        inputs = self.stand_ins.folder
        pkgs = f"import {inputs}/nixpkgs {{ system = builtins.currentSystem; }}"
        whole = f"with import {self.folder}/nix {{ pkgs = {pkgs}; poetry2nix = {inputs}/poetry2nix; }}; {expression}"
        return self.here(command, "--impure", *arguments, "--expr", whole)

    def here(self, *arguments: str) -> str:
        """Runs Nix in the folder, with the inputs that its lock names. Raises NixError with what it said."""
        command = ["nix", *arguments, "--print-build-logs"]
        done = subprocess.run(command, cwd=self.folder, env=self.stand_ins.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NixError(done.stderr)
        return done.stdout

    def drv(self, attribute: str) -> str:
        """The path of a derivation."""
        return self.nix("eval", "--raw", attribute=f"{attribute}.drvPath")

    def git(self, *arguments: str) -> None:
        """Runs git in the repository, as nobody in particular and at a moment of our own."""
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "Ada"), ("EMAIL", "ada@test.example"), ("DATE", COMMITTED))
        }
        subprocess.run(
            ["git", "-c", "init.defaultBranch=main", *arguments], cwd=self.folder, env=os.environ | who, check=True, capture_output=True
        )

    def append(self, name: str, text: str) -> None:
        """Adds to a file, or makes it, so that git knows it."""
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
        self.git("add", name)


def copied(folder: Path, stand_ins: StandIns) -> Project:
    """This checkout as it is now, in `folder`, committed."""
    made = Project(folder, stand_ins)
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (made.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, made.folder / name)
    made.git("init", "--quiet")
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message=All of it")
    # Nix takes a flake for changed as long as its lock is not that of its inputs, and a changed one has no revision.
    stand_ins.lock(made.folder)
    made.git("commit", "--quiet", "--all", "--message=The stand-ins, locked")
    return made
