"""The checks of a built site, by name, and running them."""

from __future__ import annotations

import difflib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alcatraz.checks.content import check_content
from alcatraz.checks.feeds import check_feeds
from alcatraz.checks.html import check_html
from alcatraz.checks.links import check_links
from alcatraz.checks.site import Site
from alcatraz.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from alcatraz.checks.site import Built
    from alcatraz.findings import Finding

__all__ = ["CHECKS", "Check", "Outcome", "Result", "known", "run"]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: what it finds in a site, how many files of it it looks at, and what there is to say of how it did."""

    find: Callable[[Site], Iterable[Finding]]
    count: Callable[[Site], int]
    note: Callable[[Site], str] = lambda _: ""


CHECKS: Mapping[str, Check] = {
    "content": Check(check_content, lambda site: len(set(site.built.sources.values()))),
    "links": Check(check_links, lambda site: len(site.pages) + len(site.stylesheets) + len(site.feeds)),
    "html": Check(
        check_html,
        lambda site: len(site.pages),
        lambda site: "judged by the Nu checker" if site.built.nu else "judged by html5lib",
    ),
    "feeds": Check(
        check_feeds,
        lambda site: len(site.documents) + ("robots.txt" in site.files),
        lambda site: "" if site.addresses.has_host else "SITEURL names no host, so whole addresses were not judged",
    ),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check did: `files` is how many it looked at; its findings are in order, each once."""

    check: str
    files: int
    findings: tuple[Finding, ...]
    seconds: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the checks found, in the order they ran."""

    outcomes: tuple[Outcome, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, in the order of the checks."""
        return tuple(finding for outcome in self.outcomes for finding in outcome.findings)

    @property
    def exit_code(self) -> int:
        """0 where nothing was found, else 1."""
        return 1 if self.findings else 0


def run(built: Built, names: Sequence[str] | None = None) -> Result:
    """Runs the checks named, or all, on a built site. Raises UsageError for an unknown name, or where no site is."""
    wanted = list(CHECKS) if names is None else list(names)
    known(wanted)
    site = Site(built if "content" in wanted else replace(built, findings=()))  # what is not told here is not told already
    if not built.output.is_dir():
        raise UsageError("there is no built site", where=str(built.output), remedy="build it first: `./alcatraz build`")
    return Result(tuple(_outcome(name, site) for name in wanted))


def known(names: Iterable[str]) -> None:
    """Raises UsageError for a name that no check has."""
    for name in names:
        if name not in CHECKS:
            near = difflib.get_close_matches(name, CHECKS, n=1)
            remedy = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(CHECKS)}"
            raise UsageError(f"there is no check named `{name}`", remedy=remedy)


def _outcome(name: str, site: Site) -> Outcome:
    start = time.perf_counter()
    check = CHECKS[name]
    findings = tuple(sorted({finding for finding in check.find(site) if finding.rule not in site.passed_over}))
    files = check.count(site)
    return Outcome(name, files, findings, time.perf_counter() - start, check.note(site))
