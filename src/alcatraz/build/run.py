"""A build from its request to its report."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz.content.links import SOURCES
from alcatraz.errors import OutputError, RefusedError
from alcatraz.findings import Finding
from alcatraz.ledger import Ledger
from alcatraz.settings import is_ours, place_of_setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from alcatraz.build.steps import Site
    from alcatraz.content.known import Known
    from alcatraz.ledger import Progress
    from alcatraz.output import Sink

__all__ = ["Report", "Request", "build", "inspect"]


@dataclass(frozen=True, slots=True)
class Request:
    """What to build.

    `now` is the moment that decides which posts have come out; with `drafts`, those that have not are shown and marked.
    `strict` refuses to write a site about which there is any finding. `images` is a folder of what was made of pictures before,
    and `cache` is one in which a build keeps for the next what it need not make again; None for none.
    """

    settings: Mapping[str, Any]
    now: datetime
    output: Path
    drafts: bool = False
    search: bool = True
    strict: bool = False
    images: Path | None = None
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was built. `drafts` and `future` were left out, or shown where the request said so.

    `sources` maps output paths to the source each came from, both relative, in POSIX form. `remark` is what the author is to
    know of the build itself, and not of the blog.
    """

    posts: int
    pages: int
    drafts: int
    future: int
    files: int
    seconds: float
    findings: tuple[Finding, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    remark: str | None = None


def build(request: Request, progress: Progress | None = None) -> Report:
    """Builds beside `output`, then switches; whatever goes wrong, the site that was there stays.

    Raises AlcatrazError: RefusedError where the content has errors (or, under `strict`, findings), TemplateError,
    OutputError.
    """
    from alcatraz.build import steps
    from alcatraz.build.collect import Collect
    from alcatraz.build.switch import staging

    started = time.perf_counter()
    root: Path = request.settings["ROOT"]
    ours = is_ours(request.settings)
    if ours and request.output.resolve().is_relative_to(request.settings["PATH"]):
        raise OutputError("the output lies in the content", where=str(request.output), remedy="name another folder")
    with (
        staging(request.output, root) as folder,
        steps.contained(request.settings["LOCALE"]),
        _remembering(request.cache if ours else None) as known,
        Collect(folder, root / ".alcatraz" / "search" if request.search and ours else None, request.settings["DEFAULT_LANG"]) as collect,
    ):
        ledger = Ledger(progress=progress)
        with _read(replace(request, output=folder), ledger, collect.put, known if ours else None) as site:
            ledger.begin("Writing", site.expected_files)
            collect.expected = site.posts + site.pages
            steps.render(site)
        if collect.has_search:
            ledger.findings.extend(_about_search(request.settings))
        _judge(request, ledger)
        collect.finish()
        files = sum(1 for path in folder.rglob("*") if path.is_file())
    return Report(
        posts=site.posts,
        pages=site.pages,
        drafts=ledger.drafts,
        future=ledger.future,
        files=files,
        seconds=time.perf_counter() - started,
        findings=tuple(sorted(set(ledger.findings))),
        sources=dict(sorted(collect.sources.items())),
        remark=known.fault,
    )


@contextlib.contextmanager
def _remembering(folder: Path | None) -> Iterator[Known]:
    """What renders the bodies of posts, with what it remembers in this folder."""
    from alcatraz.cache import Cache
    from alcatraz.content.known import Known

    with Cache(folder / "documents.sqlite") if folder else contextlib.nullcontext() as cache:
        yield Known(cache)


def _about_search(settings: Mapping[str, Any]) -> Iterator[Finding]:
    from alcatraz.search import pagefind

    if not pagefind.finds_words_of(language := settings["DEFAULT_LANG"]):
        path, line = place_of_setting(settings, "DEFAULT_LANG")
        message = f"the search finds the first word of a sentence alone, since this Pagefind does not part the words of {language}"
        package = pagefind.EXTENDED.replace("_", "-")
        yield Finding(path, line, "search", message, f"add {package} to the dependencies in pyproject.toml, and run `poetry lock`")


def inspect(request: Request) -> tuple[tuple[Finding, ...], int]:
    """What is to be said about the content, errors included, and how many posts and pages there are; writes nothing."""
    from alcatraz.build import steps

    ledger = Ledger()
    try:
        with steps.contained(request.settings["LOCALE"]), _read(request, ledger) as site:
            return tuple(sorted(set(ledger.findings))), site.posts + site.pages
    except RefusedError as error:
        return error.findings, len({finding.path for finding in error.findings})


@contextlib.contextmanager
def _read(request: Request, ledger: Ledger, sink: Sink = lambda _: None, known: Known | None = None) -> Iterator[Site]:
    """A site that has been read; what Pelican says while the block goes on is put down with the rest."""
    from alcatraz.build import pelican_log, steps
    from alcatraz.site import addresses

    settings = dict(request.settings)
    if ledger.progress:
        ledger.begin("Reading", sum(path.suffix in SOURCES for path in Path(settings["PATH"]).rglob("*")))
    settings.update(NOW=request.now, DRAFTS=request.drafts, LEDGER=ledger, SINK=sink, IMAGES=request.images)
    settings.update(OUTPUT_PATH=str(request.output), CACHE_CONTENT=False)
    ledger.findings.extend(settings.pop("DOUBTS", ()))
    ours = is_ours(settings)
    with pelican_log.listening(ledger, settings["ROOT"], ours=ours):
        site = steps.read(settings, known)
        if ours:
            ledger.errors.extend(addresses.clashes(site.context, settings))
        _judge(request, ledger)
        yield site


def _judge(request: Request, ledger: Ledger) -> None:
    """Ends the build where the content has errors, or, under `strict`, where there is anything to say about it."""
    if not is_ours(request.settings):  # stock Pelican leaves out what it cannot read, says so and goes on
        ledger.findings.extend(ledger.errors)
        ledger.errors.clear()
    if ledger.errors or (request.strict and ledger.findings):
        raise RefusedError(sorted(set(ledger.errors) | set(ledger.findings)), strict=not ledger.errors)
