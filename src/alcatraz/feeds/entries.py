"""From Pelican's articles to the values that feeds are made of."""

from __future__ import annotations

import functools
import posixpath
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from alcatraz.feeds.absolute import address, with_absolute_links
from alcatraz.feeds.formats import Author, Entry, Feed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pelican.contents import Article
    from pelican.urlwrappers import URLWrapper

    from alcatraz.content.records import Record

__all__ = ["Channel", "channels", "feed_folder", "feed_of", "is_public"]


def is_public(content: Any) -> bool:
    """Whether a post or page is for everybody now. A preview shows drafts, but no feed or site map tells of them."""
    return not (content.draft or content.future or content.unlisted)


def feed_folder(wrapper: URLWrapper) -> str:
    """Where the feeds of a category or tag lie: the folder of its page, or beside `tags/a.html` a folder `tags/a/`."""
    path, _ = posixpath.splitext(str(wrapper.save_as))
    return f"{path.removesuffix('/index')}/"


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed of a site before it is made: what it is called, the page that it belongs to, and its posts, newest first.

    `folder` is where it lies: "" for the site's own.
    """

    folder: str
    title: str
    home: str
    posts: tuple[Article, ...]
    description: str = ""


def channels(context: Mapping[str, Any]) -> Iterator[Channel]:
    """The feeds of a site: its own, and those of categories and tags.

    A feed holds the FEED_MAX_ITEMS newest posts. Where there is no post there is no feed.
    """
    site: str = context["SITEURL"]

    def newest(articles: Iterable[Article]) -> tuple[Article, ...]:
        listed = sorted((article for article in articles if is_public(article)), key=lambda article: article.slug)
        listed.sort(key=lambda article: article.date, reverse=True)
        return tuple(listed[: context["FEED_MAX_ITEMS"]])

    if found := newest(context["articles"]):
        tagline = context.get("SITESUBTITLE") or context.get("DESCRIPTION") or ""
        yield Channel("", context["SITENAME"], f"{site}/", found, tagline)
    for wrapper, articles in (*context["categories"], *context["tags"]):
        if wrapper.save_as and (found := newest(articles)):
            yield Channel(feed_folder(wrapper), f"{context['SITENAME']}: {wrapper.name}", address(site, wrapper.url), found)


def feed_of(context: Mapping[str, Any], icon: str | None = None) -> Callable[[Channel], Feed]:
    """What makes the feed of a channel, with `icon`, an absolute address; a post that stands in several is read once."""
    site: str = context["SITEURL"]
    about = context.get("COLOPHON_URL")
    entries: dict[Article, tuple[bytes | None, Entry]] = {}

    def entry_of(post: Article) -> Entry:
        """The entry of a post as its body is by now: a process that builds again may have another, and lets go of the one before."""
        record: Record | None = getattr(post, "record", None)
        body = record.document if record else None
        if post not in entries or entries[post][0] != body:
            entries[post] = body, _entry(post, site)
        return entries[post][1]

    def feed(channel: Channel) -> Feed:
        return Feed(
            channel.title,
            channel.home,
            context["DEFAULT_LANG"],
            tuple(map(entry_of, channel.posts)),
            channel.description,
            (Author(context["AUTHOR"], f"{site}/"),),
            icon,
            address(site, about) if about else None,
        )

    return feed


def _entry(article: Article, site: str) -> Entry:
    url = address(site, article.url)
    subjects = (*article.categories, *getattr(article, "tags", ()))
    return Entry(
        url=url,
        title=article.title,
        published=article.date,
        updated=getattr(article, "modified", article.date),
        content=functools.cache(lambda: with_absolute_links(article.get_content(site), url)),
        summary=article.description,
        categories=tuple(dict.fromkeys(subject.name for subject in subjects)),
        authors=tuple(
            Author(author.name, address(site, author.url) if author.save_as else None) for author in getattr(article, "authors", ())
        ),
        label=article.label,
        image=urljoin(f"{site}/", unescape(article.image)) if article.image else None,
        language=article.lang,
    )
