"""Links between the author's files: followed, checked, and right wherever a post is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from tests.conftest import Blog


def rules(blog: Blog) -> list[tuple[str, int, str]]:
    return [(finding.path.removeprefix("content/posts/"), finding.line, finding.message) for finding in blog.build().findings]


def test_a_link_to_a_post_leads_to_its_page(blog: Blog) -> None:
    """The file an author names becomes the address a reader needs, with its anchor."""
    blog.post("one", "See [that](../two/index.md#tuesday) and [the folder](../two/).\n")
    blog.post("two", "## Tuesday\n")
    assert blog.build().findings == ()
    page = blog.page("posts/one/index.html")
    assert '<a href="/posts/two/#tuesday">that</a>' in page
    assert '<a href="/posts/two/">the folder</a>' in page


def test_links_are_right_under_a_path(blog: Blog) -> None:
    """A site at https://u.example/blog has every internal link begin with /blog."""
    blog.overrides["SITEURL"] = "https://u.example/blog"
    blog.post("one", "[a](../two/index.md) [b](/about/) [c](https://x.example/) ![d](d.svg)\n")
    blog.post("two")
    blog.write("content/posts/one/d.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>')
    blog.build()
    page = blog.page("posts/one/index.html")
    assert 'href="/blog/posts/two/"' in page
    assert 'href="/blog/about/"' in page
    assert 'href="https://x.example/"' in page
    assert 'src="/blog/posts/one/d.' in page


def test_pictures_lie_beside_the_post_with_a_hash_and_a_size(blog: Blog) -> None:
    """A bundle's picture goes where its page goes; its name changes with its bytes, its size is in the page."""
    blog.post("one", "![A](images/a.svg)\n")
    picture = blog.write("content/posts/one/images/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>')
    blog.build()
    (first,) = [path for path in blog.files() if path.startswith("posts/one/images/")]
    assert f'<img src="/{first}" width="40" height="30" alt="A"' in blog.page("posts/one/index.html")
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60"/>')
    blog.build()
    (second,) = [path for path in blog.files() if path.startswith("posts/one/images/")]
    assert first != second


def test_files_that_are_no_pictures_keep_their_names(blog: Blog) -> None:
    """What a reader saves to disk is called as the author called it."""
    blog.post("one", "[the paper](the%20paper.pdf)\n")
    blog.write("content/posts/one/the paper.pdf", b"%PDF-")
    assert blog.build().findings == ()
    assert "posts/one/the paper.pdf" in blog.files()
    assert 'href="/posts/one/the%20paper.pdf"' in blog.page("posts/one/index.html")


def test_files_nobody_links_to_stay_home(blog: Blog) -> None:
    """Notes and sources beside a post are not published by accident."""
    blog.post("one")
    blog.write("content/posts/one/notes.txt", "secret")
    blog.build()
    assert not [path for path in blog.files() if "notes" in path]


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("Text.\n\nSee\n[that](../gone/index.md).\n", 10, "../gone/index.md leads to a file that is not there"),
        ("![a](gone.jpg)\n", 7, "gone.jpg leads to a file that is not there"),
        ("[a](../two/index.md#nowhere)\n", 7, "#nowhere names an anchor"),
        ("[a](#nowhere)\n", 7, "#nowhere names an anchor"),
        ("[a](../draft/index.md)\n", 7, "not published"),
        ("[a](../../../pelicanconf.py)\n", 7, "leads out of the content folder"),
        ('<img src="gone.png" alt="x">\n', 7, "gone.png leads to a file"),
        ("[a]({filename}../gone/index.md)\n", 7, "leads to a file that is not there"),
        ("[a](notes.md)\n", 7, "only index.md is a post"),
        ("[a](more/notes.md)\n", 7, "only index.md is a post"),
    ],
)
def test_a_broken_link_is_named_with_its_line(blog: Blog, body: str, line: int, words: str) -> None:
    """A link that leads nowhere is found before a reader finds it."""
    blog.post("one", body)
    blog.post("two", "## Here\n")
    blog.post("draft", draft="true")
    blog.write("content/posts/one/notes.md", "Mine.\n")
    blog.write("content/posts/one/more/notes.md", "Mine.\n")
    ((path, found, message),) = rules(blog)
    assert (path, found) == ("one/index.md", line)
    assert words in message


def test_a_broken_link_keeps_its_words(blog: Blog) -> None:
    """The site has no dead link: the text stays, the link is taken off; a missing picture leaves its words."""
    blog.post("one", "See [that](../gone/index.md).\n\n![a crowd](gone.jpg)\n")
    blog.build()
    page = blog.page("posts/one/index.html")
    assert "See <a>that</a>." in page
    assert '<span class="missing">a crowd</span>' in page


