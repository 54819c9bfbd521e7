"""The report of the checks: what people and programs read."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from alcatraz.checks import CHECKS, FORMATS, Built, Outcome, Result, render, run
from alcatraz.errors import UsageError
from alcatraz.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from tests.checks.conftest import Made

DEAD = Finding("content/posts/a.md", 7, "link", "the link leads nowhere", "correct it")
WHOLE = Finding("output/feed.xml", 0, "feed-self", "the feed says nothing", "let it say")


def shown(result: Result, form: str = "text", *, terminal: bool = False) -> str:
    """What a result looks like in a format."""
    file = io.StringIO()
    render(result, form, Console(file=file, force_terminal=terminal, width=100, legacy_windows=False))
    return file.getvalue()


def of(*findings: Finding) -> Result:
    """The result of a check that found these."""
    return Result((Outcome("links", 1_234, findings, 0.256),))


def test_the_checks_run_in_order_and_each_alone(site: Made) -> None:
    """Without names every check runs; with names those, as asked."""
    built = Built(site.output, site.siteurl, {})
    assert [outcome.check for outcome in run(built).outcomes] == ["content", "links", "html", "feeds"] == list(CHECKS)
    assert [outcome.check for outcome in run(built, ["feeds"]).outcomes] == ["feeds"]


def test_the_files_looked_at_are_counted(site: Made) -> None:
    """Pages, style sheets and feeds for links; pages for html; feeds, sitemap and robots.txt for feeds; sources for content."""
    site.write("a.css", "")
    result = run(Built(site.output, site.siteurl, {"index.html": "content/a.md", "feed.xml": "content/a.md"}))
    assert {outcome.check: outcome.files for outcome in result.outcomes} == {"content": 1, "links": 7, "html": 4, "feeds": 4}


def test_content_is_what_the_build_found(site: Made) -> None:
    """The build's findings come in order of file and line, each once."""
    earlier = Finding("content/posts/a.md", 2, "label", "nothing says who wrote this", "say it")
    result = run(Built(site.output, site.siteurl, {}, (DEAD, earlier, DEAD)), ["content"])
    assert result.findings == (earlier, DEAD)
    assert result.exit_code == 1


def test_no_findings_is_success(site: Made) -> None:
    """The exit code says whether anything was found."""
    assert run(Built(site.output, site.siteurl, {})).exit_code == 0


def test_an_unknown_check_is_refused(site: Made) -> None:
    """A name that is nearly one gets a suggestion, another the list."""
    built = Built(site.output, site.siteurl, {})
    with pytest.raises(UsageError, match="did you mean `links`"):
        run(built, ["link"])
    with pytest.raises(UsageError, match="content, links, html, feeds"):
        run(built, ["spelling"])


def test_a_site_that_is_not_built_is_an_error(tmp_path: Path) -> None:
    """The error says which command builds it."""
    with pytest.raises(UsageError, match="alcatraz build"):
        run(Built(tmp_path / "output", "https://u.example", {}))


def test_plain_text() -> None:
    """Each finding has its place, what is wrong, its rule and what to do; the table comes last."""
    lines = shown(of(DEAD, WHOLE)).splitlines()
    assert lines[:4] == [
        "content/posts/a.md:7: the link leads nowhere [link]",
        "    correct it",
        "output/feed.xml: the feed says nothing [feed-self]",
        "    let it say",
    ]
    assert [line.split() for line in lines[4:] if line.strip()] == [
        ["check", "files", "findings", "seconds"],
        ["links", "1,234", "2", "0.26"],
    ]


def test_one_fault_in_many_files_is_told_once() -> None:
    """A fault of the theme, in every page, is shown with three places, and the others are counted."""
    many = [Finding(f"output/{number:03}.html", 0, "one-h1", "the page has no <h1>", "give it one") for number in range(100)]
    text = shown(of(*many))
    assert text.count("the page has no <h1>") == 3
    assert text.count("give it one") == 1
    assert "… and the same 97 times more, as far as output/099.html" in text


def test_a_terminal_gets_no_markup_or_escapes_from_the_site() -> None:
    """What a page holds can neither colour the report nor break its lines."""
    text = shown(of(Finding("a.md", 1, "link", "[red]the link \x1b[31m\nb[/red] é", "mend it")), terminal=True)
    assert "[red]the link \\x1b[31m\\nb[/red] é" in text


def test_json() -> None:
    """One object: the checks with their figures, and every finding with its check."""
    assert json.loads(shown(of(DEAD), "json")) == {
        "checks": [{"check": "links", "files": 1234, "findings": 1, "seconds": 0.256}],
        "findings": [
            {
                "check": "links",
                "path": "content/posts/a.md",
                "line": 7,
                "rule": "link",
                "message": "the link leads nowhere",
                "remedy": "correct it",
            }
        ],
    }


def test_github_annotations() -> None:
    """Each finding is a workflow command; what would end a property or a line of it is escaped."""
    odd = Finding("content/100%, a: b.md", 3, "link", "a, b: 100%\r\nc", "mend it")
    lines = shown(of(odd, WHOLE), "github").splitlines()
    assert lines[0] == "::error file=content/100%25%2C a%3A b.md,line=3,title=link::a, b: 100%25%0D%0Ac; mend it"
    assert lines[1] == "::error file=output/feed.xml,title=feed-self::the feed says nothing; let it say"


def test_an_unknown_format_is_refused() -> None:
    """The error names the formats there are."""
    assert FORMATS == ("text", "json", "github")
    with pytest.raises(UsageError, match="text, json, github"):
        shown(of(), "xml")
