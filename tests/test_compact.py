"""Styles and scripts made small mean what they meant."""

from __future__ import annotations

import pytest

from alcatraz.compact import compact


@pytest.mark.parametrize(
    ("written", "small"),
    [
        ("/* why */\na {\n  color: red;\n}\n", "a{color: red}"),
        ("a , b > c { }", "a,b > c{}"),
        ("a :hover { }", "a :hover{}"),
        ("@media (width > 3rem) and (width < 9rem) { a { b: c } }", "@media (width > 3rem) and (width < 9rem){a{b: c}}"),
        ('a::after { content: " { ;  } /* no */ "; }', 'a::after{content: " { ;  } /* no */ "}'),
        ("a { margin: calc( 1px  +  2px ) }", "a{margin: calc( 1px + 2px )}"),
        ("a{b:c}/* one\ntwo */d{e:f}", "a{b:c}d{e:f}"),
    ],
)
def test_a_style_sheet_loses_comments_and_space(written: str, small: str) -> None:
    """Strings, and spaces that mean something, stay."""
    assert compact(written, ".css") == small


@pytest.mark.parametrize(
    ("written", "small"),
    [
        ("// why\nlet a = 1\n\n  let b = 2  // two\n", "let a = 1\nlet b = 2"),
        ("const s = 'http://x  // no';", "const s = 'http://x  // no';"),
        ("const t = `a\n   b`;", "const t = `a\n   b`;"),
        ("a /* one\ntwo */ b", "a\nb"),
        ("const r = /\\/\\*x/;\n", "const r = /\\/\\*x/;"),
    ],
)
def test_a_script_loses_comments_and_indentation(written: str, small: str) -> None:
    """Line ends stay, and so does what stands in strings, templates and regular expressions."""
    assert compact(written, ".js") == small