def test_pelicans_own_links_work(blog: Blog) -> None:
    """`{filename}` and `{static}` mean what they mean in Pelican, from the content's root or relative."""
    blog.post("one", "[a]({filename}/posts/two/index.md) [b]({filename}../two/index.md) [c]({static}f.txt) [d]({tag}nix)\n")
    blog.post("two", tags="[nix]")
    blog.write("content/posts/one/f.txt", "f")
    assert blog.build().findings == ()
    page = blog.page("posts/one/index.html")
    assert '<a href="/posts/two/">a</a> <a href="/posts/two/">b</a>' in page
    assert 'href="/posts/one/f.txt"' in page
    assert 'href="/tags/nix/"' in page


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("c#1.png", "c%231.png"),
        ("50%.png", "50%.png"),
        ("q?.png", "q%3F.png"),
        ("Tom & Jerry.png", "<Tom & Jerry.png>"),
        ("it's.png", "it's.png"),
        ("a;b.png", "a;b.png"),
        ("a,b.png", "a,b.png"),
        ("a:b.png", "./a:b.png"),
        ("schön.png", "schön.png"),
        ("100%25.png", "100%2525.png"),
    ],
)
@pytest.mark.parametrize("reader", ["", "python-markdown"])
def test_a_file_may_have_any_name(blog: Blog, name: str, written: str, reader: str) -> None:
    """Whatever a disk allows is found, and percent-encoded in the page."""
    blog.post("one", f"![a]({written}) [b]({written})\n", reader=reader)
    blog.write(f"content/posts/one/{name}", b"no picture")
    assert blog.build().findings == ()
    (path,) = [path for path in blog.files() if path.endswith(".png")]
    page = blog.page("posts/one/index.html")
    assert f'src="/{quote(path)}"' in page
    assert f'href="/{quote(path)}"' in page


def test_a_query_is_kept(blog: Blog) -> None:
    """On a link to a post or a file, and alone."""
    blog.post("one", "[a](?q=1) [b](../two/index.md?x=1#z) [c](f.txt?y=2)\n")
    blog.post("two", "## Z\n")
    blog.write("content/posts/one/f.txt", "f")
    assert blog.build().findings == ()
    page = blog.page("posts/one/index.html")
    assert '<a href="?q=1">a</a> <a href="/posts/two/?x=1#z">b</a> <a href="/posts/one/f.txt?y=2">c</a>' in page


def test_html_is_a_post_or_a_file(blog: Blog) -> None:
    """A link to an HTML post leads to its page; one to a file that is no post leads to the file."""
    blog.post("one", "[a](../h.html) [b](../../static/demo.html)\n")
    blog.write(
        "content/posts/h.html",
        '<html><head><title>H</title><meta name="date" content="2026-11-01"><meta name="label" content="human"></head><body><p>x</p></body></html>',
    )
    blog.write("content/static/demo.html", "<!doctype html><title>Demo</title>")
    assert [finding for finding in blog.build().findings if finding.rule == "link"] == []
    page = blog.page("posts/one/index.html")
    assert '<a href="/posts/h/">a</a> <a href="/demo.html">b</a>' in page


def test_a_link_is_shown_as_it_reads_and_found_where_it_stands(blog: Blog) -> None:
    """Escapes are read, and equal links have each its own line."""
    blog.post("one", "[a](schön%20da.md)\n\n<a href='schön da.md'>b</a>\n")
    assert [(line, message.split(" leads")[0]) for _, line, message in rules(blog)] == [
        (7, "the link schön da.md"),
        (9, "the link schön da.md"),
    ]


def test_a_file_outside_is_not_published(blog: Blog) -> None:
    """Not even one that is there."""
    blog.post("one", "![a](../../../secret.png)\n")
    blog.write("secret.png", b"secret")
    blog.build()
    assert not [path for path in blog.files() if "secret" in path]


def test_a_link_without_a_target_is_found(blog: Blog) -> None:
    """It would reload the page; `#` alone leads to its top, and is lawful."""
    blog.post("one", 'Text.\n\n[k]() and [top](#).\n\n![p]()\n\n<a href="">r</a>\n')
    assert [(line, message) for _, line, message in rules(blog)] == [
        (9, "the link has no target"),
        (11, "the picture has no target"),
        (13, "the link has no target"),
    ]


@pytest.mark.parametrize("reader", ["", "rst"])
@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "/"),
        ({"SITEURL": "https://u.example/blog"}, "/blog/"),
        ({"INDEX_SAVE_AS": "posts/index.html", "INDEX_URL": "posts/"}, "/posts/"),
        ({"INDEX_SAVE_AS": "all.html", "INDEX_URL": "all.html"}, "/all.html"),
    ],
)
def test_the_index_has_the_address_that_every_page_gives_it(blog: Blog, reader: str, settings: dict[str, str], address: str) -> None:
    """`{index}` leads where the blog's first page is, not to its file."""
    blog.overrides.update(settings)
    if reader:
        blog.other(reader, "`all <{index}>`_ and `some <{index}#x>`__\n")
    else:
        blog.post("one", "[all]({index}) [some]({index}#x)\n")
    blog.build()
    page = blog.page("posts/one/index.html")
    assert f'href="{address}">all</a>' in page
    assert f'href="{address}#x">some</a>' in page
