"""What is replaced of Pelican does what Pelican does, for as long as Pelican's own code is what it was."""

from __future__ import annotations

import hashlib
import inspect
from typing import TYPE_CHECKING, Any

import pytest
from pelican import contents, utils
from pelican.contents import Content
from pelican.generators import ArticlesGenerator
from pelican.settings import DEFAULT_CONFIG

from alcatraz.build import Request, build
from alcatraz.pelican_parts import PARTS, Part, replaced
from alcatraz.settings import read
from tests.conftest import NOW, Blog

if TYPE_CHECKING:
    from pathlib import Path

# The code of Pelican 4.12.0 that each replacement stands for, with all that it rests on.
READ = {
    "ArticlesGenerator._build_period_archives": "c19e3024444c4c43",
    "Generator._include_path": "36aa1046f557f1fa",
    "Generator.get_files": "b6eaefcc60e33f75",
    "pelican.generators.process_translations": "0991bac79125d3bb",
    "ArticlesGenerator.generate_authors": "982c57fcfcf0435e",
    "ArticlesGenerator.generate_categories": "cfb524524a3caae3",
    "ArticlesGenerator.generate_tags": "37f65d284c713dd4",
    "Content._expand_settings": "c7215e2095ff2992",
    "Content._update_content": "d93bfde309f0592b",
    "Content.get_static_links": "295ae4eb25fd24bc",
    "pelican.contents.slugify": "413e26e293678d37",
    "pelican.urlwrappers.slugify": "413e26e293678d37",
    "pelican.utils.slugify": "413e26e293678d37",
}
FOREIGN = """\
SITENAME = "Theirs"
SITEURL = "https://their.example/blog"
AUTHOR = "Somebody Else"
PATH = "content"
TIMEZONE = "Europe/Rome"
THEME = "simple"
ARTICLE_URL = "{date:%Y}/{category}/{author}/{kind}-{slug}.html"
ARTICLE_SAVE_AS = ARTICLE_URL
ARTICLE_LANG_URL = ARTICLE_LANG_SAVE_AS = "{lang}/{slug}.html"
DRAFT_URL = DRAFT_SAVE_AS = "drafts/{path}.html"
PAGE_URL = PAGE_SAVE_AS = "{path}.html"
CATEGORY_FEED_ATOM = "feeds/{slug}.xml"
TAG_FEED_RSS = "feeds/tags/{slug}.xml"
"""


class Tag:
    """A tag with nothing of its own."""

    save_as = url = page_name = slug = "a"


def defaults(**more: str) -> dict[str, Any]:
    """Pelican's settings, with some more."""
    return {**DEFAULT_CONFIG, "PATH": "/blog/content", **more}


def name_of(part: Part) -> str:
    return f"{part.owner.__name__}.{part.name}"


@pytest.fixture
def theirs(tmp_path: Path) -> Blog:
    """A site of somebody else's, with all that an address can be made of."""
    site = Blog(tmp_path / "theirs")
    site.write("pelicanconf.py", FOREIGN)
    for number in range(12):
        status = "draft" if number == 7 else "hidden" if number == 8 else "published"
        authors = "Ada Ray, Bob" if number % 3 else "Bob"
        head = f"Title: Post {number}\nDate: 2026-10-{number + 1:02}\nTags: C#, tag {number % 3}\nKind: k\nStatus: {status}\nAuthors: {authors}\n"
        body = f"See [it]({{filename}}/b/p{(number + 1) % 12}.md), [a tag]({{tag}}C#), `{{x}}` and `|y|`.\n" if number % 2 else "Text.\n"
        site.write(f"content/{'ab'[number % 2]}/p{number}.md", f"{head}\n{body}")
    site.write("content/b/p1-de.md", "Title: Beitrag\nDate: 2026-10-02\nLang: de\nSlug: post-1\nKind: k\n\nText.\n")
    site.write("content/pages/about.md", "Title: About\n\nSee [it]({filename}../a/p0.md) and [a file]({static}/images/a.txt).\n")
    site.write("content/images/a.txt", "A file.\n")
    return site


def made(site: Blog) -> dict[str, bytes]:
    build(Request(settings=read(site.root), now=NOW, output=site.root / "output", search=False))
    return site.files()


