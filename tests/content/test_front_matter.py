"""Front matter: what is understood, and what is said about what is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from pelican.settings import DEFAULT_CONFIG

from alcatraz.content.frontmatter import split
from alcatraz.content.schema import FrontMatter, validate
from alcatraz.errors import ContentError

SETTINGS: dict[str, Any] = {**DEFAULT_CONFIG, "TIMEZONE": "UTC"}
IN_BERLIN = {**SETTINGS, "TIMEZONE": "Europe/Berlin"}


def front(text: str, settings: dict[str, Any] = SETTINGS) -> FrontMatter:
    header, _ = split(text)
    found, errors = validate(header, settings)
    assert errors == []
    return found


def refusals(text: str) -> list[ContentError]:
    try:
        header, _ = split(text)
    except ContentError as error:
        return [error]
    return validate(header, SETTINGS)[1]


def test_yaml_and_body_are_parted() -> None:
    """What stands between the fences is the header; what follows is the body, and its first line is known."""
    header, body = split("---\ntitle: One\n---\n\nText.\n")
    assert (header.values, body, header.body_line) == ({"title": "One"}, "\nText.\n", 4)


def test_values_stay_what_was_typed() -> None:
    """Numbers, dates and YAML 1.1's odd booleans are text: `no` is Norwegian, 1984 is a title."""
    found = front("---\ntitle: 1984\nlang: no\ntags: [2024, 1e3, 12:30]\nslug: 007\n---\n")
    assert (found.title, found.lang, found.tags, found.slug) == ("1984", "no", ["2024", "1e3", "12:30"], "007")


