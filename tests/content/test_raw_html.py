"""HTML in posts: what an author writes by hand is read as a browser reads it, and changed no more than it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alcatraz.content.markdown import Place, render

if TYPE_CHECKING:
    from tests.conftest import Blog

PLACE = Place("content/posts/one/index.md", "posts/one")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'


def html(body: str) -> str:
    document, _ = render(body, PLACE)
    return document.html


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("<a href='f.txt'>x</a>", '<a href="/posts/one/f.txt">'),
        ("<a href=f.txt>x</a>", '<a href="/posts/one/f.txt">'),
        ('<A HREF="f.txt">x</A>', '<A HREF="/posts/one/f.txt">'),
        ('<a title="a > b" href="f.txt">x</a>', '<a title="a > b" href="/posts/one/f.txt">'),
        ('<video src="f.txt" poster="g.txt"></video>', '<video src="/posts/one/f.txt" poster="/posts/one/g.txt">'),
        ('<img alt="x" src="f.txt" srcset="f.txt 1x, g.txt 2x">', 'srcset="/posts/one/f.txt 1x, /posts/one/g.txt 2x"'),
        ('<iframe title="t" src="f.txt"></iframe>', '<iframe title="t" src="/posts/one/f.txt">'),
        ('<object data="f.txt"></object>', '<object data="/posts/one/f.txt">'),
        ('<map name="m"><area alt="x" href="f.txt"></map>', '<area alt="x" href="/posts/one/f.txt">'),
    ],
)
def test_files_named_in_html_are_found(blog: Blog, tag: str, shown: str) -> None:
    """In every form of a tag that HTML allows, and in every attribute that names a file."""
    blog.post("one", f"Text {tag}\n")
    blog.write("content/posts/one/f.txt", "f")
    blog.write("content/posts/one/g.txt", "g")
    assert blog.build().findings == ()
    assert shown in blog.page("posts/one/index.html")
    assert "posts/one/f.txt" in blog.files()


def test_a_missing_candidate_of_a_srcset_is_taken_out(blog: Blog) -> None:
    """The others stay."""
    blog.post("one", '<img alt="x" src="a.svg" srcset="a.svg 1x, gone.svg 2x">\n')
    blog.write("content/posts/one/a.svg", SVG)
    (finding,) = blog.build().findings
    assert (finding.line, "gone.svg" in finding.message) == (7, True)
    assert "gone" not in blog.page("posts/one/index.html")
    assert ' 1x"' in blog.page("posts/one/index.html")


@pytest.mark.parametrize(
    "raw",
    [
        '<!-- <img src="a.png"> <h2>x</h2> -->',
        "<script>\nx = '<img src=\"a.png\"><h2>x</h2>'\n</script>",
        '<style>\n/* <a href="b.md"> <h2>x</h2> */\n</style>',
        '<pre>\n<a href="b.md">b</a> <h2>x</h2> <p><img src="a.png"></p>\n</pre>',
    ],
)
def test_what_is_no_prose_is_left_alone(raw: str) -> None:
    """Comments, scripts, style sheets and preformatted text stay as they are, to the byte."""
    assert html(f"{raw}\n") == f"{raw}\n"


def test_tables_of_the_authors_own_are_left_alone() -> None:
    """Only a table of Markdown's is wrapped, and only its alignment becomes a class."""
    raw = '<table class="x">\n<tr><td style="text-align: center">1</td></tr>\n</table>\n'
    assert html(raw) == raw
    both = html("| a |\n|:-:|\n| 1 |\n\n" + raw)
    assert both.endswith(raw)
    assert both.count("<div") == both.count("</div>") == 1
    assert '<p style="text-align: right">' in html('| a |\n|---|\n| 1 |\n\n<p style="text-align: right">x</p>\n')


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("<h2 id='x'>A</h2>", "x"),
        ("<h2 id=x>A</h2>", "x"),
        ("<H2 ID=x>A</H2>", "x"),
        ('<h2 data-id="y">A</h2>', "a"),
        ('<h2 title="a > b" id="x">A</h2>', "x"),
    ],
)
def test_headings_in_html_keep_their_ids(heading: str, anchor: str) -> None:
    """An id is found in every form, and nothing else is taken for one."""
    document, _ = render(f"{heading}\n", PLACE)
    assert [(entry.id, entry.html) for entry in document.toc] == [(anchor, "A")]
    assert document.anchors == {anchor}


def test_a_figure_keeps_what_its_picture_says() -> None:
    """Attributes of a picture written by hand stay, and none is written twice."""
    found = html("<p><img class=big hidden alt='a > b' loading=eager src='p.png'></p>\n")
    assert found == "<figure><img class=big hidden alt='a > b' loading=eager src=\"{static}/posts/one/p.png\"></figure>\n"


def test_nothing_of_ours_is_left_in_the_page(blog: Blog) -> None:
    """A picture that speaks its title has no mark of that."""
    blog.post("one", '![](a.svg "Title")\n')
    blog.write("content/posts/one/a.svg", SVG)
    blog.build()
    page = blog.page("posts/one/index.html")
    assert 'alt="Title"' in page
    assert "data-alt" not in page
