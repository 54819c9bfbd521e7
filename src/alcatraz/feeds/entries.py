"""From Pelican's articles to the values that feeds are made of."""

from __future__ import annotations

import posixpath
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from alcatraz.feeds.absolute import address, with_absolute_links
from alcatraz.feeds.formats import Author, Entry, Feed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pelican.contents import Article
    from pelican.urlwrappers import URLWrapper

__all__ = ["feed_folder", "feeds", "is_public"]


def is_public(content: Any) -> bool:
    """Whether a post or page is for everybody now. A preview shows drafts, but no feed or site map tells of them."""
    return not (content.draft or content.future or content.unlisted)


def feed_folder(wrapper: URLWrapper) -> str:
    """Where the feeds of a category or tag lie: the folder of its page, or beside `tags/a.html` a folder `tags/a/`."""
    path, _ = posixpath.splitext(str(wrapper.save_as))
    return f"{path.removesuffix('/index')}/"


def feeds(context: Mapping[str, Any], icon: str | None = None) -> Iterator[tuple[str, Feed]]:
    """The feeds of a site with the folder that each belongs into ("" for the site's own): site, categories, tags.

    A feed holds the FEED_MAX_ITEMS newest posts, and names `icon`, an absolute address. Where there is no post there is no feed.
    """
    site: str = context["SITEURL"]
    made: dict[str, Entry] = {}

    def entries(articles: Iterable[Article]) -> tuple[Entry, ...]:
        listed = sorted((article for article in articles if is_public(article)), key=lambda article: article.slug)
        listed.sort(key=lambda article: article.date, reverse=True)
        newest = listed[: context["FEED_MAX_ITEMS"]]
        for article in newest:
            if article.save_as not in made:
                made[article.save_as] = _entry(article, site)
        return tuple(made[article.save_as] for article in newest)

    about = context.get("COLOPHON_URL")
    shared = {
        "language": context["DEFAULT_LANG"],
        "authors": (Author(context["AUTHOR"], f"{site}/"),),
        "icon": icon,
        "about_labels": address(site, about) if about else None,
    }
    if found := entries(context["articles"]):
        tagline = context.get("SITESUBTITLE") or context.get("DESCRIPTION") or ""
        yield "", Feed(title=context["SITENAME"], home=f"{site}/", entries=found, description=tagline, **shared)
    for wrapper, articles in (*context["categories"], *context["tags"]):
        if wrapper.save_as and (found := entries(articles)):
            title = f"{context['SITENAME']}: {wrapper.name}"
            yield feed_folder(wrapper), Feed(title, address(site, wrapper.url), entries=found, **shared)


def _entry(article: Article, site: str) -> Entry:
    url = address(site, article.url)
    subjects = (*article.categories, *getattr(article, "tags", ()))
    return Entry(
        url=url,
        title=article.title,
        published=article.date,
        updated=getattr(article, "modified", article.date),
        content=with_absolute_links(article.get_content(site), url),
        summary=article.description,
        categories=tuple(dict.fromkeys(subject.name for subject in subjects)),
        authors=tuple(
            Author(author.name, address(site, author.url) if author.save_as else None) for author in getattr(article, "authors", ())
        ),
        label=article.label,
        image=urljoin(f"{site}/", unescape(article.image)) if article.image else None,
        language=article.lang,
    )
