"""The address of a site: whether it is one, and what pages begin their links with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["address_fault", "base_path", "from_root", "index_path"]

HOST = re.compile(r"[A-Za-z0-9@:.\[\]_-]+")
PATH_MARKS = "/%:@!$&'()*+,;=~"  # beside letters and digits: https://www.rfc-editor.org/rfc/rfc3986#section-3.3


def base_path(settings: Mapping[str, Any]) -> str:
    """The path of the site's address, without a slash at its end: "" or "/blog"."""
    return urlsplit(str(settings["SITEURL"])).path.rstrip("/")


def from_root(base: str, url: str) -> str:
    """An address of the site whose path is `base`, written from the root of its host; an address elsewhere stays as it is."""
    return url if ":" in url else f"{base}/{url.lstrip('/')}"


def index_path(settings: Mapping[str, Any]) -> str:
    """The path under which hosts give the blog's first page: "/", or "/blog/" below a path of the host."""
    save_as = str(settings["INDEX_SAVE_AS"])
    return f"{base_path(settings)}/{save_as.removesuffix('index.html') if f'/{save_as}'.endswith('/index.html') else save_as}"


def address_fault(address: object) -> tuple[str, str] | None:
    """What is wrong with the address of a site, and what to do; None where it is whole and can stand in a page as it is.

    Source: RFC 3986, which knows ASCII alone; Punycode (RFC 3492) and percent-encoding say the rest.
    """
    give = "give the whole address, as in 'https://blog.example'"
    if not isinstance(address, str):
        return f"is {address!r}, which is no text", give
    try:
        parts = urlsplit(address)
        host = parts.netloc.encode("idna").decode()
    except ValueError:  # of it is UnicodeError
        return f"is {address!r}, whose host cannot be one", give
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        return f"is {address!r}", give
    if not HOST.fullmatch(host):
        return f"is {address!r}, whose host cannot be one", give
    better = f"{parts.scheme}://{host}{quote(parts.path, safe=PATH_MARKS)}"
    if better.partition(":")[2] != address.partition(":")[2]:
        return f"is {address!r}, and an address has letters of ASCII alone and no spaces", f"write {better!r}"
    return None
