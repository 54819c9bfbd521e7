"""Programs that build when they are told to, each a process of its own that begins with no memory of any build.

They are forks of one process that has imported what a build needs and has never built, so that one is there at once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import stat
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from pygments.lexers import get_lexer_by_name

from alcatraz.build import Request, build
from alcatraz.build.standing import Standing
from alcatraz.errors import AlcatrazError, RefusedError
from alcatraz.settings import read

if TYPE_CHECKING:
    from datetime import datetime
    from multiprocessing.connection import Connection
    from pathlib import Path

    from alcatraz.findings import Finding

__all__ = ["Order", "Outcome", "Program", "tree"]

# What a build imports on its way, so that no program has to.
IMPORTED = [
    __name__,
    "alcatraz.build.collect",
    "alcatraz.build.pelican_log",
    "alcatraz.build.steps",
    "alcatraz.build.switch",
    "alcatraz.cache",
    "alcatraz.content.known",
    "alcatraz.plugin",
    "docutils.parsers.rst.directives.body",
    "docutils.readers.standalone",
    "docutils.writers.html5_polyglot",
    "latex2mathml.converter",
    "markdown.extensions.codehilite",
    "markdown.extensions.extra",
    "markdown.extensions.meta",
    "PIL.PngImagePlugin",
    "pelican.rstdirectives",
    "pygments.styles.default",
]
# And its patterns: to make a lexer takes longer than to use it.
LEXERS = [get_lexer_by_name(name) for name in ("css", "javascript", "nix", "python", "xml")]
PATIENCE = 60  # seconds for one build


@dataclass(frozen=True)
class Order:
    """What to build, and where."""

    root: Path
    now: datetime
    drafts: bool
    output: Path
    cache: Path | None


@dataclass(frozen=True)
class Outcome:
    """What became of it: what the report counts, or the error; and what was said of the blog, told without the blog's folder."""

    posts: int = 0
    pages: int = 0
    drafts: int = 0
    future: int = 0
    files: int = 0
    error: str = ""
    findings: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()


class Program:
    """One that goes on until the block ends. What it remembers of one build it has for the next, and much where it is `standing`, as `serve` is."""

    def __init__(self, *, standing: bool = False) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(IMPORTED)
        self._here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, standing), daemon=True)
        self._process.start()
        there.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._here.close()
        self._process.join(PATIENCE)

    def begin(self, order: Order) -> None:
        """Has it build; it is not waited for."""
        self._here.send(order)

    def end(self) -> Outcome:
        """What became of the build that was begun."""
        if not self._here.poll(PATIENCE):
            raise TimeoutError("a build does not end")
        outcome: Outcome = self._here.recv()
        return outcome


def _serve(there: Connection, standing: bool) -> None:
    kept = Standing() if standing else None
    with contextlib.suppress(EOFError):
        while True:
            there.send(_built(there.recv(), kept))


def _built(order: Order, kept: Standing | None) -> Outcome:
    """Raises nothing: what a plugin or the settings raise is an outcome too."""
    try:
        settings = read(order.root)
        request = Request(settings, now=order.now, output=order.output, drafts=order.drafts, search=False, cache=order.cache, standing=kept)
        report = build(request)
    except Exception as error:  # noqa: BLE001 (as said)
        what = str(error) if isinstance(error, AlcatrazError) else f"{type(error).__name__}: {error}"
        outcome = Outcome(error=what, findings=_told(error.findings if isinstance(error, RefusedError) else ()))
    else:
        sources = tuple(sorted(report.sources.items()))
        outcome = Outcome(report.posts, report.pages, report.drafts, report.future, report.files, "", _told(report.findings), sources)
    root = f"{order.root}/"
    findings = tuple((said.replace(root, ""), leads_to) for said, leads_to in outcome.findings)
    return replace(outcome, error=outcome.error.replace(root, ""), findings=findings)


def _told(findings: tuple[Finding, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{finding.rule}: {finding}", finding.leads_to) for finding in findings)


def tree(folder: Path) -> dict[str, str]:
    """Everything below a folder, itself included: kind, mode and a name for the bytes of each, by its path."""
    found = {}
    for path in [folder, *folder.rglob("*")] if folder.exists() else []:
        status = path.lstat()
        what = str(path.readlink()) if path.is_symlink() else sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[path.relative_to(folder).as_posix()] = f"{stat.filemode(status.st_mode)} {what}"
    return dict(sorted(found.items()))
