"""Links made whole: what is read outside its page, in a feed, has no address that a relative link could start from."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import quote, urljoin

__all__ = ["address", "with_absolute_links"]

# A comment, a script or style sheet with what it holds, or a start tag: quoted values may hold `>`. The repeats are
# possessive, so that a quote that is never closed costs no more than reading on to the end.
MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <(script|style)\b.*?(?:</\1|\Z)
      | <([a-z][a-z0-9-]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:(\s*+=\s*+)("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
CANDIDATE = re.compile(r"[\s,]*+(\S++)([^,]*+)")
WHOLE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

LINKS = frozenset({"cite", "data", "href", "poster", "src", "xlink:href"})
ANCHORS = frozenset({"a", "area"})


def address(base: str, path: str) -> str:
    """The absolute address of a path below `base`, which has a path of its own or none, and no slash at its end."""
    return urljoin(f"{base}/", quote(path.lstrip("/"), safe="/%:@!$&'()*+,;=~?#"))


def with_absolute_links(html: str, page: str) -> str:
    """`html` with every relative address in it made absolute, as seen from the address of its page.

    Covers href, src, srcset, poster, cite and data; all else stays as it is, to the byte. `#note` becomes the page's
    address with `#note` on links only: in a drawing (`<use href="#leaf">`) it names a part of the same drawing.
    """

    def start_tag(found: re.Match[str]) -> str:
        name, attributes = found[2], found[3]
        if not name or not attributes:
            return found[0]
        return f"<{name}{ATTRIBUTE.sub(lambda each: _attribute(each, name.lower(), page), attributes)}>"

    return MARKUP.sub(start_tag, html)


def _attribute(found: re.Match[str], element: str, page: str) -> str:
    name, equals, written = found.groups()
    if written is None:
        return found[0]
    value = unescape(written[1:-1] if written[0] in "\"'" else written).strip()
    if name.lower() == "srcset":
        whole = ", ".join(_candidates(value, page))
    elif name.lower() in LINKS and (element in ANCHORS or not value.startswith("#")):
        whole = _join(page, value)
    else:
        return found[0]
    return found[0] if whole == value else f'{name}{equals}"{escape(whole)}"'


def _candidates(srcset: str, page: str) -> list[str]:
    """The pictures of a srcset: an address up to white space, then a width or density up to a comma.

    Source: https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
    """
    found = []
    position = 0
    while match := CANDIDATE.match(srcset, position):
        url, descriptor = match.groups()
        if url.endswith(","):  # no descriptor: what follows is the next candidate
            url, descriptor, position = url.rstrip(","), "", match.end(1)
        else:
            position = match.end()
        found.append(f"{_join(page, url)} {descriptor.strip()}".rstrip())
    return found


def _join(page: str, url: str) -> str:
    if WHOLE.match(url):
        return url
    try:
        return urljoin(page, url)
    except ValueError:  # such as `//[`: no address at all, and the author's to mend
        return url
