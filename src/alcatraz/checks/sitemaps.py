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

    def flaw(element: Tree, message: str) -> None:
        flaws.append(Flaw(Rule.SITEMAP_FORM, line(element), message, REMEDY))

    members = list(root.iterchildren(f"{NAMESPACE}*"))
    if len(members) > MOST_URLS or size > MOST_BYTES:
        flaw(root, f"the sitemap has {len(members)} addresses and {size} bytes: more than 50,000, or than 50 MiB")
    for member in members:
        if tag(member) != f"{NAMESPACE}{kind}":
            flaw(member, f"<{tag(member).removeprefix(NAMESPACE)}> stands where only <{kind}> may stand")
            continue
        written = [(found.text or "").strip() for found in member.findall(f"{NAMESPACE}loc")]
        if len(written) != 1 or not written[0]:
            flaw(member, f"a <{kind}> has {'no' if not any(written) else 'more than one'} <loc>")
            continue
        locations.append(Location(written[0], line(member)))
        if len(written[0]) >= LONGEST:
            flaw(member, f"the address {written[0][:60]}… has {LONGEST} characters or more")
        for name, is_valid in VALUES.items():
            values = [(found.text or "").strip() for found in member.findall(NAMESPACE + name)]
            if len(values) > 1:
                flaw(member, f"{written[0]} has more than one <{name}>")
            for value in values:
                if not is_valid(value):
                    flaw(member, f"<{name}> of {written[0]} is {value!r}, which the protocol does not allow")
    seen: set[str] = set()
    for location in locations:
        if location.url in seen:
            flaws.append(Flaw(Rule.SITEMAP_FORM, location.line, f"the address {location.url} stands twice", REMEDY))
        seen.add(location.url)
    return Sitemap(path, tuple(locations), tuple(flaws))


def _is_date(text: str) -> bool:
    return PARTIAL_DATE.fullmatch(text) is not None or moment(WITHOUT_SECONDS.sub(r"\1:00\2", text)) is not None


def _is_frequency(text: str) -> bool:
    return text in FREQUENCIES


def _is_priority(text: str) -> bool:
    return re.fullmatch(r"0(?:\.\d+)?|1(?:\.0+)?", text) is not None


VALUES = {"lastmod": _is_date, "changefreq": _is_frequency, "priority": _is_priority}
