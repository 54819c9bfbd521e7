"""What is replaced of Pelican, and of what it reads with, does what that does, for as long as its own code is what it was."""

from __future__ import annotations

import hashlib
import inspect
import random
import re
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from pelican import contents, readers, utils
from pelican.contents import Content
from pelican.generators import ArticlesGenerator
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import SafeDatetime
from pygments.lexers import get_lexer_by_name

from alcatraz.build import Request, build
from alcatraz.pelican_parts import PARTS, Part, replaced
from alcatraz.pelican_parts.first_characters import first_characters
from alcatraz.settings import read
from tests.conftest import NOW, Blog

# The code of Pelican 4.12.0, python-markdown 3.11.3 and Pygments 2.19.2 that each replacement stands for, with all that it rests on.
READ = {
    "ArticlesGenerator._build_period_archives": "c19e3024444c4c43",
    "Generator._include_path": "36aa1046f557f1fa",
    "Generator.get_files": "b6eaefcc60e33f75",
    "pelican.generators.process_translations": "0991bac79125d3bb",
    "ArticlesGenerator.generate_authors": "982c57fcfcf0435e",
    "ArticlesGenerator.generate_categories": "cfb524524a3caae3",
    "ArticlesGenerator.generate_tags": "37f65d284c713dd4",
    "BlockParser.parseBlocks": "749a8ac5b4e5a12b",
    "Content._expand_settings": "c7215e2095ff2992",
    "Content._update_content": "d93bfde309f0592b",
    "Content.get_relative_source_path": "6c1f5107e08bf7ea",
    "Content.get_static_links": "295ae4eb25fd24bc",
    "InlineProcessor._InlineProcessor__handleInline": "4f9b8e09a24ad0d3",
    "MarkdownReader.read": "93c99567fe8c9a8e",
    "RegexLexer.get_tokens_unprocessed": "dda6229f98c72106",
    "markdown.extensions.codehilite.get_formatter_by_name": "67bad84e5516abc6",
    "markdown.extensions.codehilite.get_lexer_by_name": "cfcd61561a4ef0b1",
    "pelican.contents.slugify": "413e26e293678d37",
    "pelican.readers.get_date": "db6fb2df13e63d62",
    "pelican.urlwrappers.slugify": "413e26e293678d37",
    "pelican.utils.get_date": "db6fb2df13e63d62",
    "pelican.utils.slugify": "413e26e293678d37",
    "pelican.utils.strftime": "904e05576c0c5b58",
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
        f"{name_of(part)}, or what it rests on, is not what {inspect.getmodule(part.made)} was written against: "
        f"read it anew, change the replacement or take it out (and its note in docs/upstream.md, if there is now what it asks "
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


LINKS = [
    "",
    "{",
    '<a href="{tag}x">',
    "<a href='|tag|x'>",
    '{"{tag}x"',
    "a {b} |c|",
    '{<a href="{tag}x">',
    '<a title=">" href="{tag}x"><a href="{tag}y">',
    '<a href="{tag}x" data="{tag}y">, < <img src = "{tag}z">',
    '<a <b href="{tag}x">y</b><a href="{tag}x>y">',
    '<p title="{no}"><a href="{category}a|b"><img src="{static}/c.png"><a href="{attach}d.png?e#f">',
    '<a href="{tag}x',
]


@pytest.mark.parametrize("html", [*LINKS, "".join(LINKS), "".join(reversed(LINKS))])
def test_links_are_found_wherever_they_stand(html: str) -> None:
    """What is not searched has no link."""
    stock, ours = (Content(html, {"slug": "a"}, defaults(), "/blog/content/a.md", context()) for _ in range(2))
    expected = stock.get_content("/"), stock.get_static_links()
    with replaced(PARTS):
        assert (ours.get_content("/"), ours.get_static_links()) == expected


def context() -> dict[str, Any]:
    """What links are looked up in."""
    return {"generated_content": {}, "static_content": {}}


@pytest.mark.parametrize(
    "path", ["/blog/content/a.md", "/blog/content/b/.c/../a.md", "/blog/content//a.md", "a.md", "/blog/a.md", "/blog/content"]
)
def test_a_source_has_the_path_that_pelican_gives_it(path: str) -> None:
    """However it is written."""
    content = Content("", {"slug": "a"}, defaults(), "/blog/content/a.md", {})
    expected = content.get_relative_source_path(path)
    with replaced(PARTS):
        assert content.get_relative_source_path(path) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "2026-11-22 06:30",
        "2026-11-22 06:30:59",
        "2026-02-30",
        "2026-13-01",
        "0031-12-11",
        "2026-1-2",
        "22/11/2026",
        "2026-11-22 24:00",
    ],
)
def test_a_date_is_the_one_that_pelican_reads(text: str) -> None:
    """Of the same kind, and refused where it refuses it."""

    def read_date() -> tuple[type, str]:
        try:
            found = readers.get_date(text)
        except ValueError as error:
            return type(error), str(error)
        return type(found), found.isoformat()

    expected = read_date()
    with replaced(PARTS):
        assert read_date() == expected


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%a %-d %B %Y, %H:%M", "%d. %m. — %Y", "%%Y %j%%", "%Q %f %-y", "", "%c %x %X %Z%z"])
def test_a_date_is_written_as_pelican_writes_it(form: str) -> None:
    """Letters that Pelican does not know stay as they are."""
    day = SafeDatetime(2026, 1, 2, 3, 4, 5)
    expected = day.strftime(form)
    with replaced(PARTS):
        assert day.strftime(form) == expected


