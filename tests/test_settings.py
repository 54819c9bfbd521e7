"""Settings: what cannot be meant is refused in one sentence, with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alcatraz.errors import SettingsError
from alcatraz.settings import read
from tests.conftest import SETTINGS

if TYPE_CHECKING:
    from tests.conftest import Blog


@pytest.mark.parametrize(
    "line",
    [
        'SOCIAL = {"Mastodon": "https://social.example/@me"}',
        'SOCIAL = ["https://social.example/@me"]',
        'SOCIAL = [("Mastodon", "https://social.example/@me", "me")]',
        'LICENSE = "CC BY 4.0"',
        'MENUITEMS = [("About", None)]',
        "MENUITEMS = None",
    ],
)
def test_names_with_addresses_are_pairs(blog: Blog, line: str) -> None:
    """A link without its address, or an address without its name, is told with a line to write instead."""
    blog.write("pelicanconf.py", f"{SETTINGS}{line}\n")
    with pytest.raises(SettingsError, match=rf"pelicanconf\.py:5: {line.split(' ', maxsplit=1)[0]} is .*; write "):
        read(blog.root)


def test_pairs_may_be_lists_or_tuples(blog: Blog) -> None:
    """Python's two forms of a pair are one to an author."""
    blog.write("pelicanconf.py", f'{SETTINGS}SOCIAL = (["A", "https://a.example"],)\nLICENSE = ["CC0", "https://cc.example"]\n')
    assert read(blog.root)["LICENSE"] == ["CC0", "https://cc.example"]
