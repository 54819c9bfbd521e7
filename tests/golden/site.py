"""Builds the golden blog at a fixed moment."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from alcatraz.build import Request, build
from alcatraz.settings import read

__all__ = ["EXPECTED", "build_golden"]

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
PICTURES = (".png", ".jpg", ".svg")


def build_golden(folder: Path) -> dict[str, bytes]:
    """Builds in `folder`; gives every file of the site but its pictures. The search index is not made."""
    blog, output = folder / "blog", folder / "output"
    shutil.copytree(HERE / "blog", blog)
    build(Request(settings=read(blog), now=NOW, output=output, search=False))
    files = sorted(path for path in output.rglob("*") if path.is_file() and path.suffix not in PICTURES)
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}
