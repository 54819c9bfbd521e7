"""What a build looks at: every file below some folders, by its bytes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from alcatraz.fingerprint import name_of_file
from alcatraz.look import look

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, and one in a folder."""
    (tmp_path / "content/inside").mkdir(parents=True)
    (tmp_path / "content/one").write_text("one")
    (tmp_path / "content/inside/two").write_text("two")
    return tmp_path / "content"


def test_every_file_has_a_name_by_its_bytes(folder: Path) -> None:
    """Two files with the same bytes have the same; folders have none."""
    (folder / "again").write_text("one")
    files = look([folder]).files
    assert {path.removeprefix(f"{folder}/") for path in files} == {"one", "again", "inside/two"}
    assert files[f"{folder}/one"] == files[f"{folder}/again"] == name_of_file(f"{folder}/one") != files[f"{folder}/inside/two"]


def test_a_byte_makes_all_of_it_another(folder: Path) -> None:
    """Also where size and time stay; and back it is the same again."""
    seen, about = look([folder]).name, (folder / "one").stat()
    (folder / "one").write_text("eno")
    os.utime(folder / "one", ns=(about.st_atime_ns, about.st_mtime_ns))
    assert look([folder]).name != seen
    (folder / "one").write_text("one")
    assert look([folder]).name == seen


def test_names_count_and_times_do_not(folder: Path) -> None:
    """A file that is renamed, added or removed makes another; one that is saved as it was does not."""
    first = look([folder]).name
    (folder / "one").touch()
    assert look([folder]).name == first
    seen = {first}
    (folder / "one").rename(folder / "three")
    seen.add(look([folder]).name)
    (folder / "three").rename(folder / "inside/three")
    seen.add(look([folder]).name)
    (folder / "inside/three").unlink()
    seen.add(look([folder]).name)
    (folder / "empty").touch()
    seen.add(look([folder]).name)
    assert len(seen) == 5


def test_the_folders_count_in_their_order(folder: Path, tmp_path: Path) -> None:
    """A file that goes from one to the other makes another; a folder that is not there holds nothing."""
    other = tmp_path / "theme"
    assert look([folder, other]).files == look([folder]).files
    other.mkdir()
    (folder / "one").rename(other / "one")
    assert look([folder, other]).name != look([other, folder]).name


def test_links_are_followed_and_never_for_ever(folder: Path, tmp_path: Path) -> None:
    """What a link leads to counts by its bytes, and a folder that leads back into itself by its name alone."""
    (tmp_path / "elsewhere").write_text("else")
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    (folder / "inside/back").symlink_to(folder)
    seen = look([folder])
    assert len(seen.files) == 4
    assert seen.files[f"{folder}/inside/back"] == b""
    (tmp_path / "elsewhere").write_text("other")
    assert look([folder]).name != seen.name


def test_what_cannot_be_read_is_no_file_with_bytes(folder: Path) -> None:
    """A link that leads nowhere, and a pipe that nobody writes to, which is not waited for."""
    (folder / "nowhere").symlink_to(folder / "gone")
    os.mkfifo(folder / "pipe")
    files = look([folder]).files
    assert files[f"{folder}/nowhere"] == b""
    assert len(files) == 4
    assert name_of_file(f"{folder}/gone") == name_of_file(str(folder)) == b""


def test_a_name_that_is_no_text(folder: Path) -> None:
    """Is a name like any other."""
    seen = look([folder]).name
    with open(os.fsencode(folder) + b"/\xff", "wb"):  # noqa: PTH123 (a name in bytes)
        pass
    assert look([folder]).name != seen
