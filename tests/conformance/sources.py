"""Source distributions of locked packages: they hold what a wheel leaves out, such as specifications and samples.

pip gets them by the hash that poetry.lock has, once, into `.alcatraz/sources`. Nothing of them is copied into this repository.
"""

from __future__ import annotations

import fcntl
import functools
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import lacking

__all__ = ["source_of"]

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / ".alcatraz" / "sources"
# What pip says where there is no way to an index, as in a sealed build; a file with another hash is no such thing.
UNREACHABLE = re.compile(r"Retrying \(|Temporary failure|No matching distribution|TLS CA certificate bundle|ensurepip is not available")


class UnreachableError(Exception):
    """There is no way to the package index."""


def source_of(name: str) -> Path:
    """The unpacked source distribution of a package in poetry.lock. Skips the test, or fails it, where it cannot be had."""
    return _unpacked(name) or lacking("the package index")


@functools.cache
def _unpacked(name: str) -> Path | None:
    """Asked for once, also where there is none."""
    package = _locked(name)
    folder = SOURCES / f"{name}-{package['version']}"
    SOURCES.mkdir(parents=True, exist_ok=True)
    with (SOURCES / "lock").open("wb") as turn:  # the tests run in several processes
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not folder.is_dir():
            try:
                with tempfile.TemporaryDirectory(dir=SOURCES) as made:
                    _fetch(package, Path(made)).rename(folder)
            except UnreachableError:
                return None
    return folder


def _locked(name: str) -> dict[str, Any]:
    packages = tomllib.loads((ROOT / "poetry.lock").read_text(encoding="utf-8"))["package"]
    found: dict[str, Any] = next(package for package in packages if package["name"] == name)
    return found


def _fetch(package: dict[str, Any], work: Path) -> Path:
    """Gets and unpacks a source distribution in `work`.

    pip asks the package's own build backend for its metadata before it hands the file over: so that happens in an environment
    apart, which holds pip and that backend and is thrown away.
    """
    _run(sys.executable, "-m", "venv", str(work / "env"))
    python = str(work / "env" / "bin" / "python")
    quietly = ("--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2", "--no-deps", "--require-hashes", "-r")
    _run(python, "-m", "pip", "install", *quietly, _listed(_locked("pdm-backend"), work))
    alone = ("--no-binary", ":all:", "--no-build-isolation", "--dest", str(work))
    _run(python, "-m", "pip", "download", *alone, *quietly, _listed(package, work))
    (archive,) = work.glob("*.tar.gz")
    _run("tar", "--extract", "--gzip", "--file", str(archive), "--directory", str(work))
    return archive.with_name(archive.name.removesuffix(".tar.gz"))


def _listed(package: dict[str, Any], work: Path) -> str:
    """A requirements file of one package, with its hashes."""
    file = work / f"{package['name']}.txt"
    hashes = " ".join(f"--hash={file['hash']}" for file in package["files"])
    file.write_text(f"{package['name']}=={package['version']} {hashes}\n", encoding="utf-8")
    return str(file)


def _run(*command: str) -> None:
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, env=variables, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode and UNREACHABLE.search(done.stdout):
        raise UnreachableError
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}")
