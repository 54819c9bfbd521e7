"""A blog's pin on its engine: the wheel in its folder, named in pyproject.toml and, with all it needs, in poetry.lock."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from alcatraz.environment.lock import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alcatraz.blog.engine import Engine

__all__ = ["FOLDER", "PYPROJECT", "lock_for", "locked", "pyproject_for", "versions"]

FOLDER = "engine"
PYPROJECT = """\
# What this blog is built with: the engine in `engine/`, and whatever you add. After a change: `poetry lock`.

[tool.poetry]
name = "blog"
version = "0"
package-mode = false

[tool.poetry.dependencies]
python = "{python}"
alcatraz = {{ path = "{folder}/{file}" }}
"""

BLOCK = re.compile(r"^\[\[package\]\]$", re.MULTILINE)


def pyproject_for(engine: Engine) -> str:
    """The pyproject.toml of a blog that needs the engine and nothing else."""
    return PYPROJECT.format(python=engine.python, folder=FOLDER, file=engine.file)


def lock_for(engine: Engine, pyproject: str) -> str:
    """The poetry.lock that Poetry would write for such a blog: the engine, and what the engine's own lock holds for it."""
    lock = engine.read("poetry.lock")
    head, *blocks = BLOCK.split(lock)
    blocks[-1], _, _ = blocks[-1].partition("\n[metadata]\n")
    packages = [_of_main(block) for block in blocks if "main" in _package(block)["groups"]]
    packages.append(_entry(engine))
    packages.sort(key=lambda block: str(_package(block)["name"]))
    body = "".join(f"[[package]]{block.rstrip()}\n\n" for block in packages)
    return f'{head}{body}[metadata]\nlock-version = "2.1"\npython-versions = "{engine.python}"\ncontent-hash = "{content_hash(tomllib.loads(pyproject))}"\n'


def locked(lock: str) -> dict[str, str]:
    """The version of each package in a lock."""
    return {package["name"]: package["version"] for package in tomllib.loads(lock).get("package", [])}


def versions(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """What differs between two locks, a line a package."""
    lines = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old != new:
            lines.append(f"{name} {old} → {new}" if old and new else f"{name} {new} (new)" if new else f"{name} {old} (gone)")
    return lines


def _package(block: str) -> dict[str, Any]:
    (package,) = tomllib.loads(f"[[package]]{block}")["package"]
    return dict(package)


def _of_main(block: str) -> str:
    """A package's entry without the groups of dependencies that only the engine's own work needs."""
    markers = _package(block).get("markers", "")
    if isinstance(markers, dict):
        markers = markers.get("main", "")
    lines = []
    for line in block.split("\n"):
        if line.startswith("groups = "):
            lines.append('groups = ["main"]')
        elif line.startswith("markers = "):
            if markers:
                lines.append(f"markers = {_quoted(markers)}")
        else:
            lines.append(line)
    return "\n".join(lines)


def _entry(engine: Engine) -> str:
    from poetry.core.packages.dependency import Dependency

    needs = []
    for requirement in engine.requires:
        dependency = Dependency.create_from_pep_508(requirement)
        version = _quoted(dependency.pretty_constraint)
        extras = ", ".join(_quoted(extra) for extra in sorted(dependency.extras))
        needs.append(f"{dependency.pretty_name} = " + (f"{{version = {version}, extras = [{extras}]}}" if extras else version))
    return f"""
name = "alcatraz"
version = "{engine.version}"
description = {_quoted(engine.summary)}
optional = false
python-versions = "{engine.python}"
groups = ["main"]
files = [
    {{file = "{engine.file}", hash = "{engine.digest}"}},
]

[package.dependencies]
{chr(10).join(sorted(needs, key=str.lower))}

[package.source]
type = "file"
url = "{FOLDER}/{engine.file}"
"""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
