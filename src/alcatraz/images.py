"""What is known of a picture, so that a page does not jump when the picture arrives: its size, as shown.

As a command, this file writes what is known of one picture into a folder, for a build to find it there:

    python images.py PICTURE FOLDER

Nix runs it so, a derivation for each picture; so it needs nothing of ours, and of others' Pillow alone.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

__all__ = ["PICTURES", "size"]

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")

FACTS = "facts.json"
NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*$")
EXIF_ORIENTATION = 0x0112
TURNED = {5, 6, 7, 8}  # orientations that swap width and height; EXIF 2.32, table 4


def size(path: Path, made: Path | None = None) -> tuple[int, int] | None:
    """Width and height in CSS pixels as shown; None where the file is no picture that can be read.

    In the folder `made`, what is known of a picture lies in a folder that has the SHA-256 of its bytes for its name; what
    is not there is found out now.
    """
    if path.suffix.lower() == ".svg":
        return _vector_size(path)
    if made and (facts := made / hashlib.sha256(path.read_bytes()).hexdigest() / FACTS).is_file():
        known: list[int] | None = json.loads(facts.read_bytes())["size"]
        return (known[0], known[1]) if known else None
    return _raster_size(path)


def _raster_size(path: Path) -> tuple[int, int] | None:
    from PIL import Image, UnidentifiedImageError

    # A panorama is no attack: the picture is the author's own, and nothing but its head is read.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(path) as image:
            width, height = image.size
            turned = image.getexif().get(EXIF_ORIENTATION) in TURNED
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    return (height, width) if turned else (width, height)


def _vector_size(path: Path) -> tuple[int, int] | None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.parse(path, parser).getroot()
    except (etree.XMLSyntaxError, OSError):
        return None
    width, height = NUMBER.match(root.get("width", "")), NUMBER.match(root.get("height", ""))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = [float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if NUMBER.match(part.lstrip("-"))]
    return (round(box[2]), round(box[3])) if len(box) == 4 else None


def main(picture: Path, folder: Path) -> None:
    """Writes what is known of a picture into `folder`, which is made."""
    folder.mkdir()
    (folder / FACTS).write_text(json.dumps({"size": size(picture)}) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
