"""Links in a feed: whole, wherever they started from, and nothing else touched."""

from __future__ import annotations

import pytest

from alcatraz.feeds.absolute import address, with_absolute_links

PAGE = "https://u.example/blog/posts/one/"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ('<a href="../two/#tuesday">', f'<a href="{PAGE[:-4]}two/#tuesday">'),
        ('<a href="/blog/about/">', '<a href="https://u.example/blog/about/">'),
        ('<a href="//cdn.example/x">', '<a href="https://cdn.example/x">'),
        ('<a href="?a=1&amp;b=2">', f'<a href="{PAGE}?a=1&amp;b=2">'),
        ("<a href='a.pdf'>", f'<a href="{PAGE}a.pdf">'),
        ("<a href=a.pdf class=x>", f'<a href="{PAGE}a.pdf" class=x>'),
        ('<img alt="a > b" src="a.png">', f'<img alt="a > b" src="{PAGE}a.png">'),
        ('<IMG\n  SRC="a.png"/>', f'<IMG\n  SRC="{PAGE}a.png"/>'),
        ('<video poster="p.jpg" src="v.webm">', f'<video poster="{PAGE}p.jpg" src="{PAGE}v.webm">'),
        ('<blockquote cite="/b">', '<blockquote cite="https://u.example/b">'),
    ],
)
def test_a_relative_address_becomes_absolute(written: str, whole: str) -> None:
    """In any attribute that holds one, however it is quoted."""
    assert with_absolute_links(written, PAGE) == whole


def test_an_anchor_in_the_page_becomes_one_of_its_permalink() -> None:
    """A footnote in a feed leads to the page, since the reader's program has ids of its own."""
    html = '<sup id="fnref-1"><a href="#fn-1" role="doc-noteref">1</a></sup>'
    assert with_absolute_links(html, PAGE) == html.replace("#fn-1", f"{PAGE}#fn-1")


def test_a_part_of_a_drawing_stays_in_the_drawing() -> None:
    """`<use href="#leaf">` names a part of its own picture, and would show nothing from elsewhere."""
    html = '<svg><path id="leaf" d=""/><use href="#leaf"/></svg>'
    assert with_absolute_links(html, PAGE) == html


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("a.jpg 1x, b.jpg 2x", f"{PAGE}a.jpg 1x, {PAGE}b.jpg 2x"),
        ("a.jpg 480w,b.jpg 960w", f"{PAGE}a.jpg 480w, {PAGE}b.jpg 960w"),
        ("a.jpg, b.jpg 2x", f"{PAGE}a.jpg, {PAGE}b.jpg 2x"),
        ("a,b.jpg 1x", f"{PAGE}a,b.jpg 1x"),
        ("data:image/png;base64,AAAA 1x, b.jpg 2x", f"data:image/png;base64,AAAA 1x, {PAGE}b.jpg 2x"),
    ],
)
def test_every_picture_of_a_srcset_is_made_absolute(written: str, whole: str) -> None:
    """Addresses with commas in them included."""
    assert with_absolute_links(f'<img srcset="{written}">', PAGE) == f'<img srcset="{whole}">'


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.example/?a=1&b=2">as it was</a>',
        '<a href="mailto:ada@example.org">',
        '<img src="data:image/gif;base64,R0lGOD" alt=\'src="x"\'>',
        '<p title=\' href="a"\'>href="a" &lt;a href="a"></p>',
        '<!-- <a href="a"> -->',
        "<script>document.write('<a href=\"a\">')</script>",
        '<a href="//[">no address at all</a>',
        "<a name>a < b &nbsp;</a>",
        'an unfinished <a href="x',
    ],
)
def test_what_is_no_relative_link_stays_to_the_byte(html: str) -> None:
    """Whole addresses, text, comments, scripts, other attributes' values and broken markup are left alone."""
    assert with_absolute_links(html, PAGE) == html


def test_a_quote_that_is_never_closed_costs_no_more_than_reading_on() -> None:
    """Markup of many broken tags is read in one go: no backtracking."""
    html = '<a href="x' * 3001
    assert with_absolute_links(html, PAGE).endswith('<a href="x')


def test_an_address_is_below_the_site_wherever_that_is() -> None:
    """With the site's own path, and with other scripts as addresses write them."""
    assert address("https://u.example/blog", "posts/one/") == "https://u.example/blog/posts/one/"
    assert address("https://u.example", "") == "https://u.example/"
    assert address("https://u.example", "tags/größe/") == "https://u.example/tags/gr%C3%B6%C3%9Fe/"
    assert address("https://u.example", "a%20b/") == "https://u.example/a%20b/"
