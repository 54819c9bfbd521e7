"""Which edit makes which pages another: those that show what was edited, and none besides.

That they are then as a build from nothing makes them is what test_edits.py proves.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from alcatraz.build import collect

if TYPE_CHECKING:
    from collections.abc import Callable

    from alcatraz.output import File
    from tests.conftest import Blog

FEEDS = {"feed.xml", "feed.json"}


@pytest.fixture
def many(blog: Blog) -> Blog:
    """Twenty posts, a day apart, ten on a page of the index; two have a tag."""
    blog.overrides.update(DEFAULT_PAGINATION=10, PAGINATED_TEMPLATES={"index": None}, FEED_MAX_ITEMS=10)
    for number in range(1, 21):
        put(blog, number)
    return blog


def put(blog: Blog, number: int, body: str = "Text.\n", **front: str) -> None:
    """Writes one of them."""
    own = {"tags": "[pair]"} if number in {5, 15} else {}
    blog.post(f"n{number:02}", body, **{"title": f"Title {number:02}", "date": f"2026-10-{number:02}", **own, **front})


def changed(blog: Blog, edit: Callable[[], object]) -> set[str]:
    """The pages that an edit changes, which the report names; no other is written."""
    blog.again()
    before, written = blog.files(), blog.written()
    edit()
    report = blog.again()
    after = blog.files()
    found = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert report.changed == frozenset(found)
    assert {path for path, stamp in blog.written().items() if written.get(path) != stamp} == found & after.keys()
    return found


def pages_of(*numbers: int) -> set[str]:
    """The pages of these posts."""
    return {f"posts/n{number:02}/index.html" for number in numbers}


def test_a_body(many: Blog) -> None:
    """Is on its own page, and in the feeds that hold it: of an old post in those of its tag alone."""
    assert changed(many, lambda: put(many, 3, "Another text.\n")) - summaries(many) == pages_of(3)
    tagged = changed(many, lambda: put(many, 5, "Another text.\n")) - summaries(many)
    assert tagged == pages_of(5) | {f"tags/pair/{feed}" for feed in FEEDS}
    newest = changed(many, lambda: put(many, 20, "Another text.\n")) - summaries(many)
    assert newest == pages_of(20) | FEEDS


def summaries(blog: Blog) -> set[str]:
    """The pages of lists that show how a post begins."""
    return {path for path in blog.files() if path.startswith(("index", "page/"))}


def test_what_follows_the_first_paragraph(many: Blog) -> None:
    """Is seen on no list."""
    assert changed(many, lambda: put(many, 3, "Text.\n\nMore.\n")) == pages_of(3)


def test_a_title(many: Blog) -> None:
    """Is on the pages of the neighbours, of what is related, and on each list that the post is on; not on other pages of lists."""
    found = changed(many, lambda: put(many, 15, title="Another"))
    assert pages_of(14, 15, 16) <= found
    assert pages_of(1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 17, 18, 19, 20).isdisjoint(found)
    assert {"index.html", "archive/index.html", "archive/2026/index.html", "tags/pair/index.html", *FEEDS} <= found
    assert {f"tags/pair/{feed}" for feed in FEEDS} <= found
    assert {path for path in found if path.startswith("page/")} == set()
    assert "about" not in " ".join(found)


def test_a_title_on_a_later_page_of_the_index(many: Blog) -> None:
    """Leaves the first page as it is, and the feeds of the site."""
    found = changed(many, lambda: put(many, 3, title="Another"))
    assert pages_of(2, 3, 4) <= found
    assert {"index.html", *FEEDS}.isdisjoint(found)


def test_a_date(many: Blog) -> None:
    """Of a change is on the page, in the feeds and in the site map."""
    found = changed(many, lambda: put(many, 20, modified="2026-11-02"))
    assert pages_of(20) | FEEDS | {"sitemap.xml"} <= found
    assert found.isdisjoint(pages_of(*range(1, 20)))


def test_a_tag(many: Blog) -> None:
    """That is new has pages, and is on the list of tags; one that is gone has none."""
    found = changed(many, lambda: put(many, 3, tags="[new]"))
    assert pages_of(3) | {"tags/index.html", "tags/new/index.html"} <= found
    assert "tags/pair/index.html" not in found
    found = changed(many, lambda: put(many, 3))
    assert pages_of(3) | {"tags/index.html", "tags/new/index.html"} <= found


def test_a_series(many: Blog) -> None:
    """Is named on the pages of all its posts, by their titles, and their bodies are on none of the others."""
    for number in (2, 9, 18):
        put(many, number, series="On rails")
    assert changed(many, lambda: put(many, 9, "Text.\n\nMore.\n", series="On rails")) == pages_of(9)
    found = changed(many, lambda: put(many, 9, "Text.\n\nMore.\n", series="On rails", title="Another"))
    assert pages_of(2, 9, 18) <= found
    assert pages_of(5, 12, 20).isdisjoint(found)
    found = changed(many, lambda: put(many, 9))
    assert pages_of(2, 9, 18) <= found


def test_a_post_comes_and_goes(many: Blog) -> None:
    """Its neighbours, and the lists: pages of the index move on."""
    found = changed(many, lambda: put(many, 21))
    assert pages_of(20, 21) <= found
    assert pages_of(1, 10, 18).isdisjoint(found)
    found = changed(many, lambda: shutil.rmtree(many.root / "content/posts/n21"))
    assert pages_of(20, 21) <= found
    assert pages_of(1, 10, 18).isdisjoint(found)


def move(blog: Blog) -> None:
    """Gives a post another address."""
    post = blog.root / "content/posts/n17/index.md"
    post.write_text(post.read_text().replace("title:", "slug: elsewhere\ntitle:"))


def test_a_link_whose_address_moves(many: Blog) -> None:
    """Is followed again on the page that has it."""
    put(many, 7, "See [it](../n17/index.md).\n")
    found = changed(many, lambda: move(many))
    assert pages_of(7) | {"posts/elsewhere/index.html"} <= found
    assert pages_of(5, 12).isdisjoint(found)
    assert 'href="/posts/elsewhere/"' in many.page("posts/n07/index.html")


def test_a_template_that_looks_into_bodies(many: Blog) -> None:
    """The list that it makes shows each edit of what it looked at, and of nothing else."""
    many.write("mine/index.html", "{% for post in articles_page.object_list %}{{ post.content }}{% endfor %}")
    many.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(many.root / "mine")]
    found = changed(many, lambda: put(many, 15, "Text.\n\nMore.\n"))
    assert "index.html" in found
    assert found.isdisjoint(pages_of(14, 16))
    found = changed(many, lambda: put(many, 3, "Text.\n\nMore.\n"))
    assert "index.html" not in found
    assert "More" in many.page("index.html")


def test_a_template_and_a_setting(many: Blog) -> None:
    """Make every page that shows them another; a template that is chosen by name is believed to show anything."""
    many.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(many.root / "mine")]
    many.write("mine/tags.html", "One.")
    assert changed(many, lambda: many.write("mine/tags.html", "Another.")) == {"tags/index.html"}
    many.write("mine/tags.html", "{% set name = 'part.html' %}{% include name %}")
    many.write("mine/part.html", "{{ articles[0].title }}")
    changed(many, lambda: many.write("mine/part.html", "{{ articles[0].content }}"))
    assert "tags/index.html" in changed(many, lambda: put(many, 20, "Text.\n\nMore.\n"))
    assert pages_of(*range(1, 21)) <= changed(many, lambda: many.overrides.update(SITENAME="Another"))


def test_an_edit_makes_few_pages(many: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not that all are made and found to be the same: after an edit of a body, one page of a post is made."""
    made: list[str] = []

    class Counting(collect.Collect):
        def put(self, file: File) -> None:
            before = self.kept
            super().put(file)
            if self.kept == before and callable(file.data):
                made.append(file.path)

    monkeypatch.setattr(collect, "Collect", Counting)
    many.again()
    assert pages_of(*range(1, 21)) <= set(made)
    made.clear()
    put(many, 3, "Text.\n\nMore.\n")
    many.again()
    assert set(made) == pages_of(3)
    made.clear()
    put(many, 3, "Text.\n\nMore.\n", title="Another")
    many.again()
    assert {path for path in made if path.startswith("posts/")} == pages_of(2, 3, 4)
