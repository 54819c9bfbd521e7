"""A new post: its place, its front matter, and what is never overwritten."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import DEFAULT_CONFIG

from alcatraz.blog.new import new
from alcatraz.content.frontmatter import Header, split
from alcatraz.content.schema import validate
from alcatraz.errors import OutputError, ToolError, UsageError

NOW = datetime(2026, 11, 22, 8, 30, 5, 999, tzinfo=UTC)


def settings(**own: Any) -> dict[str, Any]:
    return {**DEFAULT_CONFIG, "PATH": "content", "TIMEZONE": "UTC", **own}


def header(path: Path) -> Header:
    return split(path.read_text(encoding="utf-8"))[0]


def test_a_bundle_with_its_front_matter(tmp_path: Path) -> None:
    """A post is a folder with an index.md: title, date with offset, slug, label, and that it is a draft."""
    path = new(tmp_path, settings(), "A Week in Lisbon", NOW, label="human")
    assert path == tmp_path / "content/posts/a-week-in-lisbon/index.md"
    assert path.read_text(encoding="utf-8") == (
        "---\ntitle: A Week in Lisbon\ndate: 2026-11-22T08:30:05+00:00\nslug: a-week-in-lisbon\nlabel: human\ndraft: true\n---\n\n"
    )
    assert list((tmp_path / "content/posts").iterdir()) == [path.parent]


def test_the_date_is_in_the_blogs_time_zone(tmp_path: Path) -> None:
    """The offset is that of the blog's place at that moment, wherever the machine is."""
    winter = new(tmp_path, settings(TIMEZONE="Europe/Lisbon"), "Winter", NOW)
    summer = new(tmp_path, settings(TIMEZONE="Europe/Lisbon"), "Summer", NOW.replace(month=7).astimezone(timezone(timedelta(hours=-7))))
    assert header(winter).values["date"] == "2026-11-22T08:30:05+00:00"
    assert header(summer).values["date"] == "2026-07-22T09:30:05+01:00"


@pytest.mark.parametrize(
    "title",
    [
        'She said "no"',
        "It's fine: really",
        "- a leading dash",
        "--- three dashes",
        "# not a comment",
        "a # b",
        "[brackets] {braces}",
        "*star* & anchor !tag %directive @at `tick`",
        "yes",
        "null",
        "~ home",
        "2026",
        "2026-11-22",
        "12:30",
        "true",
        "back\\slash and 'both' \"quotes\"",
        "🦆 ducks 👩‍👩‍👧 and a very " + "long " * 40 + "title",
        "Grüße aus Köln",
        "日本語のタイトル",
        "x: |",
        "trailing colon:",
        "? question",
        "| pipe",
        "> arrow",
        "\ufeff bom \u2028 separators \u00a0 here",
    ],
)
def test_any_title_reads_back(tmp_path: Path, title: str) -> None:
    """Whatever a title is made of, the front matter is YAML, lawful, and reads as the title that was given."""
    path = new(tmp_path, settings(), title, NOW, slug="it", label="ai")
    front, errors = validate(header(path), settings())
    assert errors == []
    assert front.title == " ".join(title.split())
    assert front.draft is True


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("Grüße aus Köln", "grusse-aus-koln"),
        ("Ελληνικά", "ellenika"),
        ("日本", "ri-ben"),
        ("  spaces \n and lines  ", "spaces-and-lines"),
        ("../../etc/passwd", "etcpasswd"),
        ("2026", "2026"),
    ],
)
def test_slugs_are_pelicans(tmp_path: Path, title: str, slug: str) -> None:
    """The slug is what Pelican would make of the title; letters of other scripts become Latin ones."""
    path = new(tmp_path, settings(), title, NOW)
    assert path.parent.name == slug
    assert header(path).values["slug"] == slug


def test_slugs_follow_the_settings(tmp_path: Path) -> None:
    """A blog whose slugs keep their own script gets such a slug."""
    assert new(tmp_path, settings(SLUGIFY_USE_UNICODE=True), "Grüße", NOW).parent.name == "grüße"


def test_a_slug_of_the_authors_own(tmp_path: Path) -> None:
    """A slug that is given is taken as it is."""
    assert new(tmp_path, settings(), "A very long title", NOW, slug="short").parent.name == "short"


def test_posts_go_where_the_blog_keeps_them(tmp_path: Path) -> None:
    """Where ARTICLE_PATHS names a folder, a new post is made there."""
    path = new(tmp_path, settings(ARTICLE_PATHS=["journal"], PATH=str(tmp_path / "texts")), "One", NOW)
    assert path == tmp_path / "texts/journal/one/index.md"


