"""Posts that Pelican's own readers read: held to the same rules, and never published on doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import SETTINGS

if TYPE_CHECKING:
    from tests.conftest import Blog

READERS = ["rst", "python-markdown", "html"]
LINE = {"rst": 6, "python-markdown": 4, "html": 4}  # of the first key that a test adds


@pytest.mark.parametrize("reader", [*READERS, "pyromark"])
@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("status", "foo", "`hidden`"),
        ("status", "on", "`draft`"),
        ("status", "private", "`draft`"),
        ("status", "drafts", "did you mean `draft`?"),
        ("status", "publish", "did you mean `published`?"),
        ("draft", "on", "true"),
        ("draft", "y", "true"),
        ("draft", "ja", "true"),
        ("draft", "x", "true"),
        ("unlisted", "on", "true"),
    ],
)
def test_nobody_guesses_who_may_see_a_post(blog: Blog, reader: str, key: str, value: str, says: str) -> None:
    """What is neither yes nor no ends the build, with file and line and what to write."""
    path = blog.other("python-markdown" if reader == "pyromark" else reader, **{key: value})
    if reader == "pyromark":
        del blog.overrides["MARKDOWN_READER"]
    (finding,) = blog.refusal()
    assert (finding.path, finding.line, finding.rule) == (path, LINE.get(reader, 4), "front-matter")
    assert says in finding.remedy
    assert repr(value) in finding.message or reader == "pyromark"


@pytest.mark.parametrize("reader", [*READERS, "pyromark"])
@pytest.mark.parametrize(
    ("key", "value", "state"),
    [
        ("status", "Draft", "draft"),
        ("status", "SKIP", "draft"),
        ("status", "Published", "published"),
        ("status", "Hidden", "unlisted"),
        ("draft", "Yes", "draft"),
        ("draft", "1", "draft"),
        ("draft", "NO", "published"),
        ("draft", "0", "published"),
        ("unlisted", "TRUE", "unlisted"),
        ("unlisted", "False", "published"),
    ],
)
def test_who_may_see_a_post_is_said_in_any_case(blog: Blog, reader: str, key: str, value: str, state: str) -> None:
    """Pelican's words, yes and no count in capitals too."""
    blog.other("python-markdown" if reader == "pyromark" else reader, **{key: value})
    if reader == "pyromark":
        del blog.overrides["MARKDOWN_READER"]
    blog.build()
    assert ("posts/one/index.html" in blog.files()) == (state != "draft")
    assert ("/posts/one/" in blog.page("index.html")) == (state == "published")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("key", ["status", "draft"])
def test_an_empty_word_publishes_nothing(blog: Blog, reader: str, key: str) -> None:
    """A key without a value may be meant as a mark."""
    path = blog.other(reader, **{key: " "})
    (finding,) = blog.refusal()
    assert (finding.path, finding.line) == (path, LINE[reader])


def test_a_status_of_the_settings_is_not_guessed_either(blog: Blog) -> None:
    """Where the settings say it of every post, the settings are named."""
    blog.write("pelicanconf.py", SETTINGS + 'DEFAULT_METADATA = {"status": "dropped"}\n')
    blog.other("rst")
    (finding,) = blog.refusal()
    assert finding.path == "pelicanconf.py"
    assert "'dropped'" in finding.message


def test_a_draft_that_says_nothing_is_asked_for_a_word(blog: Blog) -> None:
    """`draft:` with nothing after it is no `false`."""
    blog.post("one", draft=" ")
    (finding,) = blog.refusal()
    assert (finding.path, finding.line) == ("content/posts/one/index.md", 5)
    assert "true or false" in finding.message


def test_what_docutils_cannot_read_is_told_with_its_line(blog: Blog) -> None:
    """The finding names the blog's own path and what docutils says, and takes it for no bug of ours."""
    path = blog.other("rst", "Text.\n\n:nonsense:`x`\n")
    (finding,) = blog.refusal()
    assert (finding.path, finding.line, finding.rule) == (path, 9, "reader")
    assert str(blog.root) not in str(finding)
    assert "nonsense" in finding.message
    assert "bug" not in finding.remedy


def test_what_docutils_cannot_read_in_an_included_file_names_that_file(blog: Blog) -> None:
    """The line is one of the file that is included."""
    path = blog.other("rst", ".. include:: part.inc\n")
    blog.write("content/posts/part.inc", "\n:nonsense:`x`\n")
    (finding,) = blog.refusal()
    assert finding.path == path
    assert "part.inc, line 2" in finding.message
