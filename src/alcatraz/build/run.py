"""A build from its request to its report."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz.build.report import Report
from alcatraz.content.links import SOURCES
from alcatraz.errors import OutputError, RefusedError
from alcatraz.findings import Finding
from alcatraz.ledger import Ledger
from alcatraz.settings import is_ours, place_of_setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from alcatraz.build.collect import Collect
    from alcatraz.build.memory import Memory
    from alcatraz.build.standing import Standing
    from alcatraz.build.steps import Site
    from alcatraz.cache import Cache
    from alcatraz.content.conversions import Conversions
    from alcatraz.content.known import Known
    from alcatraz.ledger import Progress
    from alcatraz.look import Look

__all__ = ["Report", "Request", "build", "inspect"]


@dataclass(frozen=True, slots=True)
class Request:
    """What to build.

    `now` is the moment that decides which posts have come out; with `drafts`, those that have not are shown and marked.
    `strict` refuses to write a site about which there is any finding. `images` is a folder of what was made of pictures before,
    and `cache` is one in which a build keeps for the next what it need not make again; None for none. `look` is what was seen of the
    blog's files a moment ago, for this build to go by and no other, and `standing` what a process keeps that builds again and again.
    `explain` has the report say what was not made again, and what plugins kept the build from.
    """

    settings: Mapping[str, Any]
    now: datetime
    output: Path
    drafts: bool = False
    search: bool = True
    strict: bool = False
    images: Path | None = None
    cache: Path | None = None
    look: Look | None = None
    explain: bool = False
    standing: Standing | None = None


def build(request: Request, progress: Progress | None = None) -> Report:
    """Builds beside `output`, then switches; whatever goes wrong, the site that was there stays.

    Raises AlcatrazError: RefusedError where the content has errors (or, under `strict`, findings), TemplateError,
    OutputError.
    """
    from alcatraz.cache import LostError

    try:
        return _build(request, progress)
    except LostError:  # it lay in the cache when the build began
        return replace(_build(replace(request, cache=None, look=None), progress), remark="the cache was damaged, and is made anew")


def _build(request: Request, progress: Progress | None) -> Report:
    from alcatraz.build import rows, steps, trust
    from alcatraz.build.account import Account
    from alcatraz.build.collect import Collect
    from alcatraz.build.memory import memory_of
    from alcatraz.build.switch import staging
    from alcatraz.cache import Cache
    from alcatraz.content.conversions import Conversions, file_in

    started = time.perf_counter()
    account = Account()
    settings, output = request.settings, request.output
    ours = is_ours(settings)
    if ours and output.resolve().is_relative_to(settings["PATH"]):
        raise OutputError("the output lies in the content", where=str(output), remedy="name another folder")
    strangers = trust.strangers(settings)
    memory = memory_of(request, is_alone=ours and not strangers)
    if report := memory.told(request, started):
        return report
    if request.standing and (report := request.standing.build(request, memory, started)):
        return report
    ledger = Ledger(progress=progress)
    cache = request.cache if ours else None
    with (
        staging(output, settings["ROOT"], memory.spare) as folder,
        steps.contained(settings["LOCALE"]),
        account.listening() if request.explain else contextlib.nullcontext(),
        Conversions(file_in(request.cache, settings["PATH"])) as conversions,
        Cache(cache / "documents.sqlite" if cache else None) as documents,
        Cache(cache / "posts.sqlite" if cache else None, at_once=True) as posts,
        Collect(tree := memory.tree(folder, output), ledger, _index_of(request), settings["DEFAULT_LANG"]) as collect,
    ):
        account.begin("reading")
        known = _known(documents, posts) if ours else None
        collect.keys = memory.keys(request, posts)
        with _read(
            replace(request, output=folder, settings=_with(request, documents, posts, memory)),
            ledger,
            collect,
            known=known,
            conversions=conversions,
            about=memory.about,
        ) as site:
            account.begin("rendering and writing")
            ledger.begin("Writing", site.expected_files)
            found = tuple(ledger.findings)
            collect.posts, collect.assets = site.context["generated_content"], site.pelican.settings.get("ASSETS")
            steps.render(site, partial(collect.make, known.in_child if known else lambda: None))
        account.begin("the rest")
        if collect.has_search:
            ledger.findings.extend(_about_search(settings))
        _judge(request, ledger)
        collect.finish()
        lines = tuple(_of_memory(known, collect, strangers)) if known else ()
        explanation = account.told(site, conversions, lines, ours=ours) if request.explain else ()
        memory.keep(tree, output)
        files = len(tree.new) if memory.about else sum(1 for path in folder.rglob("*") if path.is_file())
    report = Report(
        posts=site.posts,
        pages=site.pages,
        drafts=ledger.drafts,
        future=ledger.future,
        files=files,
        seconds=time.perf_counter() - started,
        findings=tuple(sorted(set(ledger.findings))),
        sources=rows.sources(tree.new),
        remark=(known.fault if known else None) or conversions.fault,
        changed=tree.changed if memory.about else None,
        explanation=explanation,
    )
    memory.note(request, ledger, collect.keys, tree, report)
    if request.standing and known:
        from alcatraz.build.standing import Built

        request.standing.keep(request, memory, Built(site, known, (documents, posts), collect, ledger, found, report))
    return report


def _with(request: Request, documents: Cache, posts: Cache, memory: Memory) -> dict[str, Any]:
    """The settings, with what one build hands along in them, since Pelican's signals carry nothing else."""
    compiled = {"COMPILED": request.standing.compiled(memory.about)} if request.standing else {}
    return {**request.settings, "LOOK": memory.seen, "REMEMBER": posts.remember, "REMEMBER_TEXT": documents.remember, **compiled}


