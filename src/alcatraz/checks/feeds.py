"""The check of what programs read: the feeds, the sitemap and robots.txt."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from alcatraz.checks.addresses import is_absolute
from alcatraz.checks.feed import Feed, Other
from alcatraz.checks.rules import Rule
from alcatraz.checks.sitemaps import Sitemap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alcatraz.checks.feed import Entry
    from alcatraz.checks.site import Site
    from alcatraz.findings import Finding

__all__ = ["check_feeds"]

# Schemes of identifiers that need no page: https://www.rfc-editor.org/rfc/rfc4151 and RFC 8141
LASTING = ("tag:", "urn:")
SHOWN = 3
PATH = "sitemap.xml"


def check_feeds(site: Site) -> Iterator[Finding]:
    """Every feed and sitemap of the output, and whether robots.txt names the sitemap."""
    for document in site.documents:
        for flaw in document.flaws:
            yield site.finding(document.path, flaw.line, flaw.rule, flaw.message, flaw.remedy, entry=flaw.entry)
        match document:
            case Feed():
                yield from _feed(site, document)
            case Sitemap():
                yield from _sitemap(site, document)
            case Other():
                pass
    yield from _twins(site)
    yield from _robots(site)


def _feed(site: Site, feed: Feed) -> Iterator[Finding]:
    address = site.addresses.of(feed.path)
    if feed.own is None:
        yield site.finding(feed.path, 0, Rule.FEED_SELF, "the feed does not say its own address", f"let it name {address}")
    elif site.page_at(feed.own) != feed.path:
        message = f"the feed says that its address is {feed.own}"
        yield site.finding(feed.path, 0, Rule.FEED_SELF, message, f"let it name {address}")
    for found in feed.addresses:
        url = found.reference.url
        if not is_absolute(url.strip()):
            message = f"{found.reference.where} is {url or 'empty'} in the feeds, where nothing says what that is relative to"
            remedy = "write the address whole, with SITEURL: mend what writes the feed"
            yield site.finding(feed.path, found.reference.line, Rule.FEED_RELATIVE, message, remedy, entry=found.entry)
    yield from _identities(site, feed)
    for newer, older in pairwise(feed.entries):
        if newer.published and older.published and newer.published < older.published:
            message = f"the entry “{older.title}” is newer than “{newer.title}”, which stands before it"
            yield site.finding(feed.path, older.line, Rule.FEED_ORDER, message, "write the newest first")
            break


def _identities(site: Site, feed: Feed) -> Iterator[Finding]:
    seen: set[str] = set()
    for entry in feed.entries:
        where = feed.path, entry.line, Rule.FEED_ID
        if entry.id in seen:
            message = f"the id {entry.id} stands on two entries of the feed"
            yield site.finding(*where, message, "give each its own: a reader shows one of them only", entry=entry.url)
        seen.add(entry.id)
        if not entry.id.startswith(LASTING) and site.page_at(entry.id) is None:
            message = f"the id {entry.id or 'of an entry, which is empty,'} is no permanent address of the site"
            yield site.finding(*where, message, "use the address of the entry's page, with SITEURL", entry=entry.url)
        page = site.page_at(entry.url) if entry.url else None
        if page is not None and site.is_hidden(page):
            message = f"the feed shows {entry.url}, a page that no list may show"
            remedy = "leave drafts and unlisted posts out: mend what writes the feed"
            yield site.finding(feed.path, entry.line, Rule.FEED_HIDDEN, message, remedy)


def _twins(site: Site) -> Iterator[Finding]:
    """An Atom feed and a JSON Feed of the same name say the same."""
    named: dict[str, list[Feed]] = {}
    for feed in site.feeds:
        named.setdefault(feed.path.rpartition(".")[0], []).append(feed)
    for feeds in named.values():
        for one, other in pairwise(feeds):
            for message in _differences(one, other):
                yield site.finding(other.path, 0, Rule.FEED_TWINS, message, "write both from the same entries")


def _differences(one: Feed, other: Feed) -> Iterator[str]:
    ours = {entry.id: entry for entry in one.entries}
    theirs = {entry.id: entry for entry in other.entries}
    for has, lacks, missing in ((one, other, ours.keys() - theirs.keys()), (other, one, theirs.keys() - ours.keys())):
        if missing:
            yield f"{has.path} has what {lacks.path} has not: {_listed(missing)}"
    changed = {name for name, entry in ours.items() if name in theirs and _compared(entry) != _compared(theirs[name])}
    if changed:
        yield f"{one.path} and {other.path} differ in address, title or date of {_listed(changed)}"


def _compared(entry: Entry) -> tuple[object, ...]:
    return entry.url, entry.title, entry.published


def _listed(names: set[str]) -> str:
    shown = ", ".join(sorted(names)[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN} more"


def _sitemap(site: Site, sitemap: Sitemap) -> Iterator[Finding]:
    for location in sitemap.locations:
        path = site.page_at(location.url)
        if path is None:
            message = f"{location.url} is not a page of the site"
            remedy = "take it out, or write it as the pages do, with SITEURL"
            yield site.finding(sitemap.path, location.line, Rule.SITEMAP_PAGE, message, remedy)
        elif site.is_hidden(path):
            message = f"{location.url} is a page that no list may show"
            remedy = "leave drafts, unlisted pages, redirects and 404.html out"
            yield site.finding(sitemap.path, location.line, Rule.SITEMAP_HIDDEN, message, remedy)


def _robots(site: Site) -> Iterator[Finding]:
    if PATH not in site.files:
        message = "the site has no sitemap.xml"
        yield site.finding(PATH, 0, Rule.SITEMAP_MISSING, message, "write one: search engines find by it what no page links to")
        return
    address = site.addresses.of(PATH)
    if "robots.txt" not in site.files:
        message = "the site has no robots.txt"
        yield site.finding("robots.txt", 0, Rule.ROBOTS_SITEMAP, message, f"write one with the line `Sitemap: {address}`")
        return
    lines = site.read("robots.txt").decode("utf-8", "replace").splitlines()
    named = [value.strip() for key, _, value in (line.partition(":") for line in lines) if key.strip().lower() == "sitemap"]
    if address not in named:
        message = f"robots.txt does not name the sitemap, {address}"
        yield site.finding("robots.txt", 0, Rule.ROBOTS_SITEMAP, message, f"write the line `Sitemap: {address}` into it")
