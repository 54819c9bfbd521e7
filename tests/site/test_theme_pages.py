"""The pages of the theme that a blog does without, and addresses in other forms: what is left leads somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

from alcatraz.build import Request
from alcatraz.checks.of_blog import check
from alcatraz.settings import read
from tests.conftest import NOW, SETTINGS

if TYPE_CHECKING:
    from tests.conftest import Blog

LISTS = ("ARCHIVES", "AUTHORS", "CATEGORIES", "COLOPHON", "SEARCH", "SUBSCRIBE", "TAGS")
NAMES = ("AUTHOR", "CATEGORY", "TAG")


def written(blog: Blog, settings: str) -> Blog:
    """A blog with one of everything that has a page of its own."""
    blog.write("pelicanconf.py", f"{SETTINGS}{settings}\n")
    blog.post("one", tags="[nix]", categories="[Food]", authors="[Ada, Bob]")
    blog.post("two", "See [one](../one/index.md).\n", tags="[nix]")
    blog.post("whisper", unlisted="true", tags="[quiet]", authors="[Eve]")
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nSee [one](../posts/one/index.md).\n")
    return blog


def faults(blog: Blog) -> list[str]:
    """What all the checks find."""
    result = check(Request(settings=read(blog.root), now=NOW, output=blog.root / "output"))
    return [str(finding) for outcome in result.outcomes for finding in outcome.findings]


@pytest.mark.parametrize("left_out", [*LISTS, *NAMES, "YEAR_ARCHIVE", "all"])
def test_nothing_links_to_a_page_that_a_blog_does_without(blog: Blog, left_out: str) -> None:
    """No link is broken, whichever of the theme's pages is left out; names stand there without a link."""
    keys = [*LISTS, *NAMES] if left_out == "all" else [left_out]
    written(blog, "\n".join(f'{key}_SAVE_AS = ""' for key in keys))
    assert faults(blog) == []
    blog.build()
    page = html.fromstring(blog.page("posts/one/index.html"))
    assert [each.text for each in page.cssselect(".p-author")] == ["Ada", "Bob"]
    assert [each.text for each in page.cssselect(".p-category")] == ["Food", "nix"]
    assert {each.tag for each in page.cssselect(".p-author")} == ({"span"} if "AUTHOR" in keys else {"a"})
    assert bool(page.cssselect("a.seal")) == ("COLOPHON" not in keys)
    assert ("Search" in [each.text for each in page.cssselect("nav a")]) == ("SEARCH" not in keys)
    assert bool(html.fromstring(blog.page("404.html")).cssselect("form")) == ("SEARCH" not in keys)


def test_a_page_that_is_not_asked_for_is_linked_to_no_more_than_one_without_a_place(blog: Blog) -> None:
    """DIRECT_TEMPLATES is the other of Pelican's ways to do without a page."""
    written(blog, 'DIRECT_TEMPLATES = ["index", "404"]')
    assert faults(blog) == []


@pytest.mark.parametrize("form", ["{}.html", "{}"])
def test_addresses_may_be_those_of_files_with_or_without_their_ending(blog: Blog, form: str) -> None:
    """Links, canonical addresses, site map and feeds agree, and no feed of a category takes another's place."""
    lines = [f'{key}_URL = "{form.format(f"{key.lower()}/{{slug}}")}"' for key in ("ARTICLE", "PAGE", *NAMES)]
    lines += [f'{key}_SAVE_AS = "{key.lower()}/{{slug}}.html"' for key in ("ARTICLE", "PAGE", *NAMES)]
    for key in LISTS:
        lines += [f'{key}_URL = "{form.format(key.lower())}"', f'{key}_SAVE_AS = "{key.lower()}.html"']
    written(blog, "\n".join([*lines, f'MENUITEMS = [("Archive", "{form.format("archives")}")]']))
    blog.post("three", categories="[Travel]")
    assert faults(blog) == []
    blog.build()
    page = html.fromstring(blog.page("article/one.html"))
    assert page.xpath("//link[@rel='canonical']/@href") == [f"https://test.example/{form.format('article/one')}"]
    for name, posts in (("food", 1), ("travel", 1)):
        assert len(etree.fromstring(blog.page(f"category/{name}/feed.xml").encode()).findall("{*}entry")) == posts
        assert f"/category/{name}/feed.xml" in blog.page(f"category/{name}.html")
