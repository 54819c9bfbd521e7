"""The two trees that alternate as an output: what one holds is not written into by the other, whatever lies in its way."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz.build.tree import Tree
from alcatraz.shipped import THEME
from tests.build.alike import alike

if TYPE_CHECKING:
    from tests.conftest import Blog


def test_a_file_that_takes_the_place_of_another_is_not_written_into_it(blog: Blog) -> None:
    """The theme's mark is linked from a file with the same bytes, and then replaced by the blog's own: the served one stays."""
    blog.write("content/static/mark.svg", (THEME / "marks/favicon.svg").read_bytes())
    alike(blog)
    with (blog.root / "output/mark.svg").open("rb") as served:
        blog.write("content/static/favicon.svg", "<svg/>")
        alike(blog)
        assert served.read() == (THEME / "marks/favicon.svg").read_bytes()


def test_a_file_that_a_child_has_left_is_made_again(tmp_path: Path) -> None:
    """A child that ends before it can tell has put files there of which nobody knows."""
    tree = Tree(tmp_path, {}, None, {})
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/one.html").write_bytes(b"half")
    tree.put("posts/one.html", b"whole")
    (tmp_path / "logo.png").hardlink_to(tmp_path / "posts/one.html")
    (tmp_path / "new.png").write_bytes(b"new")
    tree.put("logo.png", tmp_path / "new.png")
    assert [(tmp_path / name).read_bytes() for name in ("posts/one.html", "logo.png")] == [b"whole", b"new"]


def test_nothing_is_written_through_a_symbolic_link(blog: Blog, tmp_path: Path) -> None:
    """Somebody has put one in the place of a folder of the output, which is the spare tree of the next build but one."""
    away = tmp_path / "away"
    away.mkdir()
    blog.post("one")
    alike(blog)
    shutil.rmtree(blog.root / "output/posts")
    (blog.root / "output/posts").symlink_to(away)
    for number in range(3):
        blog.post("one", f"Edit {number}.\n")
        alike(blog)
        assert list(away.iterdir()) == []


def test_a_folder_takes_the_place_of_a_file_and_the_reverse(blog: Blog) -> None:
    """While one of the two trees still has what was there before."""
    for number, path in enumerate(("map", "map", "map/one", "map/one", "map/one", "map", "map", "map")):
        shutil.rmtree(blog.root / "content/static", ignore_errors=True)
        blog.write(f"content/static/{path}", "A map.\n")
        blog.post("one", f"Edit {number}.\n")
        alike(blog)


def test_a_file_whose_name_is_no_text(blog: Blog) -> None:
    """Somebody has put one into the output, in bytes that are not UTF-8: it goes as any other would."""
    blog.post("one")
    alike(blog)
    for number in range(3):
        Path(os.fsdecode(os.fsencode(blog.root) + b"/output/\xff")).write_bytes(b"")
        alike(blog)
        blog.post("one", f"Edit {number}.\n")
        alike(blog)
