"""What is known of pictures: found out, or taken from where it was written down before."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from alcatraz import images

if TYPE_CHECKING:
    from tests.conftest import Blog


def picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (30, 20)).save(path)
    return path


def test_a_picture_is_described_by_the_file_alone(tmp_path: Path) -> None:
    """As Nix runs it: the file as a command, with nothing of ours at hand."""
    source = picture(tmp_path / "a.png")
    subprocess.run([sys.executable, "-I", images.__file__, source, tmp_path / "made"], check=True)
    assert json.loads((tmp_path / "made" / "facts.json").read_text()) == {"size": [30, 20]}


def test_a_panorama_is_a_picture(tmp_path: Path) -> None:
    """Pillow refuses to open so large a one, lest it fill the memory; but its size stands in its head."""
    panorama = tmp_path / "wide.gif"
    Image.new("P", (1, 1)).save(panorama)
    data = bytearray(panorama.read_bytes())
    data[6:10] = struct.pack("<HH", 40000, 8000)
    panorama.write_bytes(data)
    assert images.size(panorama) == (40000, 8000)


def test_nix_knows_the_pictures_that_the_engine_knows() -> None:
    """nix/images.nix makes a derivation of whatever the engine takes for a picture, but for drawings, which are not encoded."""
    pattern = re.search(r'"\.\*\\\\\.\((.*?)\)"', (Path(__file__).parents[1] / "nix/images.nix").read_text(encoding="utf-8"))
    assert pattern
    for suffix in images.PICTURES:
        assert bool(re.fullmatch(pattern[1], suffix.removeprefix("."))) is (suffix != ".svg")


def test_a_build_takes_what_is_there_and_finds_out_the_rest(blog: Blog, tmp_path: Path) -> None:
    """What was made of a picture before lies under the hash of its bytes; another picture is looked at now."""
    blog.post("one", "![A](a.png) ![B](b.png)\n")
    known = picture(blog.root / "content/posts/one/a.png")
    Image.new("RGB", (40, 50)).save(blog.root / "content/posts/one/b.png")
    facts = tmp_path / "made" / hashlib.sha256(known.read_bytes()).hexdigest() / "facts.json"
    facts.parent.mkdir(parents=True)
    facts.write_text('{"size": [3, 2]}')  # not what it is, to see that it is not looked at
    blog.build(images=tmp_path / "made")
    page = blog.page("posts/one/index.html")
    assert 'width="3" height="2"' in page
    assert 'width="40" height="50"' in page
