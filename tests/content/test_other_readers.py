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


@pytest.mark.parametrize("reader", READERS[:2])
@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("categorys", "x", "did you mean `categories`?"),
        ("unlistd", "x", "did you mean `unlisted`?"),
        ("summry", "x", "did you mean `summary`?"),
        ("xyzzy", "x", "author"),
    ],
)
def test_an_unknown_key_is_refused_whoever_reads_it(blog: Blog, reader: str, key: str, value: str, says: str) -> None:
    """A misspelt key is named with its line and a guess, as in our own front matter."""
    path = blog.other(reader, **{key: value})
    (finding,) = blog.refusal()
    assert (finding.path, finding.line, finding.rule) == (path, LINE[reader], "front-matter")
    assert f"`{key}` is unknown" in finding.message
    assert "DEFAULT_METADATA" in finding.remedy
    assert says in finding.remedy


@pytest.mark.parametrize("reader", READERS)
def test_a_label_that_there_is_not_is_refused_whoever_reads_it(blog: Blog, reader: str) -> None:
    """The finding has the label that was written, those that there are, and the line."""
    path = blog.other(reader, label="robot")
    (finding,) = blog.refusal()
    assert (finding.path, finding.line) == (path, LINE[reader] - 1)
    assert "`label` is 'robot', and may be: human, assisted, ai" in finding.message


@pytest.mark.parametrize("reader", READERS)
def test_what_pelican_knows_stays_lawful(blog: Blog, reader: str) -> None:
    """Every key of Pelican's own, whatever a page of HTML says to browsers, and what a blog's settings name for its plugins."""
    blog.write("pelicanconf.py", SETTINGS + 'DEFAULT_METADATA = {"gallery": ""}\n')
    known = dict.fromkeys(("summary", "category", "slug", "keywords", "series", "description"), "x")
    known |= {"authors": "A, B", "lang": "en", "tags": "a", "status": "published", "gallery": "g", "modified": "2026-11-02"}
    known |= {"version": "1"} if reader == "rst" else {}
    known |= {"url": "x/", "save_as": "x/index.html", "template": "article", "translation": "false"}
    blog.other(reader, **known, **({"viewport": "width=device-width"} if reader == "html" else {}))
    assert blog.build().findings == ()


def test_what_a_plugin_says_of_a_post_is_lawful(blog: Blog) -> None:
    """Only what stands in the file is held to the schema."""
    said = "def say(_, metadata):\n    metadata['xyzzy'] = 1\n\n"
    blog.write(
        "says.py",
        f"from pelican.plugins import signals\n\n{said}def register():\n    signals.article_generator_context.connect(say)\n",
    )
    blog.write("pelicanconf.py", SETTINGS + 'PLUGIN_PATHS = ["."]\nPLUGINS = [*PLUGINS, "says"]\n')
    blog.other("rst")
    assert blog.build().findings == ()


@pytest.mark.parametrize("reader", READERS)
def test_everything_wrong_with_a_header_has_its_line(blog: Blog, reader: str) -> None:
    """Dates, labels, slugs and switches are told at once, each where it stands."""
    blog.other(reader, date="2026-01", label="robot", draft="perhaps", modified="2026")
    first = LINE[reader] - 2
    assert [(finding.line, finding.rule) for finding in blog.refusal()] == [
        (first, "date"),
        (first + 1, "front-matter"),
        (first + 2, "front-matter"),
        (first + 3, "date"),
    ]


@pytest.mark.parametrize("reader", READERS)
def test_a_slug_that_fits_no_address_has_its_line(blog: Blog, reader: str) -> None:
    """As in our own front matter."""
    path = blog.other(reader, slug="../x")
    (finding,) = blog.refusal()
    assert (finding.path, finding.line) == (path, LINE[reader])


@pytest.mark.parametrize(
    ("reader", "body", "lines"),
    [
        ("rst", "Text `a <../gone.rst>`_.\n\n`b <gone.md#c>`__ and `a2 <../gone.rst>`__\n", [7, 9, 9]),
        ("rst", "See `it`_, and `it`_.\n\n.. _it: gone.rst\n", [9]),
        ("rst", ".. image:: gone.png\n   :alt: x\n\n.. |y| image:: {static}gone.jpg\n   :alt: y\n\n|y|\n", [7, 10]),
        ("rst", ".. raw:: html\n\n   <a href='gone.pdf'>x</a>\n", [9]),
        ("python-markdown", "Text.\n\n[a](gone.md)\n", [7]),
    ],
)
def test_a_broken_link_is_found_where_it_stands_whoever_reads_it(blog: Blog, reader: str, body: str, lines: list[int]) -> None:
    """Late in the file, by its name, or in a picture."""
    blog.other(reader, body)
    assert [(finding.line, finding.rule) for finding in blog.build().findings] == [(line, "link") for line in lines]


