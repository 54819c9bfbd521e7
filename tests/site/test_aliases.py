"""Aliases: earlier addresses lead to the post, and wrong ones are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alcatraz.site.aliases import Aliased, Redirect, redirects

if TYPE_CHECKING:
    from alcatraz.findings import Finding

TAKEN = {"index.html": "the theme's index page", "posts/one/index.html": "content/posts/one.md", "a.pdf": "content/a.pdf"}


def made(*aliases: str, source: str = "content/posts/one.md") -> tuple[list[Redirect], list[Finding]]:
    """What becomes of aliases of one post."""
    return redirects([Aliased(source, 7, "posts/one/", aliases)], TAKEN)


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("/old/post/", "old/post/index.html"),
        ("old/post", "old/post/index.html"),
        ("/2019/05/post.html", "2019/05/post.html"),
        ("/v1.2/", "v1.2/index.html"),
        ("/index.php", "index.php/index.html"),
        ("/gr%C3%B6%C3%9Fe/", "größe/index.html"),
        ("/a//b/./", "a/b/index.html"),
    ],
)
def test_an_alias_becomes_a_page_that_leads_to_the_post(alias: str, path: str) -> None:
    """At the path from which a server gives that address."""
    assert made(alias) == ([Redirect(path, "posts/one/", "content/posts/one.md")], [])


@pytest.mark.parametrize(
    ("alias", "words"),
    [
        ("https://elsewhere.example/", "leads off the site"),
        ("//elsewhere.example/", "leads off the site"),
        ("javascript:alert(1)", "leads off the site"),
        ("../other/", "leaves the site"),
        ("/a/../../etc/passwd", "leaves the site"),
        ("/%2e%2e/secret/", "leaves the site"),
        ("/?p=12", "has a query or an anchor"),
        ("/post/#top", "has a query or an anchor"),
        ("/a\\b/", "a backslash or a control character"),
        ("/a%00b/", "a backslash or a control character"),
        ("/", "is also the address of the theme's index page"),
        ("", "is also the address of the theme's index page"),
        ("/posts/one/", "is also the address of content/posts/one.md"),
        ("/Posts/ONE", "is also the address of content/posts/one.md"),
        ("/a.pdf/more/", "lies below a.pdf, which is a file of content/a.pdf"),
    ],
)
def test_a_wrong_alias_gets_no_page_and_a_finding(alias: str, words: str) -> None:
    """With the line of the front matter, what is wrong, and what to do."""
    pages, [finding] = made(alias)
    assert pages == []
    assert (finding.path, finding.line, finding.rule) == ("content/posts/one.md", 7, "alias")
    assert words in finding.message
    assert finding.remedy


def test_of_two_posts_with_one_alias_the_first_by_path_keeps_it() -> None:
    """And the other is told which one that is, whatever order they came in."""
    posts = [Aliased(f"content/{name}.md", 3, f"posts/{name}/", ("/old/",)) for name in ("b", "a")]
    for order in (posts, posts[::-1]):
        pages, [finding] = redirects(order, TAKEN)
        assert pages == [Redirect("old/index.html", "posts/a/", "content/a.md")]
        assert finding.path == "content/b.md"
        assert "content/a.md" in finding.message


def test_one_alias_in_two_spellings_is_one_page() -> None:
    """A post may give both `/old` and `/old/`."""
    pages, found = made("/old", "/old/", "old/index.html", "/old")
    assert [page.path for page in pages] == ["old/index.html"]
    assert found == []


def test_pages_come_in_order_of_their_paths() -> None:
    """However the aliases were written."""
    pages, _ = made("/z/", "/a/", "/m.html")
    assert [page.path for page in pages] == ["a/index.html", "m.html", "z/index.html"]
