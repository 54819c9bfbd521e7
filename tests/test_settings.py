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


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("SITENAME = 3", "is 3, which is no text"),
        ('AUTHOR = ["Ada"]', r"is \['Ada'\], which is no text"),
        ('AUTHOR = ""', "is missing"),
        ("SITEURL = None", "is None, which is no text"),
        ('SITEURL = "blog.example"', "give the whole address"),
        ('SITEURL = "https://b\xfccher.example/a b"', "write 'https://xn--bcher-kva.example/a%20b'"),
        ('SITEURL = "https://my blog.example"', "whose host cannot be one"),
        ('SITEURL = "https://[blog.example"', "whose host cannot be one"),
        ('DEFAULT_LANG = "xx yy"', "is not a language tag"),
        ("DEFAULT_LANG = None", "is None, which is no text"),
        ('LOCALE = ["xx_YY", "yy_XX"]', "this machine does not have"),
        ("LOCALE = 3", "is 3; write LOCALE = "),
        ('ARTICLE_URL = "x/{nosuch}/"', r"has the placeholder {nosuch}.*{slug}, {date}, {lang}, {category}, {author}"),
        ('PAGE_LANG_SAVE_AS = "{0}.html"', r"has the placeholder {0}.*{slug}"),
        ('DRAFT_PAGE_URL = "{slug"', "braces are not in order"),
        ('TAG_URL = "{date}"', r"has the placeholder {date}.*{slug}, {name}"),
    ],
)
def test_what_cannot_be_meant_is_refused(blog: Blog, line: str, words: str) -> None:
    """A value of the wrong kind, an address that cannot be one, a placeholder that nothing fills in: told with its line."""
    blog.write("pelicanconf.py", f"{SETTINGS}{line}\n")
    with pytest.raises(SettingsError, match=rf"pelicanconf\.py:5: {line.split(' ', maxsplit=1)[0]} .*{words}"):
        read(blog.root)


def test_addresses_are_made_of_what_is_known_of_a_post(blog: Blog) -> None:
    """Placeholders may have a form, come from the file's name, or have a value that the settings give; no file is made of ""."""
    lines = [
        r'FILENAME_METADATA = r"(?P<number>\d+)-.*"',
        'DEFAULT_METADATA = {"volume": "1"}',
        'ARTICLE_URL = "{volume}/{number}/{date:%Y}/{category}/{slug}.html"',
        'DRAFT_SAVE_AS = ""',
        'CATEGORY_SAVE_AS = ""',
    ]
    blog.write("pelicanconf.py", SETTINGS + "\n".join(lines) + "\n")
    assert read(blog.root)["DRAFT_SAVE_AS"] == ""


def test_settings_that_end_the_program_are_told(blog: Blog) -> None:
    """`raise SystemExit` in the settings ends in a sentence with its line, as any other error does."""
    blog.write("pelicanconf.py", f"{SETTINGS}raise SystemExit(3)\n")
    with pytest.raises(SettingsError, match=r"pelicanconf\.py:5: the settings do not run \(SystemExit: 3\)"):
        read(blog.root)


def test_a_slash_after_the_address_is_nothing_to_speak_of(blog: Blog, caplog: pytest.LogCaptureFixture) -> None:
    """The address is the same with it and without."""
    blog.write("pelicanconf.py", SETTINGS.replace("test.example", "test.example/blog/"))
    assert read(blog.root)["SITEURL"] == "https://test.example/blog"
    assert caplog.records == []


def test_a_setting_that_is_misspelt_is_told(blog: Blog) -> None:
    """What is one slip away from a setting is told; a plural, a number and a name of one's own are not."""
    blog.write("pelicanconf.py", f'{SETTINGS}SITENAEM = "x"\nTIMEZNE = "UTC"\nAUTHORS = []\nSITEURL2 = ""\nMY_OWN = 1\nVNU_JAR = "x"\n')
    found = [(finding.path, finding.line, finding.message) for finding in blog.build().findings]
    assert found == [
        ("pelicanconf.py", 5, "SITENAEM is no setting of Pelican's or ours, and SITENAME is one"),
        ("pelicanconf.py", 6, "TIMEZNE is no setting of Pelican's or ours, and TIMEZONE is one"),
    ]
