"""The size of a picture, so that a page does not jump when the picture arrives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PICTURES", "size"]

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")

NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*$")
EXIF_ORIENTATION = 0x0112
TURNED = {5, 6, 7, 8}  # orientations that swap width and height; EXIF 2.32, table 4


def size(path: Path) -> tuple[int, int] | None:
    """Width and height in CSS pixels as shown; None where the file is no picture that can be read."""
    return _vector_size(path) if path.suffix.lower() == ".svg" else _raster_size(path)


def _raster_size(path: Path) -> tuple[int, int] | None:
    from PIL import Image, UnidentifiedImageError

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
