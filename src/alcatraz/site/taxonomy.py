"""How a blog's posts are ordered: by categories, by time, by subject, in series. Sets what templates show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from alcatraz.content.complete import source_name
from alcatraz.findings import Finding
from alcatraz.fingerprint import digest, engine
from alcatraz.site.related import Post, neighbours, related, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pelican.contents import Article
    from pelican.urlwrappers import Category, Tag, URLWrapper

    from alcatraz.assets import Remember

__all__ = ["Series", "add_relations", "all_categories", "merged", "once"]


encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(tuple[list[tuple[int | None, int | None]], list[list[int]]]).decode


@dataclass(frozen=True, slots=True)
class Series:
    """A post's place in a series: all of its posts, oldest first, and which of them this is (from 1)."""

    name: str
    posts: tuple[Article, ...]
    position: int


def all_categories(articles: list[Article]) -> list[tuple[Category, list[Article]]]:
    """Every category with its posts, by name. Pelican knows one category a post; ours may have several."""
    posts: dict[Category, list[Article]] = {}
    for article in articles:
        for category in dict.fromkeys(article.categories):
            posts.setdefault(category, []).append(article)
    return sorted(posts.items())


def once(tags: Mapping[Tag, list[Article]]) -> None:
    """A post whose two tags have one address stands in the list of that address once."""
    for articles in tags.values():
        articles[:] = dict.fromkeys(articles)


def merged(articles: Sequence[Article]) -> Iterator[Finding]:
    """A finding for each tag or category whose page would silently be that of another, as of `C++` and `C#`."""
    for key, kind in (("categories", "category"), ("tags", "tag")):
        by_name: dict[str, list[Article]] = {}
        named: dict[str, URLWrapper] = {}
        for article in articles:
            for wrapper in getattr(article, key, ()):
                by_name.setdefault(wrapper.name, []).append(article)
                named[wrapper.name] = wrapper
        users: dict[str, dict[str, list[Article]]] = {}
        for name, wrapper in named.items():
            users.setdefault(wrapper.url, {})[name] = by_name[name]
        for url, names in sorted(users.items()):
            first, *others = sorted(names, key=lambda name: (-len(names[name]), name))
            for name in others:
                article = min(names[name], key=source_name)
                lines = getattr(article, "header_lines", {})
                yield Finding(
                    source_name(article),
                    lines.get(key) or lines.get(kind) or 1,
                    "taxonomy",
                    f"the {kind} {name} (in {_some(names[name])}) has the address of {first} (in {_some(names[first])}), {url}",
                    f"write one name everywhere, or keep the two apart with {kind.upper()}_REGEX_SUBSTITUTIONS in the settings",
                )


def _some(articles: list[Article]) -> str:
    names = sorted({source_name(article) for article in articles})
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def add_relations(articles: list[Article], remember: Remember) -> None:
    """Sets `previous`, `next`, `related` and `series` on each of the posts that are listed."""
    posts = [
        Post(
            article.slug,
            article.date,
            tuple(tag.slug for tag in getattr(article, "tags", ())),
            article.series_name,
        )
        for article in articles
    ]
    key = digest(engine(), b"relations", encode([(post.slug, post.date.timestamp(), post.tags, post.series) for post in posts]))
    around, others_of = decode(remember(key, lambda: encode((neighbours(posts), related(posts)))))
    for article, (previous, following), others in zip(articles, around, others_of, strict=True):
        article.previous = None if previous is None else articles[previous]
        article.next = None if following is None else articles[following]
        article.related = [articles[index] for index in others]
    for name, order in series(posts).items():
        members = tuple(articles[index] for index in order)
        for position, article in enumerate(members, start=1):
            article.series = Series(name, members, position)
