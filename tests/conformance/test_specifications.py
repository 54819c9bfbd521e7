"""Markdown is what its specifications say: every example of CommonMark's and of GFM's, read by the parser and by our whole reader."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pyromark
import pytest
from pyromark import Options

from alcatraz.content.markdown import OPTIONS, Place, render
from tests.conformance.decorations import FOLDER, STEPS, as_files, undecorated
from tests.conformance.markup import normal
from tests.conformance.reasons import REASONS
from tests.conformance.specification import Specification, departures, specification

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
VERSIONS = {"commonmark": ("0.31.2", 652), "gfm": ("0.29", 672)}
# What each specification has beside CommonMark; GFM's bare links and filter of tags are not pyromark's.
FEATURES = {
    "commonmark": Options(0),
    "gfm": Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS,
}
# How many examples are read otherwise, by reason: one more or less is to be seen here.
COUNTS = {
    ("gfm", "bare-link"): 11,
    ("gfm", "strong-in-strong"): 9,
    ("gfm", "empty-body"): 1,
    ("gfm", "tag-filter"): 1,
}


@pytest.fixture(scope="module", params=list(VERSIONS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def specified(name: str) -> Specification:
    return specification(name)


def parsed(name: str, markdown: str) -> str:
    """As pyromark reads it with no more than the specification has. It says in a style what GFM says in an attribute."""
    html = pyromark.html(markdown, options=FEATURES[name])
    return re.sub(r'(<t[hd]) style="text-align: (left|center|right)">', r'\1 align="\2">', html)


def ours(markdown: str) -> str:
    """As our reader reads it, in a build."""
    document, errors = render(markdown, Place(f"content/{FOLDER}/index.md", FOLDER))
    assert errors == []
    return document.html


def read(_name: str, markdown: str) -> str:
    """As our reader reads it, whatever it is held against, without what it adds."""
    return undecorated(ours(markdown))


def same(one: str, other: str) -> bool:
    return normal(as_files(one)) == normal(as_files(other))


def test_the_specifications_are_whole(name: str, specified: Specification) -> None:
    """Their versions are those that the documents name, and each example is found."""
    assert (specified.version, len(specified.examples)) == VERSIONS[name]
    assert all(example.section and example.markdown for example in specified.examples.values())


def test_the_parser_reads_as_specified(name: str, specified: Specification) -> None:
    """By pyromark, with the features of the specification alone, and compared as the specification's own tests do it."""
    listed = {departure.number: departure.section for departure in departures() if departure.specification == name}
    examples = specified.examples.values()
    differing = {each.number: each.section for each in examples if normal(parsed(name, each.markdown)) != normal(each.html)}
    assert differing == listed


def test_our_reader_reads_as_specified(name: str, specified: Specification) -> None:
    """With all that it adds and knows beside, our reader reads otherwise what the parser does, and nothing else."""
    listed = {departure.number: departure.section for departure in departures() if departure.specification == name}
    examples = specified.examples.values()
    assert {each.number: each.section for each in examples if not same(read(name, each.markdown), each.html)} == listed


@pytest.mark.parametrize("reading", [parsed, read])
def test_a_departure_has_one_reason(name: str, specified: Specification, reading: Callable[[str, str], str]) -> None:
    """Its reason explains all of the difference, and no other reason does."""
    for departure in departures():
        if departure.specification == name:
            example = specified.examples[departure.number]
            found = reading(name, example.markdown)
            explaining = [reason for reason, undo in REASONS.items() if same(undo(found), undo(example.html))]
            assert explaining == [departure.reason], departure


def test_what_is_strong_twice_is_as_commonmark_has_it(specified: Specification, name: str) -> None:
    """Where GFM has one <strong> and we have two, CommonMark has the same text, and is followed."""
    texts = {example.markdown for example in specification("commonmark").examples.values()}
    twice = [departure.number for departure in departures() if (departure.specification, departure.reason) == (name, "strong-in-strong")]
    assert {specified.examples[number].markdown for number in twice} <= texts


def test_a_specification_reads_as_one_post(name: str) -> None:
    """The whole text of it, which holds thousands of lines and all that Markdown has, keeps its structure in our reader."""
    text = specification(name).text
    assert same(read(name, text), undecorated(pyromark.html(text, options=OPTIONS)))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_each_step_takes_something_off(step: Callable[[str], str]) -> None:
    """No step is there for nothing: without it, examples differ that are the same with it."""
    examples = [*specification("commonmark").examples.values(), *specification("gfm").examples.values()]
    html = [(ours(example.markdown), example.html) for example in examples]
    assert any(same(undecorated(found), wanted) and not same(undecorated(found, but=step), wanted) for found, wanted in html)


SLIPS = {
    "an attribute is lost": (' tabindex="0"', ""),
    "an attribute is added": ("<em>", '<em class="x">'),
    "an anchor leads elsewhere": ('<a href="#', '<a href="#x'),
    "a link leads elsewhere": ("{static}/posts/one/", "{static}/posts/"),
    "a link is in no form of ours": ("{static}/posts/one/", "/posts/one/"),
    "code loses its last line end": ("\n</code>", "</code>"),
    "code is set": ('"\n</code>', "”\n</code>"),
    "a wrapper is not closed": ("</code></pre></div>", "</code></pre>"),
    "a reference is written twice": ("&lt;", "&amp;lt;"),
    "a space is lost": (" <em>", "<em>"),
    "a picture has no words": (' alt="foo"', ' alt=""'),
    "a caption is lost": ("<figcaption>", "<figcaption><b></b>"),
    "a paragraph is merged": ("</p>\n<p>", "\n"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_our_reader_is_seen(slip: str) -> None:
    """What is undone is the exact form of what our reader adds: one slip in it, and examples differ."""
    examples = specification("commonmark").examples.values()
    assert any(not same(undecorated(ours(each.markdown).replace(*SLIPS[slip])), each.html) for each in examples)


def test_departures_are_counted() -> None:
    """A new one, and one that is mended, change the counts."""
    assert Counter((departure.specification, departure.reason) for departure in departures()) == COUNTS


def test_the_documents_have_the_counts() -> None:
    """docs/writing.md says how many examples there are, and of how many, for each reason, we are otherwise."""
    section = (ROOT / "docs/writing.md").read_text(encoding="utf-8").partition("### What of Markdown is read\n")[2].partition("\n#")[0]
    table = re.findall(r"^\| (\w+) ([\d.]+) \| (\d+) \| (\d+) \|$", section, re.MULTILINE)
    otherwise = {name: sum(count for (of, _), count in COUNTS.items() if of == name) for name in VERSIONS}
    assert {title.lower(): (version, int(examples), int(examples) - int(alike)) for title, version, examples, alike in table} == {
        name: (*VERSIONS[name], count) for name, count in otherwise.items()
    }
    assert [int(count) for count in re.findall(r"^- (\d+) ", section, re.MULTILINE)] == list(COUNTS.values())
