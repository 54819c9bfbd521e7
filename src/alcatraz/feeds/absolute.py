"""Links made whole: what is read outside its page, in a feed, has no address that a relative link could start from."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from alcatraz.content.tags import each_start_tag, srcset

if TYPE_CHECKING:
    from alcatraz.content.tags import StartTag

__all__ = ["PLAIN", "address", "with_absolute_links"]

WHOLE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

# A path in which nothing must be quoted, and no part stands for another folder.
PLAIN = re.compile(r"[a-z0-9_-][a-z0-9_.-]*+(?:/[a-z0-9_-][a-z0-9_.-]*+)*+/?", re.IGNORECASE | re.ASCII)

LINKS = frozenset({"cite", "data", "href", "poster", "src", "xlink:href"})
ANCHORS = frozenset({"a", "area"})
# As a tuple, in an order of its own, since a pattern is made of it once.
NAMES = (*sorted(LINKS), "srcset")


def address(base: str, path: str) -> str:
    """The absolute address of a path below `base`, which has a path of its own or none, and no slash at its end."""
    if PLAIN.fullmatch(path):
        return _prefix(base) + path
    return urljoin(f"{base}/", quote(path.lstrip("/"), safe="/%:@!$&'()*+,;=~?#"))


@functools.lru_cache(maxsize=4)
def _prefix(base: str) -> str:
    """What stands before a path that is written as it stands; to find out costs more than all the rest."""
    return urljoin(f"{base}/", "a").removesuffix("a")


def with_absolute_links(html: str, page: str) -> str:
    """`html` with every relative address in it made absolute, as seen from the address of its page.

    Covers href, src, srcset, poster, cite and data; all else stays as it is, to the byte. `#note` becomes the page's
    address with `#note` on links only: in a drawing (`<use href="#leaf">`) it names a part of the same drawing.
    """

    def start_tag(tag: StartTag) -> StartTag:
        def attribute(name: str, value: str) -> str:
            written = value.strip()
            if not written:
                return value
            if name == "srcset":
                whole = srcset(written, lambda url: _join(page, url))
            elif name in LINKS and (tag.name in ANCHORS or not written.startswith("#")):
                whole = _join(page, written)
            else:
                return value
            return value if whole == written else whole

        return tag.changed(attribute)

    return each_start_tag(html, start_tag, attributes=NAMES, into_pre=True)


def _join(page: str, url: str) -> str:
    if WHOLE.match(url):
        return url
    try:
        return urljoin(page, url)
    except ValueError:  # such as `//[`: no address at all, and the author's to mend
        return url