def _known(documents: Cache, posts: Cache) -> Known:
    from alcatraz.content.known import Known  # which a site of somebody else's has no use for

    return Known(documents, posts)


def _index_of(request: Request) -> Path | None:
    """Where the search index is kept; None where there is to be none."""
    settings = request.settings
    return settings["ROOT"] / ".alcatraz" / "search" if request.search and is_ours(settings) else None


def _of_memory(known: Known, collect: Collect, strangers: Sequence[str]) -> Iterator[str]:
    """What was not done again in a blog of ours, or why nothing was; of who listens to signals the account tells."""
    if not strangers:
        yield f"posts and pages: {known.restored:,} known, from an earlier build or by other processors, and {known.read:,} read"
        yield f"files made of templates: {collect.kept:,} stayed as they were, and {collect.made:,} were made"
    for stranger in strangers:
        if stranger.startswith("the setting"):
            yield f"{stranger} has code: nobody knows what that depends on, so every post is read, and every file made"


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
def _read(
    request: Request,
    ledger: Ledger,
    collect: Collect | None = None,
    *,
    known: Known | None = None,
    conversions: Conversions | None = None,
    about: bytes = b"",
) -> Iterator[Site]:
    """A site that has been read; what Pelican says while the block goes on is put down with the rest."""
    from alcatraz.build import pelican_log, steps
    from alcatraz.site import addresses

    settings = dict(request.settings)
    if ledger.progress:
        ledger.begin("Reading", sum(path.suffix in SOURCES for path in Path(settings["PATH"]).rglob("*")))
    settings.update(NOW=request.now, DRAFTS=request.drafts, LEDGER=ledger, IMAGES=request.images)
    settings.update(SINK=collect.put if collect else lambda _: None, KEYS=collect and collect.keys, WATCH=collect and collect.watch)
    settings.update(OUTPUT_PATH=str(request.output), CACHE_CONTENT=False)
    ledger.findings.extend(settings.pop("DOUBTS", ()))
    ours = is_ours(settings)
    with pelican_log.listening(ledger, settings["ROOT"], Path(settings["PATH"]), ours=ours):
        site = steps.read(settings, known, conversions, about)
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
