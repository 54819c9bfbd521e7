"""The golden site, byte for byte."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pytest

from tests.golden.site import EXPECTED, build_golden

if TYPE_CHECKING:
    from pathlib import Path


def test_the_golden_site_is_as_expected(tmp_path: Path) -> None:
    """Every page, feed and list is what it was; `./alcatraz golden` writes them anew where that is meant."""
    found = build_golden(tmp_path)
    expected = {path.relative_to(EXPECTED).as_posix(): path.read_bytes() for path in sorted(EXPECTED.rglob("*")) if path.is_file()}
    assert list(found) == list(expected)
    for name, data in found.items():
        if data != expected[name]:
            before, after = expected[name].decode().splitlines(), data.decode().splitlines()
            pytest.fail("\n".join(difflib.unified_diff(before, after, f"expected/{name}", name, lineterm="", n=1)))
