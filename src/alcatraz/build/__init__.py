"""From content to output: a function of settings, a moment and a folder."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz.content.links import SOURCES
from alcatraz.errors import RefusedError
from alcatraz.settings import is_ours

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from alcatraz.build.engine import Site
    from alcatraz.build.ledger import Ledger, Progress
    from alcatraz.findings import Finding

__all__ = ["Report", "Request", "build", "inspect"]


@dataclass(frozen=True, slots=True)
class Request:
    """What to build.

    `now` is the moment that decides which posts have come out; with `drafts`, those that have not are shown and marked.
    `strict` refuses to write a site about which there is any finding.
    """

    settings: Mapping[str, Any]
    now: datetime
    output: Path
    drafts: bool = False
    search: bool = True
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What was built. `drafts` and `future` were left out, or shown where the request said so.

    `sources` maps output paths to the source each came from, both relative, in POSIX form.
    """

    posts: int
    pages: int
    drafts: int
    future: int
    files: int
    seconds: float
    findings: tuple[Finding, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


def build(request: Request, progress: Progress | None = None) -> Report:
    """Builds beside `output`, then switches; whatever goes wrong, the site that was there stays.

    Raises AlcatrazError: RefusedError where the content has errors (or, under `strict`, findings), TemplateError,
    OutputError.
    """
    from alcatraz.build import engine
    from alcatraz.build.switch import staging
    from alcatraz.pages.search import index

    started = time.perf_counter()
    settings = dict(request.settings)
    root: Path = settings["ROOT"]
    with staging(request.output, root) as folder, engine.contained(request.settings["LOCALE"]):
        site, ledger = _read(request, folder, progress)
        ledger.begin("Writing", site.expected_files)
        engine.render(site)
        if request.search and is_ours(settings):
            index(folder, root / ".alcatraz" / "search", language=settings["DEFAULT_LANG"])
        files = sum(1 for path in folder.rglob("*") if path.is_file())
    return Report(
        posts=site.posts,
        pages=site.pages,
        drafts=ledger.drafts,
        future=ledger.future,
        files=files,
        seconds=time.perf_counter() - started,
        findings=tuple(sorted(set(ledger.findings))),
        sources=dict(sorted(ledger.sources.items())),
    )


def inspect(request: Request) -> tuple[Finding, ...]:
    """What is to be said about the content, errors included, without rendering or writing anything."""
    from alcatraz.build import engine

    try:
        with engine.contained(request.settings["LOCALE"]):
            _, ledger = _read(request, request.output)
    except RefusedError as error:
        return error.findings
    return tuple(sorted(set(ledger.findings)))


def _read(request: Request, folder: Path, progress: Progress | None = None) -> tuple[Site, Ledger]:
    from alcatraz.build import addresses, engine, pelican_log
    from alcatraz.build import ledger as ledgers

    ledger = ledgers.Ledger(progress=progress)
    settings = dict(request.settings)
    if progress:
        ledger.begin("Reading", sum(path.suffix in SOURCES for path in Path(settings["PATH"]).rglob("*")))
    settings.update(NOW=request.now, DRAFTS=request.drafts, LEDGER=ledger, OUTPUT_PATH=str(folder), CACHE_CONTENT=False)
    with pelican_log.listening(ledger):
        site = engine.read(settings)
    if is_ours(settings):
        ledger.errors.extend(addresses.clashes(site.context, settings))
    else:  # stock Pelican leaves out what it cannot read, says so and goes on
        ledger.findings.extend(ledger.errors)
        ledger.errors.clear()
    if ledger.errors or (request.strict and ledger.findings):
        raise RefusedError(sorted(set(ledger.errors) | set(ledger.findings)))
    return site, ledger
