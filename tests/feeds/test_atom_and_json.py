"""Feeds: what readers' programs get."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from lxml import etree

from alcatraz.content.labels import Label
from alcatraz.feeds.formats import LABEL_SCHEME, Author, Entry, Feed, atom, json_feed

ATOM = {"a": "http://www.w3.org/2005/Atom", "media": "http://search.yahoo.com/mrss/"}
URL = "https://blog.example/feed.xml"
ENTRY = Entry(
    url="https://blog.example/posts/one/",
    title="One",
    published=datetime(2026, 11, 1, 9, 30, tzinfo=timezone(timedelta(hours=1))),
    updated=datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
    content="<p>Hello &amp; <em>welcome</em></p>",
    summary="A greeting",
    categories=("Letters", "nix"),
    authors=(Author("Ada", "https://blog.example/authors/ada/"),),
    label=Label("ai", "Written by AI"),
    image="https://blog.example/posts/one/a.jpg",
    language="en",
)
FEED = Feed(
    title="A blog",
    home="https://blog.example/",
    language="en",
    entries=(ENTRY, replace(ENTRY, url="https://blog.example/posts/two/", title="Two", label=None, language="de")),
    description="For people",
    authors=(Author("Ada"),),
    icon="https://blog.example/favicon.svg",
    about_labels="https://blog.example/colophon/",
)


def parsed(feed: Feed) -> etree._Element:
    """The feed as a program reads it."""
    return etree.fromstring(atom(feed, URL))


def texts(feed: Feed, path: str) -> list[str]:
    """What stands at a path in the feed."""
    found: Any = parsed(feed).xpath(path, namespaces=ATOM)
    return [str(each) for each in found]


def loaded(feed: Feed) -> Any:
    """The feed as a program reads it, in its other form."""
    return json.loads(json_feed(feed, "https://blog.example/feed.json"))


def test_atom_says_what_the_standard_asks_for() -> None:
    """Ids, titles, moments, authors and links stand where RFC 4287 wants them."""
    assert texts(FEED, "/a:feed/a:id/text()") == ["https://blog.example/"]
    assert texts(FEED, "/a:feed/a:link[@rel='self']/@href") == [URL]
    assert texts(FEED, "/a:feed/a:link[@rel='alternate']/@href") == ["https://blog.example/"]
    assert texts(FEED, "/a:feed/a:author/a:name/text()") == ["Ada"]
    assert texts(FEED, "//a:entry/a:id/text()") == [entry.url for entry in FEED.entries]
    assert texts(FEED, "//a:entry[1]/a:published/text()") == ["2026-11-01T09:30:00+01:00"]
    assert texts(FEED, "//a:entry[1]/a:updated/text()") == ["2026-11-03T09:30:00+00:00"]
    assert texts(FEED, "//a:entry[1]/media:thumbnail/@url") == [ENTRY.image]


def test_a_feed_changed_when_its_newest_entry_did() -> None:
    """`updated` comes from the entries and not from the clock, whatever their order and offsets."""
    later = replace(ENTRY, updated=datetime(2026, 11, 3, 9, 0, tzinfo=timezone(timedelta(hours=-5))))
    assert texts(replace(FEED, entries=(ENTRY, later)), "/a:feed/a:updated/text()") == ["2026-11-03T09:00:00-05:00"]


def test_a_feed_without_entries_is_none() -> None:
    """There is no moment to give it."""
    with pytest.raises(ValueError, match="without entries"):
        replace(FEED, entries=())


def test_a_date_without_an_offset_is_refused() -> None:
    """RFC 3339 knows none."""
    with pytest.raises(ValueError, match="no offset"):
        replace(ENTRY, published=datetime(2026, 11, 1))  # noqa: DTZ001 (that is the point)


def test_the_content_arrives_whole() -> None:
    """In both forms, as the HTML that it was."""
    assert texts(FEED, "//a:entry[1]/a:content[@type='html']/text()") == [ENTRY.content]
    assert loaded(FEED)["items"][0]["content_html"] == ENTRY.content


def test_a_title_is_text_and_not_markup() -> None:
    """`Using <code> & co` is shown with its angle brackets."""
    feed = replace(FEED, title="<b>&", entries=(replace(ENTRY, title='Using <code> & "co"'),))
    assert texts(feed, "//a:title/text()") == ["<b>&", 'Using <code> & "co"']
    assert texts(feed, "//a:title/@type") == []  # text is the default
    assert loaded(feed)["items"][0]["title"] == 'Using <code> & "co"'


@pytest.mark.parametrize("bad", ["\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_characters_that_no_feed_can_hold_are_left_out(bad: str) -> None:
    """A form feed in a post or a stray byte in a tag does not break the feed for everybody."""
    entry = replace(ENTRY, title=f"a{bad}b", content=f"<p>a{bad}b</p>", categories=(f"a{bad}b",), authors=(Author(f"a{bad}b"),))
    feed = replace(FEED, entries=(entry,), description=f"a{bad}b")
    assert texts(feed, "//a:entry/a:title/text()") == ["ab"]
    assert texts(feed, "//a:entry/a:content/text()") == ["<p>ab</p>"]
    assert texts(feed, "//a:entry/a:category/@term") == ["ab", "ai"]
    assert loaded(feed)["items"][0]["content_html"].replace(bad, "") == "<p>ab</p>"


def test_other_scripts_and_pictures_arrive() -> None:
    """Letters beyond the first plane are themselves."""
    feed = replace(FEED, entries=(replace(ENTRY, title="Grüße 🦜 \u200dأ"),))
    assert texts(feed, "//a:entry/a:title/text()") == ["Grüße 🦜 \u200dأ"]
    assert "Grüße 🦜".encode() in json_feed(feed, URL)


def test_the_label_travels_with_the_post() -> None:
    """Who wrote it is a category of its own scheme in Atom and an extension in JSON Feed; without a label it is neither."""
    assert texts(FEED, f"//a:entry[1]/a:category[@scheme='{LABEL_SCHEME}']/@term") == ["ai"]
    assert texts(FEED, f"//a:entry[1]/a:category[@scheme='{LABEL_SCHEME}']/@label") == ["Written by AI"]
    assert texts(FEED, f"//a:entry[2]/a:category[@scheme='{LABEL_SCHEME}']/@term") == []
    first, second = loaded(FEED)["items"]
    assert first["_alcatraz"] == {"about": "https://blog.example/colophon/", "label": "ai"}
    assert "_alcatraz" not in second
    assert first["tags"] == ["Letters", "nix"]


def test_an_entry_in_another_language_says_so() -> None:
    """And one in the feed's own does not repeat it."""
    xml = "{http://www.w3.org/XML/1998/namespace}lang"
    first, second = parsed(FEED).findall("a:entry", ATOM)
    assert (parsed(FEED).get(xml), first.get(xml), second.get(xml)) == ("en", None, "de")
    assert [item.get("language") for item in loaded(FEED)["items"]] == [None, "de"]


def test_json_feed_says_what_the_standard_asks_for() -> None:
    """Version, addresses and authors; keys without a value are left out."""
    feed = loaded(FEED)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://blog.example/feed.json"
    assert feed["authors"] == [{"name": "Ada"}]
    item = feed["items"][0]
    assert (item["id"], item["url"]) == (ENTRY.url, ENTRY.url)
    assert (item["date_published"], item["date_modified"]) == ("2026-11-01T09:30:00+01:00", "2026-11-03T09:30:00+00:00")
    bare = loaded(replace(FEED, description="", icon=None, entries=(replace(ENTRY, summary="", image=None, categories=(), authors=()),)))
    assert not {"description", "icon"} & set(bare)
    assert not {"summary", "image", "tags", "authors"} & set(bare["items"][0])


def test_one_value_gives_the_same_bytes() -> None:
    """Again and again."""
    assert atom(FEED, URL) == atom(replace(FEED), URL)
    assert json_feed(FEED, URL) == json_feed(replace(FEED), URL)
