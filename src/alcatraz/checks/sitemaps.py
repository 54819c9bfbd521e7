"""Reading a sitemap, or an index of sitemaps, by the protocol (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alcatraz.checks.feed import Flaw, moment
from alcatraz.checks.rules import Rule
from alcatraz.checks.trees import line, tag

if TYPE_CHECKING:
    from alcatraz.checks.trees import Tree

__all__ = ["ROOTS", "Location", "Sitemap", "read_sitemap"]

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CHILDREN = {f"{NAMESPACE}urlset": "url", f"{NAMESPACE}sitemapindex": "sitemap"}
ROOTS = frozenset(CHILDREN)

FREQUENCIES = frozenset({"always", "hourly", "daily", "weekly", "monthly", "yearly", "never"})
# https://www.w3.org/TR/NOTE-datetime: a year, a month, a day, or a moment with an offset
PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
WITHOUT_SECONDS = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)")
MOST_URLS = 50_000
MOST_BYTES = 52_428_800
LONGEST = 2_048
REMEDY = "mend what writes the sitemap: search engines refuse it"


@dataclass(frozen=True, slots=True)
class Location:
    """An address that a sitemap names."""

    url: str
    line: int


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap of the site, or an index of sitemaps."""

    path: str
    locations: tuple[Location, ...]
    flaws: tuple[Flaw, ...]


def read_sitemap(path: str, root: Tree, size: int) -> Sitemap:
    """The facts of the sitemap `root`, whose file has `size` bytes."""
    kind = CHILDREN[tag(root)]
    flaws: list[Flaw] = []
    locations: list[Location] = []
    members = list(root.iterchildren(f"{NAMESPACE}*"))
    if len(members) > MOST_URLS or size > MOST_BYTES:
        flaws.append(_flaw(root, f"the sitemap has {len(members)} addresses and {size} bytes: more than 50,000, or than 50 MiB"))
    seen: set[str] = set()
    for member in members:
        if tag(member) != f"{NAMESPACE}{kind}":
            flaws.append(_flaw(member, f"<{tag(member).removeprefix(NAMESPACE)}> stands where only <{kind}> may stand"))
            continue
        url, faults = _read(member, kind)
        if url in seen:
            faults.append(f"the address {url} stands twice")
        flaws += [_flaw(member, fault) for fault in faults]
        if url:
            seen.add(url)
            locations.append(Location(url, line(member)))
    return Sitemap(path, tuple(locations), tuple(flaws))


def _flaw(element: Tree, message: str) -> Flaw:
    return Flaw(Rule.SITEMAP_FORM, line(element), message, REMEDY)


def _read(member: Tree, kind: str) -> tuple[str, list[str]]:
    """The address that a member names, "" where it names none, and what is wrong with the member."""
    written = _values(member, "loc")
    if len(written) != 1 or not written[0]:
        return "", [f"a <{kind}> has {'no' if not any(written) else 'more than one'} <loc>"]
    url = written[0]
    faults = [f"the address {url[:60]}… has {LONGEST} characters or more"] if len(url) >= LONGEST else []
    for name, is_valid in VALUES.items():
        values = _values(member, name)
        if len(values) > 1:
            faults.append(f"{url} has more than one <{name}>")
        faults += [f"<{name}> of {url} is {value!r}, which the protocol does not allow" for value in values if not is_valid(value)]
    return url, faults


def _values(member: Tree, name: str) -> list[str]:
    return [(found.text or "").strip() for found in member.findall(NAMESPACE + name)]


def _is_date(text: str) -> bool:
    return PARTIAL_DATE.fullmatch(text) is not None or moment(WITHOUT_SECONDS.sub(r"\1:00\2", text)) is not None


def _is_frequency(text: str) -> bool:
    return text in FREQUENCIES


def _is_priority(text: str) -> bool:
    return re.fullmatch(r"0(?:\.\d+)?|1(?:\.0+)?", text) is not None


VALUES = {"lastmod": _is_date, "changefreq": _is_frequency, "priority": _is_priority}
