"""A build from its request to its report."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz.build import again
from alcatraz.build.report import Report
from alcatraz.content.links import SOURCES
from alcatraz.errors import OutputError, RefusedError
from alcatraz.findings import Finding
from alcatraz.ledger import Ledger
from alcatraz.look import Look, look
from alcatraz.settings import is_ours, place_of_setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from alcatraz.build.collect import Collect
    from alcatraz.build.steps import Site
    from alcatraz.content.known import Known
    from alcatraz.ledger import Progress

__all__ = ["Report", "Request", "build", "inspect"]


@dataclass(frozen=True, slots=True)
class Request:
    """What to build.

    `now` is the moment that decides which posts have come out; with `drafts`, those that have not are shown and marked.
    `strict` refuses to write a site about which there is any finding. `images` is a folder of what was made of pictures before,
    and `cache` is one in which a build keeps for the next what it need not make again; None for none. `look` is what was seen of the
    blog's files, for a build to go by.
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


def build(request: Request, progress: Progress | None = None) -> Report:
    """Builds beside `output`, then switches; whatever goes wrong, the site that was there stays.

    Raises AlcatrazError: RefusedError where the content has errors (or, under `strict`, findings), TemplateError,
    OutputError.
    """
    from alcatraz.cache import LostError

    try:
        return _build(request, progress)
    except LostError:  # it lay in the cache when the build began
        return replace(_build(replace(request, cache=None), progress), remark="the cache was damaged, and is made anew")


def _build(request: Request, progress: Progress | None) -> Report:
    from alcatraz import fingerprint
    from alcatraz.build import rows, steps, trust
    from alcatraz.build.collect import Collect
    from alcatraz.build.keys import Keys
    from alcatraz.build.switch import spare_for, staging
    from alcatraz.build.tree import Tree
    from alcatraz.cache import Cache
    from alcatraz.content.known import Known
    from alcatraz.content.posts import Watch

    started = time.perf_counter()
    settings, output = request.settings, request.output
    root: Path = settings["ROOT"]
    ours = is_ours(settings)
    if ours and output.resolve().is_relative_to(settings["PATH"]):
        raise OutputError("the output lies in the content", where=str(output), remedy="name another folder")
    about = fingerprint.about(settings) if ours and not trust.strangers(settings) else b""
    spare = spare_for(output, root) if about and request.cache else None
    folders = tuple(map(str, (settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"])))
    seen = request.look or look(folders) if about else Look({}, b"")
    if spare and not request.images and (last := again.kept(spare)) and again.same(last, _asked(request), request.now, output, seen):
        return again.told(last, spare, started)
    ledger, watch = Ledger(progress=progress), Watch()
    with (
        staging(output, root, spare) as folder,
        steps.contained(settings["LOCALE"]),
        Cache(request.cache / "documents.sqlite" if request.cache and ours else None) as documents,
        Cache(request.cache / "posts.sqlite" if request.cache and ours else None, at_once=True) as posts,
    ):
        kept = spare.with_name(f"{spare.name}.rows") if spare else None
        trees = rows.load(kept) if kept else {}
        tree = Tree(folder, trees.get(rows.number(folder), {}), output if spare else None, trees.get(rows.number(output), {}))
        index = root / ".alcatraz" / "search" if request.search and ours else None
        with Collect(tree, ledger, watch, index, settings["DEFAULT_LANG"]) as collect:
            known = Known(documents, posts)
            if about:
                theme = [part for path, name in seen.files.items() if not path.startswith(folders[0]) for part in (path.encode(), name)]
                collect.keys = Keys(fingerprint.digest(about, *theme), settings, posts)
            settings = {**settings, "REMEMBER": posts.remember, "LOOK": seen}
            with _read(replace(request, output=folder, settings=settings), ledger, collect, known if ours else None, about) as site:
                ledger.begin("Writing", site.expected_files)
                collect.posts, collect.assets = site.context["generated_content"], site.pelican.settings.get("ASSETS")
                steps.render(site, partial(collect.make, known.in_child))
            if collect.has_search:
                ledger.findings.extend(_about_search(settings))
            _judge(request, ledger)
            collect.finish()
        if kept:
            rows.save(kept, {rows.number(folder): tree.new, rows.number(output): tree.before})
        files = len(tree.new) if about else sum(1 for path in folder.rglob("*") if path.is_file())
    report = Report(
        posts=site.posts,
        pages=site.pages,
        drafts=ledger.drafts,
        future=ledger.future,
        files=files,
        seconds=time.perf_counter() - started,
        findings=tuple(sorted(set(ledger.findings))),
        sources=collect.sources,
        remark=known.fault,
        changed=tree.changed if about else None,
    )
    if spare and collect.keys and not ledger.depends_on_more:
        asked, until = _asked(request), ledger.until
        last = again.Last(
            again.FORMAT,
            asked.own,
            asked.drafts,
            asked.search,
            request.now.timestamp(),
            until.timestamp() if until else None,
            collect.keys.shows_now,
            folders,
            seen.name,
            again.name_of_tree(tree.stamps, tree.folders),
            rows.number(output),
            (report.posts, report.pages, report.drafts, report.future, report.files),
            report.findings,
        )
        again.note(spare, last)
    return report


def _asked(request: Request) -> again.Same:
    return again.Same(request.settings["OWN"], request.drafts, request.search, request.strict)


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
    request: Request, ledger: Ledger, collect: Collect | None = None, known: Known | None = None, about: bytes = b""
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
    with pelican_log.listening(ledger, settings["ROOT"], ours=ours):
        site = steps.read(settings, known, about)
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