@pytest.mark.parametrize("part", PARTS, ids=name_of)
def test_the_code_of_pelican_is_what_was_read(part: Part) -> None:
    """Another version of Pelican may do something else where ours does what the former did."""
    source = "".join(inspect.getsource(code) for code in (part.current, *part.rests_on))
    found = hashlib.sha256(source.encode()).hexdigest()[:16]
    assert found == READ[name_of(part)], (
        f"Pelican's {name_of(part)}, or what it rests on, is not what {inspect.getmodule(part.made)} was written against: "
        f"read it anew, change the replacement or take it out (and its note in docs/upstream.md, if Pelican has what it asks "
        f"for), then write {found!r} here"
    )


def test_every_replacement_is_read() -> None:
    """None is without its line above, and no line without one."""
    assert sorted(map(name_of, PARTS)) == sorted(READ)


def test_a_site_of_somebody_elses_comes_out_as_without_replacements(theirs: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files, to the byte."""
    ours = made(theirs)
    monkeypatch.setattr("alcatraz.pelican_parts.PARTS", ())
    assert made(theirs) == ours
    assert len(ours) > 40


def test_pelican_is_whole_again_after_a_build(blog: Blog) -> None:
    """Nothing stays replaced for who uses Pelican in the same process."""
    before = {name_of(part): part.current for part in PARTS}
    blog.post("one")
    blog.build()
    assert {name_of(part): part.current for part in PARTS} == before


def test_what_a_plugin_has_replaced_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a build or during one."""

    def theirs(value: str, *_: Any, **__: Any) -> str:
        return f"their-{value}"

    monkeypatch.setattr(contents, "slugify", contents.slugify)  # to be put back in the end
    monkeypatch.setattr(utils, "slugify", theirs)
    with replaced(PARTS):
        assert utils.slugify is theirs
        monkeypatch.setattr(contents, "slugify", theirs)
    assert contents.slugify is theirs


def test_values_of_a_plugins_own_may_stand_in_addresses() -> None:
    """A class of contents with another `url_format` is asked for it."""

    class Note(Content):  # type: ignore[misc] # Pelican has no types
        @property
        def url_format(self) -> dict[str, str]:
            return {**super().url_format, "slug": "noted"}

    settings = defaults(NOTE_URL="{slug}/{kind}")
    with replaced(PARTS):
        note = Note("", {"slug": "given", "kind": "k"}, settings, f"{settings['PATH']}/a.md", {})
        assert note.url == "noted/k"
        note.metadata["kind"] = "other"
        assert note.url == "noted/other"


def test_an_address_follows_what_it_is_made_of() -> None:
    """Nothing of it is remembered: a plugin may change a slug, a date or the settings at any time."""
    settings = defaults(CONTENT_URL="{slug}/{kind}")
    with replaced(PARTS):
        content = Content("", {"slug": "one", "kind": "k"}, settings, f"{settings['PATH']}/a.md", {})
        addresses = [content.url]
        content.slug = "two"
        addresses.append(content.url)
        settings["CONTENT_URL"] = "{path}"
        addresses.append(content.url)
        settings["CONTENT_URL"] = "{nothing}"
        with pytest.raises(KeyError, match="nothing"):
            str(content.url)
    assert addresses == ["one/k", "two/k", "a.md"]


def test_posts_that_a_plugin_holds_to_be_equal_are_in_the_lists_of_each_other() -> None:
    """Where a post is not only itself, Pelican's own search decides."""

    class Alike:
        def __eq__(self, other: object) -> bool:
            return isinstance(other, Alike)

        __hash__ = None  # type: ignore[assignment]

    seen: list[Any] = []
    first, second = Alike(), Alike()
    with replaced(PARTS):
        generator = object.__new__(ArticlesGenerator)
        generator.__dict__.update(tags={Tag(): [first]}, dates=[second], articles=[], context={}, get_template=lambda _: None)
        generator.generate_tags(lambda *_, dates, **__: seen.extend(dates))
    assert seen == [second]


@pytest.mark.parametrize("html", ["", "{", '<a href="{tag}x">', "<a href='|tag|x'>", '{"{tag}x"', "a {b} |c|", '{<a href="{tag}x">'])
def test_links_are_found_wherever_they_stand(html: str) -> None:
    """What is not searched has no link."""
    stock, ours = (Content(html, {"slug": "a"}, defaults(), "/blog/content/a.md", {}) for _ in range(2))
    expected = stock.get_content("/")
    with replaced(PARTS):
        assert ours.get_content("/") == expected