def test_pelican_headers_are_understood() -> None:
    """Pelican's own header form gives the same values, lists parted by commas or semicolons."""
    text = "Title: One\nDate: 2010-12-03 10:20\nTags: a, b\nAuthors: Doe, Jane; Roe\nStatus: hidden\nSummary: s\n\nText.\n"
    found = front(text, IN_BERLIN)
    assert (found.title, found.tags, found.authors, found.unlisted, found.description) == (
        "One",
        ["a", "b"],
        ["Doe, Jane", "Roe"],
        True,
        "s",
    )
    assert found.date == datetime.fromisoformat("2010-12-03T10:20:00+01:00")
    assert split(text)[1].strip() == "Text."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-22T09:30:00+01:00", "2026-11-22T09:30:00+01:00"),
        ("2026-11-22T09:30:00Z", "2026-11-22T09:30:00+00:00"),
        ("2026-11-22", "2026-11-22T00:00:00+01:00"),
    ],
)
def test_dates_are_moments(written: str, meant: str) -> None:
    """A date with an offset is that moment; a full date is its first moment in the blog's time zone."""
    assert front(f"---\ntitle: One\ndate: {written}\n---\n", IN_BERLIN).date == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: A\ndate: 2024-05\n---\n", 3, ["`date` is 2024-05", "part of a date", "`date: 2024-05-01`"]),
        ("---\ntitle: A\ndate: 2024\n---\n", 3, ["part of a date", "2024-01-01"]),
        ("---\ntitle: A\ndate: soon\n---\n", 3, ["'soon'", "not a date"]),
        ("---\ntitle: A\ndate: 2024-05-01T10:00:00\n---\n", 3, ["no offset", "2024-05-01T10:00:00+00:00"]),
        ("---\ntitle: A\ncategorys: [x]\n---\n", 3, ["`categorys`", "did you mean `categories`?"]),
        ("---\ntitle: A\nlastmod: 2024-01-01\n---\n", 3, ["`lastmod`", "did you mean `modified`?"]),
        ("---\ntitle: A\nxyzzy: 1\n---\n", 3, ["`xyzzy`", "the keys are", "aliases", "author,", "category,", "summary,"]),
        ("---\ntitle: A\nsummry: x\n---\n", 3, ["did you mean `summary`?"]),
        ("---\ntitle: A\ntags: x\n---\n", 3, ["`tags` must be a list", "[one, two]"]),
        ("---\ntitle: A\ntags: [x, {y: z}]\n---\n", 3, ["an item of `tags` must be text"]),
        ("---\ntitle: A\n\ndraft: perhaps\n---\n", 4, ["`draft` must be true or false"]),
        ("---\ntitle: A\nlabel: robot\n---\n", 3, ["'robot'", "human, assisted, ai"]),
        ("---\ntitle: A\nreader: word\n---\n", 3, ["`reader` is 'word'", "python-markdown"]),
        ("---\ntitle: A\ntrue: x\n---\n", 3, ["`true` is unknown"]),
        ("---\ntitle: A\n~: x\n---\n", 3, ["`~` is unknown"]),
        ("---\ntitle: A\n? [a, b]\n: x\n---\n", 3, ["a key", "must be a word"]),
        ("---\ntitle: A\ndate: [2024]\n---\n", 3, ["`date` must be text"]),
        ("---\ntitle: A\nslug: ../x\n---\n", 3, ["`slug`", "'../x'", "write `slug: x`"]),
        ("---\ntitle: A\nslug: ..\n---\n", 3, ["`slug`", "letters, digits"]),
        ('---\ntitle: A\nslug: "a\\0b"\n---\n', 3, ["`slug`", "write `slug: ab`"]),
        ("---\ntitle: A\nslug: 'a\"b<c'\n---\n", 3, ["`slug`", "write `slug: abc`"]),
        ("---\ntitle: A\nslug: São Paulo\n---\n", 3, ["`slug`", "write `slug: sao-paulo`"]),
        ("---\ntitle: A\nlang: 'de\" x'\n---\n", 3, ["`lang`", "`lang: pt-BR`"]),
        ("---\ntitle: A\nlang: de_DE\n---\n", 3, ["`lang`", "write `lang: de-DE`"]),
        ("---\ntitle: A\ncategory: C\ncategories: [A, B]\n---\n", 3, ["`category`", "`categories`", "keep one"]),
        ("---\ntitle: A\nauthors: [A]\nauthor: C\n---\n", 4, ["`author`", "`authors`"]),
        ("---\ntitle: A\nsummary: C\ndescription: D\n---\n", 3, ["`summary`", "`description`"]),
        ("---\ndate: 2024-01-01\n---\n", 1, ["no title"]),
        ("---\ntitle: ' '\n---\n", 2, ["no title"]),
        ("---\ntitle:\n---\n", 2, ["no title"]),
        ("---\ntitle: A\ntitle: B\n---\n", 3, ["`title` is given twice", "line 2"]),
        ("---\ntitle: A: B\n---\n", 2, ["not YAML", "quotes"]),
        ("---\n\ttitle: A\n---\n", 2, ["not YAML", "a tab", "spaces"]),
        ("---\ntitle: A\ntags:\n  - a\n\t- b\n---\n", 5, ["a tab", "spaces"]),
        ("---\ntitle: A\ndescription: >\n  \tx\n---\n", 4, ["a tab", "spaces"]),
        ("---\ntitle:\t@a\n---\n", 2, ["not YAML", "quotes"]),
        ("+++\ntitle = 'A'\n+++\n", 1, ["TOML", "Hugo", "`title: Trams`", "`---`"]),
        ("---\ntitle: A\ndate: 0000-01-01\n---\n", 3, ["not a date", "`date: 2026-11-22"]),
        ("---\ntitle: A\nstatus: Draft\n---\n", 3, ["`status`", "write `draft: true`"]),
        ("---\ntitle: A\nstatus: hidden\n---\n", 3, ["write `unlisted: true`"]),
        ("---\ntitle: A\nstatus: published\n---\n", 3, ["leave it out"]),
        ("Title: A\nStatus: foo\n\nText\n", 2, ["'foo'", "published, draft, hidden"]),
        ("---\ntitle: A\n", 1, ["no end"]),
        ("---\nhello\n---\n", 2, ["`key: value`"]),
        ("Just text.\n", 1, ["no front matter"]),
        ("Title: A\nnonsense\n\nText\n", 2, ["'nonsense'"]),
    ],
)
def test_a_wrong_header_is_named_with_its_line_and_a_remedy(text: str, line: int, words: list[str]) -> None:
    """Each mistake is one sentence that has the line, the key and what to write instead."""
    (error,) = refusals(text)
    assert error.line == line
    for word in words:
        assert word in str(error)
    assert "\n" not in str(error)


def test_everything_wrong_with_a_header_is_told_at_once() -> None:
    """Unknown keys, wrong kinds and bad dates are gathered, and the header itself stays what it was."""
    header, _ = split("---\ntags: x\ncolour: red\ndate: soon\nmodified: 2024\nslug: a/b\nlang: x_\ncategory: C\n---\n")
    before = dict(header.lines)
    _, errors = validate(header, SETTINGS)
    assert sorted(error.line for error in errors) == [1, 2, 3, 4, 5, 6, 7]
    assert header.lines == before


@pytest.mark.parametrize(("written", "meant"), [("Draft", (True, False)), ("HIDDEN", (False, True)), ("Published", (False, False))])
def test_a_status_counts_in_any_case(written: str, meant: tuple[bool, bool]) -> None:
    """Pelican's words in Pelican's header form."""
    found = front(f"Title: A\nStatus: {written}\n\nText\n")
    assert (found.draft, found.unlisted) == meant
