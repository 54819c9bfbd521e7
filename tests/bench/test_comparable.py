"""Only equal sites are measured beside one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.speed.comparable import contents, differences

if TYPE_CHECKING:
    from pathlib import Path

WORDS = " ".join(["word"] * 100)


def site(folder: Path, title: str = "One", words: str = WORDS, *, posts: int = 2, entries: int = 2) -> Path:
    """A built site: some posts, an index, a page of a tag, a feed."""
    pages = {f"posts/post-{number}": f'<h1>{title}</h1><p>2026</p><div class="e-content"><p>{words}</p></div>' for number in range(posts)}
    for path, text in {**pages, "": "<h1>Bench</h1>", "tags/a": "<h1>a</h1>", "page/2": ""}.items():
        (folder / path).mkdir(parents=True, exist_ok=True)
        (folder / path / "index.html").write_text(f"<!DOCTYPE html><title>t</title><body>{text}</body>", encoding="utf-8")
    (folder / "feed.xml").write_text(f"<feed>{'<entry></entry>' * entries}</feed>", encoding="utf-8")
    return folder


def test_what_a_site_has(tmp_path: Path) -> None:
    """Titles and words by post, the words of its text alone, and pages by kind."""
    found = contents(site(tmp_path))
    assert found.titles == {"post-0": "One", "post-1": "One"}
    assert found.words == {"post-0": 100, "post-1": 100}
    assert (found.lists, found.tags, found.entries) == (2, 1, 2)


def test_equal_sites_have_no_differences(tmp_path: Path) -> None:
    """Nor is a word or two one: two of a hundred are within the tolerance."""
    other = site(tmp_path / "b", words=WORDS + " and more")
    assert differences({"A": contents(site(tmp_path / "a")), "B": contents(other)}) == []


def test_each_difference_is_told(tmp_path: Path) -> None:
    """Fewer pages, other titles, missing words, an empty feed: by the name of the generator, and with the post."""
    other = site(tmp_path / "b", "Two", "few words", posts=1, entries=0)
    (tmp_path / "b" / "tags" / "a" / "index.html").unlink()
    told = differences({"A": contents(site(tmp_path / "a")), "B": contents(other)})
    assert [sentence.partition(" (")[0] for sentence in told] == [
        "B: 1 pages of posts, and not 2",
        "B: 0 pages of tags, and not 1",
        "B: 0 entries in the feed, and not 2",
        "B: other titles: post-0 is 'Two', and not 'One'",
        "B: other words: post-0 has 2 words, and not 100",
    ]


def test_many_differences_of_a_kind_are_one_sentence(tmp_path: Path) -> None:
    """With the first three posts, and how many more there are."""
    told = differences({"A": contents(site(tmp_path / "a", posts=9)), "B": contents(site(tmp_path / "b", "Two", posts=9))})
    (sentence,) = told
    assert sentence.count("post-") == 3
    assert "and 6 more" in sentence