@pytest.mark.parametrize(
    ("reader", "body", "line"),
    [
        ("rst", "Text.\n\n.. image:: a.svg\n", 9),
        ("rst", "Text.\n\n.. figure:: a.svg\n\n   A caption.\n", 9),
        ("python-markdown", "Text.\n\n![](a.svg)\n", 7),
    ],
)
def test_a_picture_without_words_is_found_whoever_reads_it(blog: Blog, reader: str, body: str, line: int) -> None:
    """Its path is no alternative text, and is not read aloud for one."""
    path = blog.other(reader, body)
    blog.write("content/posts/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>')
    (finding,) = blog.build().findings
    assert (finding.path, finding.line, finding.rule) == (path, line, "alt-text")
    assert 'alt=""' in blog.page("posts/one/index.html")


@pytest.mark.parametrize("said", [":alt: A picture", ":alt:"])
def test_a_picture_may_be_an_ornament(blog: Blog, said: str) -> None:
    """Who writes an empty `:alt:` has thought of it."""
    blog.other("rst", f".. image:: a.svg\n   {said}\n")
    blog.write("content/posts/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>')
    assert blog.build().findings == ()


def test_a_post_is_not_blamed_for_the_one_before(blog: Blog) -> None:
    """What was wrong with one file is told of that file, also where it could not be read to its end."""
    blog.write("content/posts/a.rst", "A\n###\n\n:date: 2026\n:label: human\n:summary: :nonsense:`x`\n\nText.\n")
    blog.write("content/posts/b.rst", "B\n###\n\n:date: 2026-01\n:label: human\n:tags:\n\nText.\n")
    blog.other("rst")
    assert {finding.path for finding in blog.refusal()} == {"content/posts/a.rst", "content/posts/b.rst"}


@pytest.mark.parametrize("reader", [*READERS, "pyromark"])
@pytest.mark.parametrize(("key", "values"), [("status", ("draft", "published")), ("draft", ("true", "false"))])
def test_of_two_words_about_a_draft_none_is_chosen(blog: Blog, reader: str, key: str, values: tuple[str, str]) -> None:
    """What is said twice is an error on the second line, whichever of the two the reader would take."""
    path = blog.other("python-markdown" if reader == "pyromark" else reader, **{key: values[0], key.upper(): values[1]})
    if reader == "pyromark":
        del blog.overrides["MARKDOWN_READER"]
    told = [finding for finding in blog.refusal() if "given twice" in finding.message]
    assert [(finding.path, finding.line) for finding in told] == [(path, LINE.get(reader, 4) + 1)]


def test_a_blog_may_have_its_own_reader_of_html(blog: Blog) -> None:
    """What the settings put in Pelican's place stays, and HTML that is no post is none."""
    blog.write("pelicanconf.py", SETTINGS + 'READERS = {"html": None}\n')
    blog.other("html", status="foo")
    assert blog.build().posts == 0


@pytest.mark.parametrize("key", ["label", "lang", "image", "template", "series", "description", "categories", "toc", "translation"])
@pytest.mark.parametrize("second", ["    two", "{key}: two"], ids=["continued", "twice"])
def test_two_values_for_one_are_refused(blog: Blog, key: str, second: str) -> None:
    """A key that goes on in a second line, or stands twice, has two values for Markdown's reader: none of them is meant alone."""
    second = second.format(key=key)
    path = blog.other("python-markdown", **{key: f"one\n{second}"})
    (finding,) = [finding for finding in blog.refusal() if "values" in finding.message]
    assert (finding.path, finding.line, finding.rule) == (path, 3 if key == "label" else LINE["python-markdown"], "front-matter")
    assert finding.message == f"`{key}` has 2 values"


def test_two_titles_are_refused(blog: Blog) -> None:
    """A title in two lines is none; the summary alone may be as long as it likes, as Pelican has it."""
    blog.other("python-markdown", title="Two", summary="Long,\n    and longer")
    (finding,) = blog.refusal()
    assert (finding.line, finding.message) == (1, "`title` has 2 values")


def test_a_page_in_html_has_one_description(blog: Blog) -> None:
    """Pelican's reader of HTML makes a list of two elements of one name."""
    blog.other("html", description='one">\n<meta name="description" content="two')
    (finding,) = blog.refusal()
    assert (finding.line, finding.message) == (4, "`description` has 2 values")
