"""What makes no difference in HTML, and what does."""

from __future__ import annotations

import pytest

from tests.conformance.markup import normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<a href="x" title="y">', "<A title='y' HREF=x>"),
        ("<br />\n", "<br>"),
        ("&copy; &quot;x&#34;", '© "x"'),
        ("<p>a  \n b</p>\n\n<p>", "<p>a b</p><p>"),
        ("<ul>\n<li>\n<p>a</p>\n</li>\n</ul>\n", "<ul><li><p>a</p></li></ul>"),
    ],
)
def test_what_makes_no_difference(one: str, other: str) -> None:
    """Forms of one thing are written in one way."""
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<a href="x">', '<a href="y">'),
        ('<a href="x">', '<a href="x" id="">'),
        ("a <em>b</em>", "a<em>b</em>"),
        ("<em>a</em> b", "<em>a</em>b"),
        ("<p>a</p> b", "<p>a b</p>"),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ("<pre>a\n</pre>", "<pre>a</pre>"),
        ("a\u00a0b", "a b"),
        ("&lt;b>", "<b>"),
        ("&amp;copy;", "&copy;"),
        ("<!-- a -->", "<!--a-->"),
        ("<!-- <p> -->", "<!-- <P> -->"),
        ("<a title=' x'>", "<a title='x'>"),
        ("<b", "<b>"),
    ],
)
def test_what_makes_a_difference(one: str, other: str) -> None:
    """Text, structure, attributes and the white space that is shown stay as they are."""
    assert normal(one) != normal(other)
