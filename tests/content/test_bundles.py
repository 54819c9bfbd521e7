"""Page bundles: which files are posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alcatraz.content.bundles import posts_among
from alcatraz.errors import OutputError, SettingsError
from alcatraz.settings import read
from tests.conftest import SETTINGS

if TYPE_CHECKING:
    from tests.conftest import Blog


@pytest.mark.parametrize(
    ("files", "posts"),
    [
        (["a/index.md", "a/notes.md", "a/drafts/old.rst", "b.md", "c/d.md"], ["a/index.md", "b.md", "c/d.md"]),
        (["index.md", "a/index.md", "b.md"], ["a/index.md", "b.md", "index.md"]),
        (["a/index.rst", "a/b/index.md"], ["a/b/index.md", "a/index.rst"]),
    ],
)
def test_an_index_has_its_folder_to_itself(files: list[str], posts: list[str]) -> None:
    """What lies beside an index or below it is no post, but for an index of its own."""
    assert sorted(posts_among(files)) == posts


def test_notes_beside_a_post_stay_home(blog: Blog) -> None:
    """Whatever is in them: they are neither published nor held to the rules of posts."""
    blog.post("one")
    blog.write("content/posts/one/notes.md", "no front matter")
    blog.write("content/posts/one/plan.rst", "::broken")
    blog.write("content/posts/one/other.md", "---\ntitle: T\ndate: 2026-11-01\nlabel: human\n---\nSecret.\n")
    report = blog.build()
    assert (report.posts, report.findings) == (1, ())
    assert not [path for path, data in blog.files().items() if b"Secret" in data]


def test_who_links_to_a_refused_post_is_not_blamed(blog: Blog) -> None:
    """Of a post that cannot be read only that is said."""
    blog.post("one", "[two](../two/index.md)\n")
    blog.post("two", date="2024")
    with pytest.raises(Exception, match="1 finding"):
        blog.build()


def test_plugins_that_take_the_place_of_ours_are_told(blog: Blog) -> None:
    """The starter's settings need the engine's plugin."""
    blog.write("pelicanconf.py", SETTINGS + 'PLUGINS = ["mine"]\n')
    with pytest.raises(SettingsError, match=r"pelicanconf\.py:5: PLUGINS lacks"):
        read(blog.root)


def test_templates_of_ones_own_are_found_from_anywhere(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder of templates is relative to the settings; one that is not there is told."""
    blog.write("pelicanconf.py", SETTINGS + 'THEME_TEMPLATES_OVERRIDES = ["mine"]\n')
    with pytest.raises(SettingsError, match="is not a folder"):
        read(blog.root)
    blog.write("mine/page.html", "mine {{ page.title }}")
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n")
    monkeypatch.chdir("/")
    blog.build()
    assert blog.page("about/index.html") == "mine About"


def test_the_output_may_not_lie_in_the_content(blog: Blog) -> None:
    """The next build would read it."""
    blog.post("one")
    with pytest.raises(OutputError, match="in the content"):
        blog.build(output=blog.root / "content" / "out")


@pytest.mark.parametrize("posts", [0, 1])
def test_links_of_the_theme_lead_somewhere(blog: Blog, posts: int) -> None:
    """Without a public post there is no feed to link to; an unlisted post names its tags without linking to them."""
    if posts:
        blog.post("quiet", unlisted="true", tags="[nowhere]", categories="[Nothing]")
    blog.build()
    assert not [path for path, data in blog.files().items() if b'href="/feed.xml"' in data]
    if posts:
        page = blog.page("posts/quiet/index.html")
        assert "nowhere" in page
        assert "/tags/nowhere/" not in page
