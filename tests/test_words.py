"""The words of a site: a blog says its own instead of the theme's, in any language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html

from alcatraz.errors import SettingsError, TemplateError
from alcatraz.settings import read
from alcatraz.words import words_of
from tests.conftest import SETTINGS

if TYPE_CHECKING:
    from tests.conftest import Blog

LANGUAGES = (Path(__file__).parents[1] / "docs" / "languages.md").read_text(encoding="utf-8")
GERMAN = "".join(re.findall(r"^```python\n(.*?)^```", LANGUAGES, re.MULTILINE | re.DOTALL))
JAPANESE = """
DEFAULT_LANG = "ja"
THEME_STRINGS = {
    "months": [f"{number}月" for number in range(1, 13)],
    "months_short": [f"{number}月" for number in range(1, 13)],
    "date_long": "%(year)d年%(month)s%(day)d日",
    "date_short": "%(month)s%(day)d日",
    "search_some": "「%s」は%d件にあります。",
}
"""
POST = """\
> [!NOTE]
> Noted[^1].

| a |
|---|
| b |

- [x] done

[^1]: So.
"""


def test_the_german_of_the_documents_is_whole(blog: Blog) -> None:
    """Every word there is, and none that is not; a blog that copies it has no English left."""
    english = words_of(read(blog.root))
    blog.write("pelicanconf.py", SETTINGS + GERMAN)
    settings = read(blog.root)
    assert list(settings["THEME_STRINGS"]) == list(english)
    blog.post("one", POST)
    blog.post("old", aliases="[old/]")
    blog.build()
    page = html.fromstring(blog.page("posts/one/index.html"))
    assert page.cssselect("time")[0].text == "1. November 2026"
    assert "Von einem Menschen geschrieben" in page.cssselect(".label")[0].text_content()
    assert page.cssselect(".alert-title")[0].text == "Hinweis"
    assert page.xpath("//@aria-label")[-1] == "Das Siegel dieser Seite, und wie sie gemacht ist"
    assert {"Anmerkungen", "Zurück zum Text", "Tabelle", "erledigt"} <= set(page.xpath("//@aria-label"))
    assert "<h1>Archiv</h1>" in blog.page("archive/index.html")
    assert "<h1>Diese Seite ist umgezogen</h1>" in blog.page("old/index.html")
    said = "".join(blog.page(path) for path in blog.files() if path.endswith(".html"))
    assert [words for words in english.values() if isinstance(words, str) and " " in words and f">{words}<" in said] == []


def test_a_date_is_in_the_order_of_its_language(blog: Blog) -> None:
    """Its parts may be written in any order, and a form that leaves the year out may stay so."""
    blog.write("pelicanconf.py", SETTINGS + JAPANESE)
    blog.post("one")
    blog.build()
    assert ">2026年11月1日</time>" in blog.page("posts/one/index.html")
    assert ">11月1日</time>" in blog.page("archive/index.html")
    assert "<h1>Archive</h1>" in blog.page("archive/index.html")


def test_a_template_of_the_blogs_own_may_say_some_of_the_words(blog: Blog) -> None:
    """A strings.html of its own needs no more than what it says differently; the setting comes before it."""
    blog.write("mine/strings.html", '{% set t = {"archive": "Lager", "search": "Fundbüro"} %}')
    blog.write("pelicanconf.py", f'{SETTINGS}THEME_TEMPLATES_OVERRIDES = ["mine"]\nTHEME_STRINGS = {{"search": "Suche"}}\n')
    blog.build()
    assert "<h1>Lager</h1>" in blog.page("archive/index.html")
    assert "<h1>Suche</h1>" in blog.page("search/index.html")
    blog.write("mine/strings.html", "{% set t = { %}")
    with pytest.raises(TemplateError, match=r"strings\.html:1"):
        blog.build()


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_words_are_said_where_another_theme_is_shown(blog: Blog, theme: str) -> None:
    """In the posts, and on the pages of ours that stand in for its own."""
    blog.write("pelicanconf.py", f'{SETTINGS}THEME = "{theme}"\n{GERMAN}')
    blog.post("one", POST, aliases="[old/]")
    assert blog.build().findings == ()
    assert ">Hinweis</p>" in blog.page("posts/one/index.html")
    assert "<h1>Diese Seite ist umgezogen</h1>" in blog.page("old/index.html")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ('{"archives": "Archiv"}', "has an unknown key, 'archives'; did you mean 'archive'?"),
        ('{"xyzzy": "Plugh"}', "docs/languages.md lists the keys"),
        ('{"archive": 1}', "says 1 for 'archive'"),
        ('{"minutes": "ein paar Minuten"}', "write it in the form of '%d minutes'"),
        ('{"by": "von %d"}', "write it in the form of 'by %s'"),
        ('{"date_long": "%(dya)d"}', "write it in the form of"),
        ('{"months": ["Januar"]}', "write it in the form of ['January'"),
        ('{"schemes": ["hell", "dunkel", "auto"]}', "write it in the form of [("),
        ('["Archiv"]', 'write THEME_STRINGS = {"archive": "…"}'),
    ],
)
def test_words_that_cannot_be_used_are_told_with_their_line(blog: Blog, said: str, answer: str) -> None:
    """A key that there is not, and words of another form than the theme fills in."""
    blog.write("pelicanconf.py", f"{SETTINGS}THEME_STRINGS = {said}\n")
    with pytest.raises(SettingsError) as caught:
        read(blog.root)
    assert str(caught.value).startswith("pelicanconf.py:5: THEME_STRINGS ")
    assert answer in str(caught.value)


def test_a_theme_that_says_more_than_data(blog: Blog) -> None:
    """Says it all the same, though it cannot be remembered: a name that nobody has defined is nothing, as in any template."""
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "looks")]
    blog.write("looks/strings.html", "{% set t = {'later': 'Later', 'gone': nobody} %}")
    said = words_of(read(blog.root, overrides=blog.overrides))
    assert (said["later"], str(said["gone"])) == ("Later", "")
