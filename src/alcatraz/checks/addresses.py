"""Where an address leads: to a file of the site, past it, or nowhere, for a site at the root of its host or under a path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

__all__ = ["Address", "Addresses", "Beside", "Here", "Malformed", "Opaque", "There", "is_absolute"]


@dataclass(frozen=True, slots=True)
class Here:
    """In the site: `path` is relative to its output (a folder ends in "/", the home page is ""), decoded, as `fragment` is."""

    path: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Beside:
    """On the site's host, outside the path that the site has there."""

    path: str


@dataclass(frozen=True, slots=True)
class There:
    """On another origin."""

    origin: str


@dataclass(frozen=True, slots=True)
class Opaque:
    """No place on the web: `data:`, `mailto:` and the like; `scheme` is in lower case."""

    scheme: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """Not an address; `reason` says what is wrong with it."""

    reason: str


Address = Here | Beside | There | Opaque | Malformed

SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
WEB = ("http", "https")
PORTS = {"http": ":80", "https": ":443"}
# What may not stand in a valid URL string, nor be guessed at: https://url.spec.whatwg.org/#url-code-points
FORBIDDEN = re.compile(r'[\x00-\x20\x7f"<>\\^`{|}]')
BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
HOST = re.compile(r"(?:[^\s\x00-\x20!\"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
MAILBOX = re.compile(r"[^@?]+@[^@?]+|\?")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one site, from its SITEURL: `origin` is "https://u.example", `base` its path there ("" or "/blog")."""

    origin: str
    base: str

    @classmethod
    def under(cls, siteurl: str) -> Addresses:
        """The addresses of the site at `siteurl`, with or without a slash at its end."""
        parts = urlsplit(siteurl)
        return cls(_origin(parts.scheme, parts.netloc), unquote(parts.path).rstrip("/"))

    @property
    def has_host(self) -> bool:
        """Whether the site knows its whole address; a Pelican site need not."""
        return not self.origin.endswith("://")

    def of(self, path: str) -> str:
        """The absolute address of the output file `path`; an index.html is addressed as its folder."""
        folder, _, name = path.rpartition("/")
        shown = path if name != "index.html" else f"{folder}/" if folder else ""
        return f"{self.origin}{quote(self.base)}/{quote(shown)}"

    def read(self, url: str, page: str, base: str | None = None) -> Address:
        """Where `url` leads from the output file `page`, whose <base href>, if it has one, is `base`."""
        url = url.strip(" \t\n\r\f")
        try:
            if base is not None:
                url = urljoin(base, url)
            return self._read(url, page)
        except ValueError as error:  # from urllib, of a host in brackets that is no IPv6 address, among other things
            return Malformed(str(error))

    def _read(self, url: str, page: str) -> Address:
        if fault := _fault(url):
            return Malformed(fault)
        scheme = SCHEME.match(url)
        if scheme and scheme[1].lower() not in WEB:
            return Opaque(scheme[1].lower())
        if not scheme and not url.startswith("//"):
            return self._local(url, page)
        parts = urlsplit(url if scheme else f"{self.origin.partition(':')[0]}:{url}")
        host = parts.netloc.rpartition("@")[2]
        if not HOST.fullmatch(host):
            return Malformed(f"{host} is no host" if host else "it names no host")
        origin = _origin(parts.scheme, host)
        if origin != self.origin:
            return There(origin)
        return self._within(parts.path or "/", parts.fragment)

    def _local(self, url: str, page: str) -> Address:
        address, _, fragment = url.partition("#")
        path = address.partition("?")[0]
        if not path:
            return Here(page, unquote(fragment))
        if not path.startswith("/"):
            path = quote(f"{self.base}/{page.rpartition('/')[0]}/" if "/" in page else f"{self.base}/") + path
        return self._within(path, fragment)

    def _within(self, path: str, fragment: str) -> Address:
        try:
            decoded = unquote(_without_dots(path), errors="strict")
        except UnicodeDecodeError:
            return Malformed("its escapes are not UTF-8")
        if decoded == self.base:
            return Here("", unquote(fragment))
        if not decoded.startswith(f"{self.base}/"):
            return Beside(decoded)
        return Here(decoded[len(self.base) + 1 :], unquote(fragment))


def is_absolute(url: str) -> bool:
    """Whether an address needs no base to be understood: it has a scheme."""
    return SCHEME.match(url) is not None


def _origin(scheme: str, host: str) -> str:
    """https://url.spec.whatwg.org/#concept-url-origin, as text: the port that goes without saying is left out."""
    return f"{scheme}://{host}".lower().removesuffix(PORTS.get(scheme.lower(), ":"))


def _without_dots(path: str) -> str:
    """A path after its "." and ".." are followed (RFC 3986, section 5.2.4). Unlike urljoin, it keeps empty segments."""
    if "/." not in path:
        return path
    *folders, name = path.split("/")[1:]
    if name in (".", ".."):
        folders, name = [*folders, name], ""
    kept: list[str] = []
    for folder in folders:
        if folder == "..":
            del kept[-1:]
        elif folder != ".":
            kept.append(folder)
    return "/".join(["", *kept, name])


def _fault(url: str) -> str | None:
    """What is wrong with an address before it is known where it leads."""
    if url.startswith(("data:", "javascript:")):
        return None
    if found := FORBIDDEN.search(url):
        return "it has a space in it" if found[0].isspace() else f"it has a {found[0]!r} in it"
    if BROKEN_ESCAPE.search(url):
        return "it has a % that escapes nothing"
    if re.match(r"https?:(?!//)", url, re.IGNORECASE):
        return "two slashes are missing after its scheme"
    if url.lower().startswith("mailto:") and not MAILBOX.match(url[7:]):
        return "it names no mailbox"
    return None
