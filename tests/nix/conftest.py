"""What the tests of the flake share."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.conftest import lacking
from tests.nix.nix import StandIns, prepare
from tests.nix.project import Project, copied

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="package")
def stand_ins(tmp_path_factory: pytest.TempPathFactory) -> StandIns:
    """The stand-ins for the inputs; where there is no Nix there are none."""
    if shutil.which("nix") is None:
        lacking("Nix")
    return prepare(tmp_path_factory.mktemp("stand-ins"))


@pytest.fixture(scope="package")
def project(stand_ins: StandIns, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """This checkout as it is now, committed. Tests that change it take `copy`."""
    return copied(tmp_path_factory.mktemp("project"), stand_ins)


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Project:
    """The project once more, to be changed."""
    folder = tmp_path / "project"
    shutil.copytree(project.folder, folder, symlinks=True)
    return Project(folder, project.stand_ins)
