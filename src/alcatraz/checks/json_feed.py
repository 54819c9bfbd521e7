"""Reading a JSON Feed by the rules of its version 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from alcatraz.checks.feed import Address, Draft, Entry, Feed, Flaw, Other, moment
from alcatraz.checks.references import Reference, Use, references_in
from alcatraz.checks.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MARK", "read_json_feed"]

MARK = b"jsonfeed.org/version"

Text = str | UnsetType
REMEDY = "mend what writes the feed: a reader may refuse it"


class Author(Struct):
    """Who wrote the feed, or an item of it."""

    name: Text = UNSET
    url: Text = UNSET
    avatar: Text = UNSET


class Attachment(Struct):
    """A file that belongs to an item."""

    url: str
    mime_type: str
    title: Text = UNSET
    size_in_bytes: float | UnsetType = UNSET
    duration_in_seconds: float | UnsetType = UNSET


class Item(Struct):
    """An entry of the feed."""

    id: str
    url: Text = UNSET
    external_url: Text = UNSET
    title: Text = UNSET
    content_html: Text = UNSET
    content_text: Text = UNSET
    summary: Text = UNSET
    image: Text = UNSET
    banner_image: Text = UNSET
    date_published: Text = UNSET
    date_modified: Text = UNSET
    authors: list[Author] | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    language: Text = UNSET
    attachments: list[Attachment] | UnsetType = UNSET


class Hub(Struct):
    """A place to subscribe to the feed's changes."""

    type: str
    url: str


class Whole(Struct):
    """The feed. Keys it does not name are allowed: readers pass over them."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    items: list[Item]
    home_page_url: Text = UNSET
    feed_url: Text = UNSET
    description: Text = UNSET
    user_comment: Text = UNSET
    next_url: Text = UNSET
    icon: Text = UNSET
    favicon: Text = UNSET
    authors: list[Author] | UnsetType = UNSET
    language: Text = UNSET
    expired: bool | UnsetType = UNSET
    hubs: list[Hub] | UnsetType = UNSET


def read_json_feed(path: str, content: bytes) -> Feed | Other:
    """The facts of a JSON Feed; what is wrong with the file where it is none."""
    try:
        whole = msgspec.json.decode(content, type=Whole)
    except msgspec.DecodeError as error:
        return Other(path, (Flaw(Rule.JSON_FEED, 0, f"the feed is not JSON Feed 1.1: {error}", REMEDY),))
    draft = Draft()
    draft.own = whole.feed_url or None
    _addresses(
        draft,
        None,
        {"home_page_url": whole.home_page_url, "feed_url": whole.feed_url, "next_url": whole.next_url},
        {"icon": whole.icon, "favicon": whole.favicon},
    )
    _authors(draft, None, whole.authors or ())
    for item in whole.items:
        _item(draft, item)
    return draft.feed(path)


def _item(draft: Draft, item: Item) -> None:
    url = item.url or None
    if not (isinstance(item.content_html, str) or isinstance(item.content_text, str)):
        remedy = "write the post, or keep it a draft: a reader may refuse an item without text"
        message = f"the item {item.id} has no text, neither content_html nor content_text"
        draft.flaws.append(Flaw(Rule.JSON_FEED, 0, message, remedy, url))
    for name in ("date_published", "date_modified"):
        date = getattr(item, name)
        if isinstance(date, str) and moment(date) is None:
            message = f"{name} of {item.id} is {date!r}, which is not a date of RFC 3339"
            draft.flaws.append(Flaw(Rule.FEED_DATE, 0, message, "write it as 2026-11-22T09:30:00+01:00", url))
    draft.entries.append(
        Entry(
            id=item.id,
            url=url,
            title=" ".join((item.title or "").split()),
            published=moment(item.date_published or item.date_modified or ""),
            line=0,
        )
    )
    _addresses(draft, url, {"url": item.url, "external_url": item.external_url}, {"image": item.image, "banner_image": item.banner_image})
    _authors(draft, url, item.authors or ())
    for attachment in item.attachments or ():
        _addresses(draft, url, {"attachments": attachment.url}, {})
    for reference in references_in(item.content_html or ""):
        draft.addresses.append(Address(Reference(reference.url, reference.use, reference.where, 0), url))


def _authors(draft: Draft, entry: str | None, authors: Iterable[Author]) -> None:
    for author in authors:
        if not (author.name or author.url or author.avatar):
            draft.flaws.append(Flaw(Rule.JSON_FEED, 0, "an author has neither name, url nor avatar", REMEDY, entry))
        _addresses(draft, entry, {"author's url": author.url}, {"author's avatar": author.avatar})


def _addresses(draft: Draft, entry: str | None, links: dict[str, Text], resources: dict[str, Text]) -> None:
    for use, named in ((Use.LINK, links), (Use.RESOURCE, resources)):
        for name, url in named.items():
            if isinstance(url, str):
                draft.addresses.append(Address(Reference(url, use, name, 0), entry))
