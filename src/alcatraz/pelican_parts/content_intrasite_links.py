"""Replaces `Content._update_content` and `get_static_links`, which try an expression on every tag, where few have such a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.contents import Content

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

__all__ = ["PARTS"]

REGEX = vars(Content)["_get_intrasite_link_regex"]
FORM = "[{|](?P<what>.*?)[|}]"  # Pelican's own; with any other, its own code is asked


def _is_usual(content: Any) -> bool:
    """Whether links are what Pelican says they are: each begins with a quote, then `{` or `|`, within a tag."""
    return type(content)._get_intrasite_link_regex is REGEX and content.settings["INTRASITE_LINK_REGEX"] == FORM  # noqa: SLF001


def _links(content: Any, html: str) -> Iterator[re.Match[str]]:
    """What the expression finds, from left to right; it is tried where a tag begins that has such a quote in it."""
    at, quote = 0, _quote(html, 0)
    if quote < 0:
        return
    regex: re.Pattern[str] = content._get_intrasite_link_regex()  # noqa: SLF001
    while quote >= 0:
        # No match goes past a `>` before its quote.
        start, found = html.find("<", max(at, html.rfind(">", at, quote) + 1), quote), None
        while start >= 0 and not (found := regex.match(html, start)):
            start = html.find("<", start + 1, quote)
        if found:
            yield found
            at = found.end()
        quote = _quote(html, max(at, quote + 1))


def _quote(html: str, at: int) -> int:
    """Where the next quote stands that has one of the two marks behind it, or -1. To look for one character is far quicker than for two."""
    return min((found for found in (_quoted("{", html, at), _quoted("|", html, at)) if found >= 0), default=-1)


def _quoted(mark: str, html: str, at: int) -> int:
    place = html.find(mark, at + 1)
    while place > 0:
        if html[place - 1] in "\"'":
            return place - 1
        place = html.find(mark, place + 1)
    return -1


def _update(stock: Callable[..., str]) -> Callable[..., str]:
    def update_content(self: Any, content: str, siteurl: str) -> str:
        """The HTML with the address of what each link leads to."""
        if not content or not _is_usual(self):
            return stock(self, content, siteurl)
        parts, at = [], 0
        for link in _links(self, content):
            parts += [content[at : link.start()], self._link_replacer(siteurl, link)]
            at = link.end()
        return "".join([*parts, content[at:]]) if parts else content

    return update_content


class _Found:
    """A content whose links are looked for as above, for Pelican's own code to go through."""

    def __init__(self, content: Any) -> None:
        self._of = content

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of, name)

    def _get_intrasite_link_regex(self) -> _Found:
        return self

    def finditer(self, html: str) -> Iterator[re.Match[str]]:
        """As an expression's."""
        return _links(self._of, html)


def _static_links(stock: Callable[..., set[str]]) -> Callable[..., set[str]]:
    def get_static_links(self: Any) -> set[str]:
        """The files that a content asks for."""
        if not self._content or not _is_usual(self):
            return stock(self)
        return stock(_Found(self)) if _quote(self._content, 0) >= 0 else set()

    return get_static_links


PARTS = (
    Part(Content, "_update_content", _update, rests_on=(REGEX,)),
    Part(Content, "get_static_links", _static_links, rests_on=(REGEX,)),
)