def test_nobody_said_who_writes(tmp_path: Path) -> None:
    """There is no default label: the front matter has none, and a comment asks for it."""
    path = new(tmp_path, settings(), "One", NOW)
    assert "label" not in header(path).values
    assert "# label: human | assisted | ai" in path.read_text(encoding="utf-8")


def test_a_blog_whose_label_is_always_the_same(tmp_path: Path) -> None:
    """DEFAULT_LABEL is the label where none is given."""
    assert header(new(tmp_path, settings(DEFAULT_LABEL="human"), "One", NOW)).values["label"] == "human"
    assert header(new(tmp_path, settings(DEFAULT_LABEL="human"), "Two", NOW, label="ai")).values["label"] == "ai"


@pytest.mark.parametrize(
    ("title", "options", "sentence"),
    [
        ("", {}, 'the title is empty; give one, as in `new "A week in Lisbon"`'),
        (" \n ", {}, 'the title is empty; give one, as in `new "A week in Lisbon"`'),
        ("!?", {}, "no address can be made of the title '!?'; say which with `--slug`"),
        ("a\0b", {}, "the title has the character U+0000, which is not text; leave it out"),
        ("\udcff", {}, "the title has the character U+DCFF, which is not text; leave it out"),
        ("a" * 256, {}, "the slug has more than 255 bytes; give a shorter one with `--slug`"),
        ("A", {"slug": "../../etc"}, "the slug '../../etc' does not fit into an address; write `--slug etc`"),
        ("A", {"slug": "My Post"}, "the slug 'My Post' does not fit into an address; write `--slug my-post`"),
        ("A", {"slug": "/"}, "the slug '/' does not fit into an address; use letters, digits and hyphens"),
        ("A", {"slug": ""}, "no address can be made of the title 'A'; say which with `--slug`"),
        ("A", {"label": "robot"}, "the label 'robot' is unknown; choose one of human, assisted, ai"),
    ],
)
def test_what_cannot_be_a_post(tmp_path: Path, title: str, options: dict[str, Any], sentence: str) -> None:
    """A title, slug or label that will not do is refused in one sentence, and nothing is made."""
    with pytest.raises(UsageError) as caught:
        new(tmp_path, settings(), title, NOW, **options)
    assert str(caught.value) == sentence
    assert list(tmp_path.iterdir()) == []


def test_a_post_that_is_there_is_not_touched(tmp_path: Path) -> None:
    """A second post with the slug of the first is refused."""
    path = new(tmp_path, settings(), "One", NOW)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"^content/posts/one is there already; give the post another slug with `--slug`$"):
        new(tmp_path, settings(), "One", NOW)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["one", "one.md", "one.rst"])
def test_whatever_is_in_the_way_stays(tmp_path: Path, name: str) -> None:
    """A single-file post, an empty folder or a dangling link of that name is in the way too."""
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    (posts / name).symlink_to("nowhere")
    with pytest.raises(UsageError, match="is there already"):
        new(tmp_path, settings(), "One", NOW)
    (posts / name).unlink()
    (posts / name).mkdir()
    with pytest.raises(UsageError, match="is there already"):
        new(tmp_path, settings(), "One", NOW)
    assert [path.name for path in posts.iterdir()] == [name]


def test_half_a_post_is_never_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file cannot be written, one sentence says so and nothing is left of it."""

    def full(self: Path, *_: object, **__: object) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputError, match=r"^content/posts/one: the post cannot be written \(No space left on device\)"):
        new(tmp_path, settings(), "One", NOW)
    assert list((tmp_path / "content/posts").iterdir()) == []


def test_the_editor_opens_the_post(tmp_path: Path) -> None:
    """The editor is run with its own arguments and the file, without a shell."""
    write = "import sys, pathlib; p = pathlib.Path(sys.argv[2]); p.write_text(p.read_text() + sys.argv[1])"
    path = new(tmp_path / "a b; $(c)", settings(), "One", NOW, editor=[sys.executable, "-c", write, "Body"])
    assert path.read_text(encoding="utf-8").endswith("---\n\nBody")


def test_an_editor_that_is_not_there(tmp_path: Path) -> None:
    """The post is made all the same, and the sentence says where it is."""
    with pytest.raises(ToolError, match=r"^content/posts/one/index\.md: the editor `no-such-editor` does not start"):
        new(tmp_path, settings(), "One", NOW, editor=["no-such-editor"])
    assert (tmp_path / "content/posts/one/index.md").is_file()
