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

# The wheels that nix/python-env.nix lets poetry2nix see, read from there: others would end an evaluation.
PARTS = dict(re.findall(r'^  (\w+) = "(.*)";$', (ROOT / "nix/python-env.nix").read_text(encoding="utf-8"), re.MULTILINE))
PLATFORM = re.sub(r"\$\{(\w+)\}", lambda name: PARTS[name[1]], PARTS["platform"])
UNDERSTOOD = re.compile(rf".*-({PARTS['py']})-({PARTS['abi']})-({PLATFORM})\.whl".replace("\\\\", "\\"))
# The tags that its parser knows: vendor/pyproject.nix/lib/pep425.nix and pep600.nix of its locked revision.
KNOWN = re.compile(r"any|(manylinux(1|2010|2014|_2_\d+)|musllinux_1_\d+)_(x86_64|aarch64)|macosx_\d+_\d+_(x86_64|arm64|universal2)")


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


def unreadable(lock: dict[str, Any]) -> list[str]:
    """What poetry2nix could not read of a lock, each with its package."""
    if not lock["metadata"]["lock-version"].startswith("2."):
        return [f"the lock's version is {lock['metadata']['lock-version']}, and not 2"]
    return [
        f"{package['name']} has {name}, which the filter lets through and the parser does not know"
        for package in lock["package"]
        for name in wheels(package)
        if UNDERSTOOD.fullmatch(name) and not all(map(KNOWN.fullmatch, name.removesuffix(".whl").rpartition("-")[2].split(".")))
    ]


def test_nix_can_read_every_tag_that_it_sees() -> None:
    """What is let through to poetry2nix's parser is what it knows; anything else would end every evaluation."""
    assert unreadable(LOCK) == []


def test_a_lock_that_nix_cannot_read_is_told() -> None:
    """By the name of the package, and for a lock of another form."""
    strange = copy.deepcopy(LOCK)
    strange["package"][0]["files"] = [{"file": "odd-1.0-cp311-cp311-manylinux_3_1_x86_64.whl", "hash": ""}]
    (told,) = unreadable(strange)
    assert told.startswith(strange["package"][0]["name"])
    strange["metadata"]["lock-version"] = "3.0"
    assert unreadable(strange) == ["the lock's version is 3.0, and not 2"]


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