TEXTS = [
    "Title: A\nSummary: *b*\n\n# One #\n\nTwo\n===\n\n`a` \\*b\\* *c* __d__ [e](f \"g\") ![h][i] <j@k.l> <http://m.n> &amp; o  \np\n\n[i]: q.png 'r'\n",
    '> a\n> > b\n\n- c\n- d\n\n    e\n\n1. f\n2. g\n\n***\n\n<div markdown="1">\n\n*h*\n\n</div>\n\n<!-- i -->\n\nj | k\n--|--\nl | m\n',
    'a[^1] and b[^1], HTML.\n\n[^1]: c *d*\n\n    e\n\n*[HTML]: f\n\ng\n:   h\n\ni {: #j .k }\n\n[[l m]] "n" -- o...\n\n[TOC]\n\n## p\n',
    '```python hl_lines="1"\ndef a():\n    return 1\n```\n\n```nix\n{ b = 2; }\n```\n\n    :::sh\n    ls\n\n```nobodys\nc\n```\n\n!!! note "d"\n    e\n\nf\n',
    "",
    "a: b\n\n\x02klzzwxh:0000\x03 [^2] ]: *[ # > : | \n ` ~~~\n",
]
EVERYTHING = {
    "extensions": ["admonition", "extra", "codehilite", "nl2br", "sane_lists", "smarty", "toc", "wikilinks", "meta"],
    "extension_configs": {"codehilite": {"css_class": "highlight", "guess_lang": False}},
}


@pytest.mark.parametrize("settings", [EVERYTHING, {"extensions": ["meta"]}, DEFAULT_CONFIG["MARKDOWN"]], ids=["all", "none", "pelican"])
def test_markdown_is_converted_as_by_a_new_converter_for_each_text(settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """In whatever order texts come, and however often."""
    monkeypatch.setattr("alcatraz.pelican_parts.pygments_regex_lexer.FEW", 2)
    expected = [Markdown(**settings).convert(text) for text in TEXTS]
    with replaced(PARTS):
        kept = Markdown(**settings)
        for number in [*range(len(TEXTS)), *reversed(range(len(TEXTS)))] * 3:
            assert kept.reset().convert(TEXTS[number]) == expected[number]


class Numbers(InlineProcessor):
    """A pattern of somebody else's, which adds another as soon as it has found something."""

    def handleMatch(self, found: re.Match[str], _data: str) -> tuple[str, int, int]:  # type: ignore[override] # noqa: N802
        self.md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~)(.+?)~", "del"), "del", 1)
        return "number", found.start(), found.end()


def test_patterns_of_somebody_elses_may_add_others_while_they_work() -> None:
    """They are tried on the same text, as python-markdown does."""

    def converted() -> str:
        made = Markdown()
        made.inlinePatterns.register(Numbers(r"\d+", made), "numbers", 200)
        return made.convert("1 and ~2~ *3*")

    expected = converted()
    with replaced(PARTS):
        assert converted() == expected


def sample() -> str:
    """Some code, of many languages and of none."""
    dice = random.Random(7)  # noqa: S311 (nobody is to be kept from guessing it)
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()[:60]
    noise = ["".join(dice.choice("abcXYZ_019 \t{}()[]<>=+-*/%&|!?.,:;#@$'\"\\~^`\x1c\u017f\u212aé") for _ in range(70)) for _ in range(40)]
    return "\n".join([*lines, *noise, "", "<?php $a = 1; ?>", "SELECT * FROM b WHERE c = 'd';", "fn main() { let e: u8 = 0x1F; }"])


@pytest.mark.parametrize(
    "language", ["python", "nix", "bash", "html", "css", "js", "php", "rust", "c++", "sql", "haskell", "make", "perl", "yaml", "text"]
)
def test_code_is_coloured_as_pygments_colours_it(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that cannot match where a text stands are passed over, and no others."""
    monkeypatch.setattr("alcatraz.pelican_parts.pygments_regex_lexer.FEW", 0)
    text = sample()
    expected = list(get_lexer_by_name(language).get_tokens(text))
    with replaced(PARTS):
        assert list(get_lexer_by_name(language).get_tokens(text)) == expected


EXPRESSIONS = [
    (r"a|b", 0, "ab"),
    (r"(?i)ab", 0, "aA"),
    (r"[^a-y]", 0, "zA0"),
    (r"\d+|\s", re.ASCII, "7 "),
    (r"\S", re.ASCII, "\x1ca"),
    (r"[^\s]", re.ASCII, "\x1ca"),
    (r"(?=a)b?c|(?!d)e", 0, "bce"),
    (r"(?:a{0,2}b)+?c", 0, "ab"),
    ("\u017f", re.IGNORECASE, "sS"),
    ("[\u0170-\u0180]", re.IGNORECASE, "sS"),
    (r"(?x) # no\n  a", re.VERBOSE, "a"),
    (r"(?i:a)b", 0, "aA"),
    (r"a*", 0, "ab!"),
    (r"(a)?\1b", 0, "a"),
    (r".", 0, "a!"),
]


@pytest.mark.parametrize(("expression", "flags", "characters"), EXPRESSIONS)
def test_no_character_is_left_out_with_which_a_match_can_begin(expression: str, flags: int, characters: str) -> None:
    """Others may be in it."""
    found = first_characters(re.compile(expression, flags))
    assert all(found >> ord(character) & 1 for character in characters)


def test_characters_with_which_no_match_begins_are_left_out() -> None:
    """That is what it is for."""
    assert first_characters(re.compile(r"\bdef\b|[0-9]+|(?:class|with)\s")) == sum(1 << ord(character) for character in "dcw0123456789")
