"""A post that is restored is the post that was read: whatever a template may ask of it has the same answer."""

from __future__ import annotations

import shutil
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import Markup
from pelican.contents import Content
from pelican.plugins import signals
from pelican.urlwrappers import URLWrapper

from alcatraz.build import steps
from alcatraz.content.document import Document
from alcatraz.site.taxonomy import Series
from tests.conftest import SETTINGS, Blog

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
# What makes a post what it is, and is no answer to a question about it; `url_format` of a page without a date reads the clock.
MACHINERY = {"settings", "url_format", "record", "unfold", "fetch", "resolve", "resolution", "gone"}
# What our reader puts into a post's metadata for the engine's own use.
OF_THE_ENGINE = {"document", "header_lines", "body_line", "findings"}
Shown = dict[str, dict[str, Any]]


def told(value: Any) -> Any:  # noqa: PLR0911 (a table of kinds)
    """A value in words that can be compared: its kind, and what templates see of it."""
    kind = type(value).__name__
    match value:
        case Content():
            return kind, value.relative_source_path
        case URLWrapper():
            return kind, value.name, value.slug, value.url, value.save_as, bool(value)
        case datetime():
            return kind, value.isoformat(), str(value.tzinfo), value.fold, value.strftime("%Y %B %d %H:%M %z")
        case Markup() | str() | int() | float() | None:
            return kind, str(value)
        case list() | tuple():
            return kind, [told(each) for each in value]
        case set() | frozenset():
            return kind, sorted(map(str, value))
        case dict():
            return kind, {key: told(each) for key, each in value.items() if key not in OF_THE_ENGINE}
        case Document() | Series():
            return kind, [told(getattr(value, field.name)) for field in fields(value)]
        case _:
            return kind, str(value)


def shown(site: steps.Site) -> Shown:
    """All posts and pages of a site that has been read, with all their public attributes."""
    posts = [content for content in site.context["generated_content"].values() if content is not None]
    found = {}
    for post in posts:
        names = {name for name in dir(post) if not name.startswith("_")} - MACHINERY
        values = {name: getattr(post, name) for name in sorted(names) if hasattr(post, name)}
        found[post.relative_source_path] = {name: told(value) for name, value in values.items() if not callable(value)}
        found[post.relative_source_path]["files"] = sorted(post.get_static_links())
    return found


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Shown]:
    """The posts of each build."""
    sites: list[Shown] = []
    render = steps.render

    def look_and_render(site: steps.Site, make: Callable[[], None]) -> None:
        sites.append(shown(site))
        render(site, make)

    monkeypatch.setattr(steps, "render", look_and_render)
    return sites


def stranger(_pelican: object) -> None:
    """What listens to Pelican: nothing is restored where somebody does."""


def build_thrice(blog: Blog) -> None:
    """Once with every post read, once with every post read and kept, and once with every post restored."""
    with signals.initialized.connected_to(stranger):
        blog.build(drafts=True)
    blog.again(drafts=True)
    blog.again(drafts=True, output=blog.root / "elsewhere")


@pytest.mark.parametrize("folder", [ROOT, ROOT / "tests/golden/blog"], ids=["this repository's blog", "the golden blog"])
def test_a_restored_post_is_the_one_that_was_read(tmp_path: Path, seen: list[Shown], folder: Path) -> None:
    """Dates with their zones, tags, translations and metadata included."""
    blog = Blog(tmp_path / "blog")
    shutil.copytree(folder / "content", blog.root / "content")
    shutil.copyfile(folder / "pelicanconf.py", blog.root / "pelicanconf.py")
    build_thrice(blog)
    read, kept, restored = seen
    assert read.keys() == kept.keys() == restored.keys()
    for path, attributes in read.items():
        assert kept[path] == attributes, path
        assert restored[path] == attributes, path


FRONT = {
    "date": "2026-10-25T01:30:00+01:00",
    "modified": "2026-11-01",
    "tags": "a, B b, a",
    "categories": "Travel, Food",
    "author": "Ada Example",
    "lang": "de",
    "summary": "In <b>short</b>.",
    "aliases": "/old/one/",
    "status": "",
}


@pytest.mark.parametrize("reader", ["rst", "python-markdown", "html"])
def test_posts_of_every_reader(blog: Blog, seen: list[Shown], reader: str) -> None:
    """Also those of Pelican's own, whose metadata are of other kinds."""
    blog.overrides["TIMEZONE"] = "Europe/Lisbon"
    blog.other(reader, "A picture of nothing.\n", **FRONT)
    build_thrice(blog)
    read, kept, restored = seen
    assert read == kept == restored
    assert len(read) == 1


def test_posts_of_our_reader(blog: Blog, seen: list[Shown]) -> None:
    """With all that a front matter may say, twice the same hour in autumn, and a translation."""
    blog.overrides["TIMEZONE"] = "Europe/Lisbon"
    blog.post("one", "## A\n\n## B\n\n[^1]\n\n[^1]: Note.\n", tags="[a, B b]", categories="[Travel]", series="S", toc="true", author="Bob")
    blog.post(
        "two", tags="[a]", series="S", date="2026-10-25T01:30:00+00:00", modified="2026-11-02", unlisted="true", description="It <is>."
    )
    blog.post("three", tags="[a]", image="dot.png", aliases="[/old/]")
    blog.write("content/posts/eins.md", "---\ntitle: Eins\ndate: 2026-11-03\nlabel: ai\nslug: one\nlang: de\n---\nText.\n")
    shutil.copyfile(ROOT / "tests/golden/blog/content/posts/everything/images/dot.png", blog.root / "content/posts/three/dot.png")
    blog.post("four", draft="true")
    blog.post("five", date="2999-01-01")
    blog.write("content/pages/about.md", "---\ntitle: About *it*\n---\nHello.\n")
    build_thrice(blog)
    read, kept, restored = seen
    assert read == kept == restored
    assert len(read) == 7


def test_a_value_of_an_unknown_kind_is_not_kept(blog: Blog, seen: list[Shown]) -> None:
    """Who puts one into a post is asked for it each time: here it is a setting that each post is given."""
    blog.write("pelicanconf.py", f"{SETTINGS}import fractions\nDEFAULT_METADATA = {{'share': fractions.Fraction(1, 3)}}\n")
    blog.post("one")
    build_thrice(blog)
    read, kept, restored = seen
    assert read["posts/one/index.md"]["share"] == ("Fraction", "1/3")
    assert read == kept == restored
