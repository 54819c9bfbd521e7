"""Slips of the pen: what was meant as Markdown and is none is told, with its line; what is lawful is not."""

from __future__ import annotations

import pytest

from alcatraz.content.markdown import Place, render

PLACE = Place("content/posts/one/index.md", "posts/one", first_line=5)


def told(body: str) -> list[tuple[int, str, str]]:
    document, errors = render(body, PLACE, math=True)
    assert errors == []
    return [(finding.line, finding.rule, finding.message) for finding in document.findings]


@pytest.mark.parametrize(
    ("written", "target", "what"),
    [
        ("![A tram](a tram.jpg)", "a tram.jpg", "picture"),
        ('![A tram](my photos/a tram.jpg "The 28")', "my photos/a tram.jpg", "picture"),
        ("Words before [it](last year/index.md) and after", "last year/index.md", "link"),
    ],
)
def test_a_target_with_a_space_is_no_link(written: str, target: str, what: str) -> None:
    """CommonMark would show the brackets and parentheses, so the author is told how to write it."""
    assert told(f"Text.\n\n{written}\n") == [(7, "link", f"the target {target} has a space, so this is no {what}")]


@pytest.mark.parametrize(
    "written",
    [
        "[it](<a tram.jpg>)",
        '[it](https://x.example/ "The 28")',
        "[it](https://x.example/ 'The 28')",
        "[it](https://x.example/ (The 28))",
        "`[it](a tram.jpg)`",
        "    [it](a tram.jpg)",
        r"\[it](a tram.jpg)",
        "A list [1] (of words)",
    ],
)
def test_lawful_brackets_are_no_slip(written: str) -> None:
    """Titles, angle brackets, code and escapes are what they are."""
    assert told(f"Text.\n\n{written}\n") == []


def test_an_alert_of_no_kind_is_told() -> None:
    """The five kinds are named; a quotation that merely begins with a bracket is none of them."""
    assert told("> [!DANGER]\n> Here.\n") == [(5, "alert", "there is no alert `[!DANGER]`, so it is shown as a quotation")]
    assert told("> [!note]\n> Here.\n\n> [a] quotation\n\n`> [!DANGER]`\n") == []


@pytest.mark.parametrize("written", ["> [!TIP] Title here\n> Walk.", "> [!note]- Folded\n> Walk.", "> > [!TIP] Title"])
def test_words_behind_an_alerts_mark_are_told(written: str) -> None:
    """Readers would see the mark, so the author is told to begin on the next line."""
    ((line, rule, message),) = told(f"Text.\n\n{written}\n")
    assert (line, rule) == (7, "alert")
    assert "words behind it" in message


@pytest.mark.parametrize(
    "written",
    [
        "![Alt](pic.png){target=_blank}",
        "[it](https://x.example/){: .wide }",
        "[![Alt](a.png)](b.png){.wide width=300}",
        "[it](<a b.md>){#here}",
    ],
)
def test_attributes_in_braces_are_told(written: str) -> None:
    """Other programs know them; here readers would see the braces."""
    ((line, rule, message),) = told(f"Text.\n\n{written}\n")
    assert (line, rule) == (7, "link")
    assert written[written.index("{") :] in message


@pytest.mark.parametrize(
    "written", ["[it](a.md) {target=_blank}", "`[it](a.md){.x}`", "[it](a.md){maybe}", "## [it](a.md) {#it}", "[a](b.md){}"]
)
def test_braces_that_are_no_attributes_are_no_slip(written: str) -> None:
    """Code, a heading's id, and words in braces are what they are."""
    assert told(f"Text.\n\n{written}\n") == []
