"""Posts and pages as Pelican's, whose bodies are at hand only when they are asked for.

Ten thousand posts stand in lists by their titles and dates; few of their bodies are shown in one build. So what is known of a
post has two parts: its *face*, which any page may show, and what is *within*, which is seldom looked at by another page than its
own. Who looks into a post is noted, since a page depends on no more than what it has looked at.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from pelican import contents

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from alcatraz.content.document import Document, Link
    from alcatraz.content.records import Record
    from alcatraz.ledger import Watch

__all__ = ["WITHIN", "Article", "Page", "adopt"]


def _looked_into(post: Post) -> None:
    watch: Watch | None = post._context.get("WATCH")  # noqa: SLF001 (Pelican's own)
    if watch is not None:
        watch.look(post.relative_source_path)


class _Within:
    """An attribute of what is within a post."""

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, post: Post | None, _owner: type) -> Any:
        if post is None:
            return self
        _looked_into(post)
        values = post.__dict__
        if self._name not in values and "unfold" in values:
            values.update(values.pop("unfold")())
        try:
            return values[self._name]
        except KeyError:
            raise AttributeError(self._name) from None

    def __set__(self, post: Post, value: Any) -> None:
        post.__dict__[self._name] = value

    def __delete__(self, post: Post) -> None:
        post.__dict__.pop(self._name, None)


class _Body(_Within):
    """What only a document holds."""

    def __get__(self, post: Post | None, owner: type) -> Any:
        if post is not None and self._name not in post.__dict__ and "fetch" in post.__dict__:
            _looked_into(post)
            document = post.__dict__["fetch"]()
            return document if self._name == "document" else document.html
        return super().__get__(post, owner)


class Post:
    """What is the same for posts and pages.

    `unfold` gives the attributes of what is within, `fetch` the document, where these are not at hand. `resolve` makes of the
    document's HTML that of the page, once it is known where links lead; those to `gone` are taken out. `resolution`
    is what it depends on. `record` is what is kept of the post. `leads_beyond` says that a link was met whose target may move.
    """

    settings: dict[str, Any]
    _context: dict[str, Any]
    relative_source_path: str
    unfold: Callable[[], dict[str, Any]]
    fetch: Callable[[], Document]
    local_links: tuple[Link, ...]
    gone: frozenset[str] = frozenset()
    resolve: Callable[[str], str] | None = None
    resolution: Sequence[tuple[str, str | None, str | bool, bool]] = ()
    record: Record | None = None
    leads_beyond = False

    document = _Body()
    _content = _Body()
    words = _Within()
    minutes = _Within()
    toc = _Within()
    has_code = _Within()
    has_notes = _Within()
    previous = _Within()
    next = _Within()
    related = _Within()
    series = _Within()
    translations = _Within()

    def get_content(self, siteurl: str) -> str:
        """The HTML of the page's text. Pelican would keep it for as long as the process lives."""
        html: str = self._get_content() if hasattr(self, "_get_content") else self._content
        if self.resolve is not None:
            html = self.resolve(html)
        updated: str = self._update_content(html, siteurl)  # type: ignore[attr-defined] # Pelican's
        return updated

    def get_summary(self, siteurl: str) -> str:
        """As Pelican's, which makes one of the text where the file has none, and keeps it: each page that shows it has looked into the text."""
        summary: str = super().get_summary(siteurl)  # type: ignore[misc]
        if "summary" not in self.metadata:  # type: ignore[attr-defined] # Pelican's
            _looked_into(self)
            watch: Watch | None = self._context.get("WATCH")
            if watch is not None and self.leads_beyond:
                watch.look_beyond(self.relative_source_path)
        return summary

    def _link_replacer(self, siteurl: str, found: re.Match[str]) -> str:
        """As Pelican's, which is for links that ours leave alone, in a form of HTML's or a quotation's source: its target may move."""
        watch: Watch | None = self._context.get("WATCH")
        if watch is not None and found["what"] in {"filename", "static", "attach"}:
            watch.look_beyond(found["value"])
            self.leads_beyond = True
        address: str = super()._link_replacer(siteurl, found)  # type: ignore[misc]
        return address

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """As Pelican's, which finds out anew each time where the post's own file lies."""
        if source_path is None and "relative_source_path" in self.__dict__:
            return self.relative_source_path
        found: str | None = super().get_relative_source_path(source_path)  # type: ignore[misc]
        return found

    @property
    def relative_dir(self) -> str:
        """The folder of the post's file, relative to the content folder."""
        return posixpath.dirname(self.relative_source_path)

    @property
    def url(self) -> str:
        """Its address, relative to the site's."""
        known: str | None = self.__dict__.get("_url")
        return known or str(super().url)  # type: ignore[misc]

    @property
    def save_as(self) -> str:
        """Its path in the output."""
        known: str | None = self.__dict__.get("_save_as")
        return known or str(super().save_as)  # type: ignore[misc]

    def get_static_links(self) -> set[str]:
        """The files that it asks for in Pelican's own form."""
        if self.record is not None:
            return set(self.record.files)
        found: set[str] = super().get_static_links()  # type: ignore[misc]
        return found


# What a post's own file says of it that is within, besides the document.
UNFOLDED = ("words", "minutes", "toc", "has_code", "has_notes")
WITHIN = tuple(name for name, value in vars(Post).items() if isinstance(value, _Within))


class Article(Post, contents.Article):  # type: ignore[misc] # Pelican has no types
    """A post."""


class Page(Post, contents.Page):  # type: ignore[misc]
    """A page of the author's."""


OURS = {contents.Article: Article, contents.Page: Page}


def adopt(content: contents.Content) -> None:
    """Makes a post or page of Pelican's one of ours; a plugin's own kind stays what it is."""
    if type(content) in OURS:
        content.__class__ = OURS[type(content)]
