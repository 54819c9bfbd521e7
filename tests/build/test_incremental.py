"""What a page depends on beside the post that it shows: where any of it is another, the page is made again."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from alcatraz.shipped import THEME
from tests.build.alike import alike

if TYPE_CHECKING:
    from tests.conftest import Blog


@pytest.mark.parametrize("place", ["content-looks", "content/static/looks"])
def test_a_theme_beside_or_in_the_content(blog: Blog, place: str) -> None:
    """Its name may begin as that of the content folder does."""
    blog.overrides["THEME"] = str(blog.root / place)
    shutil.copytree(THEME, blog.root / place)
    blog.post("one")
    alike(blog)
    base = blog.root / place / "templates/base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("</body>", "<p>Edited.</p></body>"), encoding="utf-8")
    alike(blog)


def test_a_template_among_the_content(blog: Blog) -> None:
    """Pelican's TEMPLATE_PAGES: the text of the template counts, and the names that it has come to mention."""
    blog.overrides |= {"TEMPLATE_PAGES": {"shown/page.html": "page.html"}, "ARTICLE_EXCLUDES": ["pages", "static", "shown"]}
    blog.post("one")
    for text in ("One {{ SITENAME }}", "Two {{ SITENAME }}", "Two {{ articles|length }}"):
        blog.write("content/shown/page.html", text)
        alike(blog)
    blog.post("two")
    alike(blog)
