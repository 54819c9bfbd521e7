"""What a process that builds again and again keeps of its last build: the site as it was read, and the files that were planned of it.

Of most saves nothing is another but what is within one post. Then nothing has to be read but that post, and nothing to be planned
again: each file of the last build is put once more, and is made where it shows what has changed.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from alcatraz import plugin
from alcatraz.build import again, pelican_log, rows, steps
from alcatraz.build.collect import Collect
from alcatraz.build.memory import reads_elsewhere
from alcatraz.build.switch import staging
from alcatraz.build.templates import Compiled
from alcatraz.content.complete import source_name
from alcatraz.content.conversions import Conversions, file_in
from alcatraz.content.posts import Post

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from alcatraz.build.memory import Memory
    from alcatraz.build.report import Report
    from alcatraz.build.run import Request
    from alcatraz.build.steps import Site
    from alcatraz.cache import Cache
    from alcatraz.content.known import Known
    from alcatraz.findings import Finding
    from alcatraz.ledger import Ledger
    from alcatraz.look import Look

__all__ = ["Built", "Standing"]

# What of a record is shown to none but who looks into the post.
WITHIN = ("within", "document", "lines", "body_line", "findings")
# Settings that are no part of the name of the blog's, and are told or shown all the same: what is wrong with them, on which line.
UNNAMED = ("DOUBTS", "REVISION")


@dataclass(frozen=True, slots=True)
class Built:
    """A build that has ended well, with all that it had in hand. `found` are the findings that were there before a file was made."""

    site: Site
    known: Known
    caches: tuple[Cache, Cache]
    collect: Collect
    ledger: Ledger
    found: tuple[Finding, ...]
    report: Report


@dataclass(slots=True)
class Standing:
    """What templates have compiled to in this process, and its last build, with what was asked for and seen then."""

    _compiled: Compiled = field(default_factory=Compiled)
    _about: bytes = b""
    _last: tuple[Request, Memory, Built] | None = None

    def compiled(self, about: bytes) -> Compiled:
        """What templates have compiled to with the settings that `about` names; nothing where no name can stand for them.

        Code depends on those: Jinja has options, and runs a filter at once where all that it is given is written in the template.
        """
        if not about or about != self._about:
            self._compiled, self._about = Compiled(), about
        return self._compiled

    def keep(self, request: Request, memory: Memory, built: Built) -> None:
        """Keeps a build, if another may ever go on from it."""
        if not (memory.about and memory.spare and built.collect.keys) or request.search or request.strict or built.report.remark:
            return  # `strict` may refuse what is found
        if not reads_elsewhere(request.settings):  # of what is there nobody would see that it has changed
            self._last = request, memory, built

    def build(self, request: Request, memory: Memory, started: float) -> Report | None:
        """The report of a build that goes on from the last one; None where more may be another than what is within some posts."""
        last, self._last = self._last, None  # whatever becomes of it, no other goes on from there
        if last is None:
            return None
        before, then, built = last
        if _asked(request) != _asked(before) or memory.about != then.about or not _is_alike(built, before.now, request.now):
            return None
        changed = list(_changed(built.site, then.seen, memory.seen))
        if None in changed or built.ledger.depends_on_more:
            return None
        now_built = _once_more(built, [post for post in changed if post is not None], request, memory, started)
        if now_built is None:
            return None
        self._last = None if now_built.report.remark else (request, memory, now_built)  # or it would be told again and again
        return now_built.report


def _asked(request: Request) -> Request:
    """What was asked for, but for what is another from build to build all the same, and for the settings that have a name."""
    settings = {name: request.settings.get(name) for name in UNNAMED}
    return replace(request, settings=settings, now=None, look=None, standing=None)  # type: ignore[arg-type] # to be compared, and no more


def _is_alike(built: Built, last: datetime, now: datetime) -> bool:
    """Whether pages show the same at both moments."""
    keys, until = built.collect.keys, built.ledger.until
    return again.alike(last.timestamp(), now.timestamp(), until.timestamp() if until else None, shows_now=keys is None or keys.shows_now)


def _changed(site: Site, before: Look, seen: Look) -> Iterator[Post | None]:
    """The posts whose files are not what they were, and None for any other file."""
    if seen.folders != before.folders or seen.files.keys() != before.files.keys():
        yield None
        return
    posts, files = site.context["generated_content"], site.context["static_content"]
    content, *theme = (f"{folder}{os.sep}" for folder in seen.folders)
    templates = {os.path.normpath(path) for path in site.context["TEMPLATE_PAGES"] or ()}
    for file, name in seen.files.items():
        if name != before.files[file]:
            path = file.removeprefix(content)
            post = posts.get(path)
            is_more = path in files or path in templates or file.startswith(tuple(theme))  # than a post
            yield post if isinstance(post, Post) and not is_more else None


def _once_more(built: Built, changed: Sequence[Post], request: Request, memory: Memory, started: float) -> Built | None:
    """The build, made again with posts that have changed; None where somebody may show more of one than those who look into it."""
    settings, ledger, site, output = request.settings, built.ledger, built.site, request.output
    documents, posts = built.caches
    with (
        steps.contained(settings["LOCALE"]),
        Conversions(file_in(request.cache, settings["PATH"])) as conversions,
        documents,
        posts,
        pelican_log.listening(ledger, settings["ROOT"], Path(settings["PATH"]), ours=True),
    ):
        plugin.register()  # it was let go of with the last build
        site.set(NOW=request.now, CONVERSIONS=conversions)
        built.known.look(memory.seen, request.now)
        found = _read_again(built, changed)
        if found is None:
            return None
        ledger.findings = list(found)
        with (
            staging(output, settings["ROOT"], memory.spare) as folder,
            Collect(tree := memory.tree(folder, output), ledger, None, settings["DEFAULT_LANG"], built.collect) as collect,
        ):
            site.set(SINK=collect.put)
            steps.finalize(site, lambda: collect.put_all(built.collect.planned, built.known.in_child))
            collect.finish()
            memory.keep(tree, output)
    report = replace(
        built.report,
        files=len(tree.new),
        seconds=time.perf_counter() - started,
        findings=tuple(sorted(set(ledger.findings))),
        sources=rows.sources(tree.new),
        remark=built.known.fault or conversions.fault,
        changed=tree.changed,
    )
    memory.note(request, ledger, collect.keys, tree, report)
    return replace(built, collect=collect, found=found, report=report)


def _is_led_to(site: Site, post: Post, before: frozenset[str], now: frozenset[str]) -> bool:
    """Whether a link leads to an anchor of a post that has come or gone; or to none of its anchors, since what is said of it names those."""
    own, stayed = post.relative_source_path, before & now
    return before != now and any(
        link.fragment and link.fragment not in stayed and (link.path == own or (not link.path and other is post))
        for other in site.context["generated_content"].values()
        for link in getattr(other, "local_links", ())
    )


def _read_again(built: Built, posts: Sequence[Post]) -> tuple[Finding, ...] | None:
    """Brings posts up to their files, and gives what is found now before a file is made; None where more of one is another."""
    known, found = built.known, list(built.found)
    for post in posts:
        old, name = post.record, source_name(post)
        # Of what else was found in its file nobody knows where that stands now, and whether it does.
        if old is None or any(finding.path == name and finding not in old.findings for finding in found):
            return None
        new = known.read_again(post)
        if new is None or structs.replace(new, **{each: getattr(old, each) for each in WITHIN}) != old:
            return None
        if _is_led_to(built.site, post, known.document(old.document).anchors, known.document(new.document).anchors):
            return None
        for finding in old.findings:
            found.remove(finding)
        found.extend(new.findings)
        known.take(post, new)
    return tuple(found)
