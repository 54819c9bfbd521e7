"""Replaces `Content._update_content` and `get_static_links`, which try an expression on every tag of texts without such links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.contents import Content

from alcatraz.pelican_parts.replacing import Part

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PARTS"]

REGEX = vars(Content)["_get_intrasite_link_regex"]
FORM = "[{|](?P<what>.*?)[|}]"  # Pelican's own; with any other, its own code is asked


def _may_have_links(content: Any, html: str) -> bool:
    """False where no link in `html` can be one of Pelican's: each begins with a quote, then what INTRASITE_LINK_REGEX says."""
    if type(content)._get_intrasite_link_regex is not REGEX or content.settings["INTRASITE_LINK_REGEX"] != FORM:  # noqa: SLF001
        return True
    return _quoted("{", html) or _quoted("|", html)


def _quoted(mark: str, html: str) -> bool:
    """Whether `mark` stands behind a quote somewhere. To look for one character is far quicker than for any two."""
    at = html.find(mark, 1)
    while at > 0:
        if html[at - 1] in "\"'":
            return True
        at = html.find(mark, at + 1)
    return False


def _update(stock: Callable[..., str]) -> Callable[..., str]:
    def update_content(self: Any, content: str, siteurl: str) -> str:
        """The HTML with the address of what each link leads to."""
        return stock(self, content, siteurl) if not content or _may_have_links(self, content) else content

    return update_content


def _static_links(stock: Callable[..., set[str]]) -> Callable[..., set[str]]:
    def get_static_links(self: Any) -> set[str]:
        """The files that a content asks for."""
        return stock(self) if not self._content or _may_have_links(self, self._content) else set()

    return get_static_links


PARTS = (
    Part(Content, "_update_content", _update, rests_on=(REGEX,)),
    Part(Content, "get_static_links", _static_links, rests_on=(REGEX,)),
)
