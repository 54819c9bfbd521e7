"""The check of links: each leads to something, and no page asks another host for anything."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alcatraz.checks.addresses import Beside, Here, Malformed, There, is_absolute
from alcatraz.checks.references import Use
from alcatraz.checks.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alcatraz.checks.feed import Feed
    from alcatraz.checks.references import Reference
    from alcatraz.checks.site import Site
    from alcatraz.findings import Finding

__all__ = ["check_links"]

# A place that every page has, and a fragment that is an instruction to the browser and no place.
# Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html, “Scrolling to a fragment”
TOP = frozenset({"", "top"})
DIRECTIVE = ":~:"
CLIP = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with an address, what to do, and what it leads to, as `Finding.leads_to`."""

    rule: Rule
    message: str
    remedy: str
    leads_to: str


def check_links(site: Site) -> Iterator[Finding]:
    """Every address in pages, style sheets and feeds, and the paths of the site's own files. The pages of posts come first:
    what lists and feeds show of a post is at fault only where its own page is not.
    """
    links = _Links(site)
    for page in sorted(site.pages.values(), key=lambda page: site.source_of(page.path) is None):
        yield from links.judge(page.path, page.references, page.base)
    for path, references in site.stylesheets.items():
        yield from links.judge(path, references)
    for feed in site.feeds:
        yield from links.judge_feed(feed)
    yield from _twins(site)


class _Links:
    """The judgement of addresses; what is said of one that means the same everywhere is kept, for the menu in every page."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.by_form: dict[str, str] | None = None
        self.judged: dict[tuple[str, Use], Verdict | None] = {}
        # What is told already: of which source, and what the link leads to.
        self.of_content = {(finding.path, finding.leads_to) for finding in site.built.findings if finding.leads_to}
        self.of_posts: set[tuple[str | None, str]] = set()
        self.by_authors = {leads_to for _, leads_to in self.of_content}

    def judge(self, path: str, references: Iterable[Reference], base: str | None = None) -> Iterator[Finding]:
        source = self.site.source_of(path)
        for reference in references:
            verdict = self._verdict(reference, path, base)
            if verdict is None or self._is_told(verdict, source):
                continue
            message = f"{reference.where} {verdict.message}"
            finding = self.site.finding(path, reference.line, verdict.rule, message, verdict.remedy, written=reference.url)
            if source:
                self.of_posts.add((source, verdict.leads_to))
                if finding.path == source:
                    self.by_authors.add(verdict.leads_to)
            yield finding

    def judge_feed(self, feed: Feed) -> Iterator[Finding]:
        for address in feed.addresses:
            reference = address.reference
            verdict = self._verdict(reference, feed.path, None)
            source = self.site.source_of(feed.path, address.entry)
            if verdict is None or (address.entry and (self._is_told(verdict, source) or (source, verdict.leads_to) in self.of_posts)):
                continue
            message = f"{reference.where} {verdict.message}"
            yield self.site.finding(feed.path, reference.line, verdict.rule, message, verdict.remedy, entry=address.entry)

    def _is_told(self, verdict: Verdict, source: str | None) -> bool:
        """Whether the content's own findings have it already, or it stands in a list that shows what an author wrote."""
        return (source, verdict.leads_to) in self.of_content if source else verdict.leads_to in self.by_authors

    def _verdict(self, reference: Reference, path: str, base: str | None) -> Verdict | None:
        if base is not None or not (reference.url.startswith("/") or is_absolute(reference.url)):
            return self._judged(reference, path, base)
        key = (reference.url, reference.use)
        if key not in self.judged:
            self.judged[key] = self._judged(reference, path, base)
        return self.judged[key]

    def _judged(self, reference: Reference, path: str, base: str | None) -> Verdict | None:
        url = reference.url.strip()
        match self.site.addresses.read(url, path, base):
            case Malformed(reason):
                return Verdict(Rule.LINK_FORM, f"holds {_shown(url)}, which is no address: {reason}", "correct the address", url)
            case There(origin) if reference.use is Use.RESOURCE:
                return Verdict(
                    Rule.OTHER_HOST,
                    f"makes the page ask another host, {origin}, for {_shown(url)}",
                    "keep a copy in the site and name that",
                    url,
                )
            case Beside(there) if not _names_origin(url):
                base_path = self.site.addresses.base
                return Verdict(
                    Rule.LINK_BASE,
                    f"leads to {there}, which is outside the site: that stands under {base_path}/",
                    f"begin the address with {base_path}/",
                    there,
                )
            case Here() as here:
                return self._local(here)
            case _:
                return None

    def _local(self, here: Here) -> Verdict | None:
        site = self.site
        shown = f"{site.addresses.base}/{here.path}"
        if (target := site.file_at(here)) is None:
            folder = here.path.rstrip("/")
            if folder not in site.folders:
                return self._missing(here, shown)
            if f"{folder}/index.html" in site.files:
                return Verdict(
                    Rule.LINK_SLASH, f"leads to {shown}, which hosts redirect, or do not find", "end the address with a slash", here.path
                )
            return Verdict(Rule.LINK_FOLDER, f"leads to the folder {shown}, which has no index.html", "link to a page in it", here.path)
        page = site.pages.get(target)
        if page is None or here.fragment in TOP or here.fragment.startswith(DIRECTIVE):
            return None
        fragment = here.fragment.partition(DIRECTIVE)[0]
        if fragment in page.ids:
            return None
        near = f"; it has #{found}" if (found := _near(fragment, page.ids)) else ""
        return Verdict(
            Rule.LINK_FRAGMENT,
            f"leads to #{fragment} of {shown}, and that page has no such place{near}",
            "correct the part after the #, or give a heading that id: ## Tuesday {#tuesday}",
            f"{target}#{fragment}",
        )

    def _missing(self, here: Here, shown: str) -> Verdict:
        if self.by_form is None:
            self.by_form = {_form(path): path for path in sorted(self.site.files)}
        wanted = here.path if here.path and not here.path.endswith("/") else f"{here.path}index.html"
        twin = self.by_form.get(_form(wanted))
        remedy = "correct the address, or take the link out"
        if twin is not None:
            remedy = f"there is {self.site.addresses.base}/{twin.removesuffix('index.html')}: write it so, letter by letter"
        return Verdict(Rule.LINK_MISSING, f"leads to {shown}, which is not in the site", remedy, here.path)


def _names_origin(url: str) -> bool:
    return is_absolute(url) or url.startswith("//")


def _shown(url: str) -> str:
    return url if len(url) <= CLIP else f"{url[: CLIP - 1]}…"


def _form(path: str) -> str:
    """What two paths have in common where they differ by letter case and Unicode form alone."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def _near(fragment: str, ids: frozenset[str]) -> str | None:
    return next((known for known in sorted(ids) if _form(known) == _form(fragment)), None)


def _twins(site: Site) -> Iterator[Finding]:
    """Paths that are one file where a disk or a host does not tell them apart; of twin folders, not what is in them too."""
    forms: dict[str, list[str]] = {}
    for path in sorted(site.files | site.folders):
        forms.setdefault(_form(path), []).append(path)
    for paths in forms.values():
        parents = {path.rpartition("/")[0] for path in paths}
        if len(paths) > 1 and len(parents) == 1:
            message = f"{paths[0]} and {' and '.join(paths[1:])} differ by letter case or Unicode form alone"
            yield site.finding(paths[1], 0, Rule.PATH_TWINS, message, "rename one: many disks and hosts keep only one of them")
