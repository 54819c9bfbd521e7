"""Front matter: what is understood, and what is said about what is not."""

from __future__ import annotations

from datetime import datetime

import pytest

from alcatraz.content.frontmatter import split
from alcatraz.content.schema import FrontMatter, date_of, validate
from alcatraz.errors import ContentError


def front(text: str) -> FrontMatter:
    header, _ = split(text)
    return validate(header)


def read(text: str) -> None:
    header, _ = split(text)
    date_of(validate(header), "date", header, "UTC")


def refusal(text: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        read(text)
    return caught.value


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
    header, body = split("Title: One\nDate: 2010-12-03 10:20\nTags: a, b\nAuthors: Doe, Jane; Roe\nStatus: hidden\nSummary: s\n\nText.\n")
    found = validate(header)
    assert (found.title, found.tags, found.authors, found.unlisted, found.description) == (
        "One",
        ["a", "b"],
        ["Doe, Jane", "Roe"],
        True,
        "s",
    )
    assert date_of(found, "date", header, "Europe/Berlin") == datetime.fromisoformat("2010-12-03T10:20:00+01:00")
    assert body.strip() == "Text."


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
    header, _ = split(f"---\ntitle: One\ndate: {written}\n---\n")
    assert date_of(validate(header), "date", header, "Europe/Berlin") == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: A\ndate: 2024-05\n---\n", 3, ["`date` is 2024-05", "part of a date", "`date: 2024-05-01`"]),
        ("---\ntitle: A\ndate: 2024\n---\n", 3, ["part of a date", "2024-01-01"]),
        ("---\ntitle: A\ndate: soon\n---\n", 3, ["'soon'", "not a date"]),
        ("---\ntitle: A\ndate: 2024-05-01T10:00:00\n---\n", 3, ["no offset", "2024-05-01T10:00:00+00:00"]),
        ("---\ntitle: A\ncategorys: [x]\n---\n", 3, ["`categorys`", "did you mean `categories`?"]),
        ("---\ntitle: A\nlastmod: 2024-01-01\n---\n", 3, ["`lastmod`", "did you mean `modified`?"]),
        ("---\ntitle: A\nxyzzy: 1\n---\n", 3, ["`xyzzy`", "the keys are", "aliases"]),
        ("---\ntitle: A\ntags: x\n---\n", 3, ["`tags` must be a list", "[one, two]"]),
        ("---\ntitle: A\ntags: [x, {y: z}]\n---\n", 3, ["an item of `tags` must be text"]),
        ("---\ntitle: A\n\ndraft: perhaps\n---\n", 4, ["`draft` must be true or false"]),
        ("---\ntitle: A\nlabel: robot\n---\n", 3, ["'robot'", "human, assisted, ai"]),
        ("---\ntitle: A\nreader: word\n---\n", 3, ["`reader` is 'word'", "python-markdown"]),
        ("---\ndate: 2024-01-01\n---\n", 1, ["no title"]),
        ("---\ntitle:\n---\n", 2, ["no title"]),
        ("---\ntitle: A\ntitle: B\n---\n", 3, ["`title` is given twice", "line 2"]),
        ("---\ntitle: A: B\n---\n", 2, ["not YAML", "quotes"]),
        ("---\n\ttitle: A\n---\n", 2, ["not YAML"]),
        ("---\ntitle: A\n", 1, ["no end"]),
        ("---\nhello\n---\n", 2, ["`key: value`"]),
        ("Just text.\n", 1, ["no front matter"]),
        ("Title: A\nnonsense\n\nText\n", 2, ["'nonsense'"]),
    ],
)
def test_a_wrong_header_is_named_with_its_line_and_a_remedy(text: str, line: int, words: list[str]) -> None:
    """Each mistake is one sentence that has the line, the key and what to write instead."""
    error = refusal(text)
    assert error.line == line
    for word in words:
        assert word in str(error)
    assert "\n" not in str(error)
