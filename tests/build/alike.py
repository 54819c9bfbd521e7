"""An incremental build of a blog, held to a build of it where nothing was."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alcatraz.build import Report
    from tests.conftest import Blog

__all__ = ["alike"]


def alike(blog: Blog, **options: Any) -> Report:
    """Builds in both ways, and fails where files or reports differ."""
    report = blog.build(cache=blog.root / ".alcatraz/cache", **options)
    here = blog.files()
    clean = blog.root / "clean"
    other = blog.build(output=clean, **options)
    there = {path.relative_to(clean).as_posix(): path.read_bytes() for path in sorted(clean.rglob("*")) if path.is_file()}
    shutil.rmtree(clean)
    assert here.keys() == there.keys()
    assert [path for path in here if here[path] != there[path]] == []
    assert replace(report, seconds=0.0, changed=None) == replace(other, seconds=0.0, changed=None)
    return report
