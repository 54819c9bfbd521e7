"""The lock: it agrees with pyproject.toml, and every package in it can be installed where we say that it can, by pip and by Nix."""

from __future__ import annotations

import copy
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.tags import compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

from alcatraz.environment.lock import content_hash

if TYPE_CHECKING:
    from packaging.tags import Tag

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK: dict[str, Any] = tomllib.loads((ROOT / "poetry.lock").read_text(encoding="utf-8"))

# What glibc a wheel may ask for: Debian 12's, and those before it.
MANYLINUX = [f"manylinux_2_{minor}" for minor in range(36, 16, -1)] + ["manylinux2014"]
OLDER_MANYLINUX = {"x86_64": ["manylinux2010", "manylinux1"], "aarch64": []}

# The wheels whose every tag poetry2nix's parser knows; others would end an evaluation, so nix/ keeps them from it.
UNDERSTOOD = re.compile(
    r".*-(py[23.py]*|cp3[0-9]+(\.cp3[0-9]+)*)-(none|abi3|cp3[0-9]+)"
    r"-(any|((manylinux|musllinux|macosx)[a-z0-9_]*_(x86_64|aarch64|arm64|universal2)\.?)+)\.whl"
)


def tags(minor: int, machine: str) -> set[Tag]:
    """The tags of wheels that CPython 3.`minor` takes on this machine: on Debian 12, or, for `arm64`, on macOS 14."""
    if machine == "arm64":
        platforms = list(mac_platforms((14, 0), machine))
        return {*cpython_tags((3, minor), platforms=platforms), *compatible_tags((3, minor), f"cp3{minor}", platforms)}
    platforms = [f"{name}_{machine}" for name in [*MANYLINUX, *OLDER_MANYLINUX[machine], "linux"]]
    return {*cpython_tags((3, minor), platforms=platforms), *compatible_tags((3, minor), f"cp3{minor}", platforms)}


def wheels(package: dict[str, Any]) -> list[str]:
    """The names of a package's wheels."""
    return [file["file"] for file in package["files"] if file["file"].endswith(".whl")]


def test_lock_is_as_new_as_the_project() -> None:
    """poetry.lock was made from the dependencies that pyproject.toml has now; if not, `poetry lock` makes it so."""
    assert LOCK["metadata"]["content-hash"] == content_hash(PROJECT)
    assert LOCK["metadata"]["lock-version"].startswith("2.")


@pytest.mark.parametrize("change", ["dependencies", "group"])
def test_content_hash_changes_with_the_dependencies(change: str) -> None:
    """Another range of versions, in any group, makes another content hash."""
    project = copy.deepcopy(PROJECT)
    poetry = project["tool"]["poetry"]
    (poetry if change == "dependencies" else poetry["group"]["dev"])["dependencies"]["rich"] = "*"
    assert content_hash(project) != content_hash(PROJECT)


def test_content_hash_stands_for_the_dependencies_alone() -> None:
    """A new version, a new description or another tool's settings leave the lock as it is."""
    project = copy.deepcopy(PROJECT)
    project["tool"]["poetry"] |= {"version": "9.9", "description": "another"}
    project["tool"]["ruff"] = {}
    assert content_hash(project) == content_hash(PROJECT)


def test_content_hash_refuses_what_it_does_not_know() -> None:
    """A pyproject.toml with [project], which Poetry hashes in another way, is refused and not hashed wrongly."""
    with pytest.raises(ValueError, match=r"\[project\]"):
        content_hash(PROJECT | {"project": {}})


@pytest.mark.parametrize("machine", ["x86_64", "aarch64", "arm64"])
@pytest.mark.parametrize("minor", [11, 12, 13])
def test_every_package_has_a_wheel(minor: int, machine: str) -> None:
    """Nothing has to be compiled: each package has a wheel for each Python and machine, and one that Nix can read too."""
    fitting = tags(minor, machine)
    for package in LOCK["package"]:
        found = [name for name in wheels(package) if parse_wheel_filename(name)[3] & fitting]
        assert found, f"{package['name']} {package['version']} has no wheel for CPython 3.{minor} on {machine}"
        assert any(UNDERSTOOD.fullmatch(name) for name in found), f"{package['name']}: poetry2nix can read none of {found}"


def test_every_file_has_a_hash() -> None:
    """Each file of the lock is pinned by a SHA-256 hash, and none comes from a place of its own."""
    for package in LOCK["package"]:
        assert "source" not in package, package["name"]
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]) for file in package["files"]), package["name"]


def test_no_package_is_locked_twice() -> None:
    """Each package has one version, whatever the machine: poetry2nix would take either."""
    names = [package["name"] for package in LOCK["package"]]
    assert sorted(set(names)) == sorted(names)


def test_groups_of_tasks_are_groups_of_the_project() -> None:
    """The groups that the launcher installs for a task exist."""
    named = {group for groups in PROJECT["tool"]["alcatraz"]["groups"].values() for group in groups}
    assert named <= PROJECT["tool"]["poetry"]["group"].keys()


def test_each_direct_dependency_has_its_line() -> None:
    """docs/dependencies.md says of each direct dependency, and of nothing else, what it does here."""
    poetry = PROJECT["tool"]["poetry"]
    groups = [poetry["dependencies"], *(group["dependencies"] for group in poetry["group"].values())]
    direct = [name for group in groups for name in group if name != "python"]
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^- \*\*([\w-]+)\*\*", text, re.MULTILINE)) == sorted(direct)


def test_the_program_knows_its_version() -> None:
    """What `--version` prints is what pyproject.toml says."""
    import alcatraz

    poetry = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text(encoding="utf-8"))["tool"]["poetry"]
    assert alcatraz.__version__ == poetry["version"]
