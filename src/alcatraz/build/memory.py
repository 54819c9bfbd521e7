"""What a build knows of the ones before it, and what it leaves for the next, where no code but the engine's has a say."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alcatraz import fingerprint
from alcatraz.build import again, rows
from alcatraz.build.keys import Keys
from alcatraz.build.switch import spare_for
from alcatraz.build.tree import Tree
from alcatraz.look import Look, look

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from alcatraz.build.report import Report
    from alcatraz.build.run import Request
    from alcatraz.cache import Cache
    from alcatraz.ledger import Ledger

__all__ = ["Memory", "memory_of", "reads_elsewhere"]


@dataclass(frozen=True, slots=True)
class Memory:
    """`about` names the settings, and is empty where somebody else has a say; `seen` are the blog's files, none of them then.

    `spare` is the second tree of the output, None where nothing is to be remembered.
    """

    about: bytes
    spare: Path | None
    seen: Look

    def told(self, request: Request, started: float) -> Report | None:
        """The report of a build that has nothing to do; None where it may have."""
        if self.spare is None or request.images or request.explain:
            return None
        last = again.kept(self.spare)
        return again.report(last, self.spare, _asked(request), self.seen, started) if last else None

    def tree(self, folder: Path, output: Path) -> Tree:
        """The folder that is to be filled, with what is known of it, and of the site at `output`."""
        trees = rows.load(self.spare) if self.spare else {}
        own, old = (trees.get(rows.number(each), {}) for each in (folder, output))
        return Tree(folder, own, output if self.spare else None, old)

    def keys(self, request: Request, cache: Cache) -> Keys | None:
        """The keys of what is made; None where nobody knows what it depends on."""
        if not self.about:
            return None
        templates = _templates(request.settings, self.seen)
        return Keys(fingerprint.digest(self.about, *templates), request.settings, cache)

    def keep(self, tree: Tree, output: Path) -> None:
        """Keeps what is known of both trees, before they change places."""
        if self.spare:
            again.forget(self.spare)
            tree.settle()
            rows.save(self.spare, {rows.number(tree.folder): tree.new, rows.number(output): tree.before})

    def note(self, request: Request, ledger: Ledger, keys: Keys | None, tree: Tree, report: Report) -> None:
        """Keeps for the next build what this one was made of, and what it has told, once its site is at the output."""
        if self.spare is not None and tree.folder != self.spare:  # on another disk: the site that was there is gone, and its links
            tree.moved(request.output)
            rows.save(self.spare, {rows.number(request.output): tree.new})
        asked, until = _asked(request), ledger.until
        if self.spare is None or keys is None or not asked.own or ledger.depends_on_more or reads_elsewhere(request.settings):
            return
        last = again.Last(
            again.FORMAT,
            asked.own,
            asked.drafts,
            asked.search,
            asked.now.timestamp(),
            until.timestamp() if until else None,
            keys.shows_now,
            self.seen.folders,
            self.seen.name,
            rows.number(request.output),
            (report.posts, report.pages, report.drafts, report.future, report.files),
            report.findings,
        )
        again.keep(self.spare, last)


def _templates(settings: Mapping[str, Any], seen: Look) -> Iterator[bytes]:
    """What templates may read, by name and bytes: the theme, wherever it lies, and the templates among the content."""
    content, *theme = seen.folders
    within = tuple(f"{folder}{os.sep}" for folder in theme)
    for path, name in seen.files.items():
        if path.startswith(within):
            yield path.encode(errors="surrogateescape")
            yield name
    for source in sorted(settings["TEMPLATE_PAGES"] or ()):
        yield fingerprint.name_of_file(os.path.join(content, source))  # noqa: PTH118 (as Pelican)


def reads_elsewhere(settings: Mapping[str, Any]) -> bool:
    """Whether the settings lead out of the folders that are looked at."""
    names = ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS", "TEMPLATE_PAGES", "THEME_STATIC_PATHS")
    paths = [os.path.normpath(path) for name in names for path in settings[name] or ()]
    return any(path.startswith((os.sep, os.pardir)) for path in paths)


def memory_of(request: Request, *, is_alone: bool) -> Memory:
    """What a build can know: much where the engine `is_alone`, and little where others have a say."""
    settings = request.settings
    folders = tuple(map(str, (settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"])))
    if not is_alone:
        return Memory(b"", None, Look(folders, {}, b""))
    spare = spare_for(request.output, settings["ROOT"]) if request.cache else None
    seen = request.look if request.look and request.look.folders == folders else look(folders)
    return Memory(fingerprint.about(settings), spare, seen)


def _asked(request: Request) -> again.Same:
    return again.Same(request.settings["OWN"], request.output, request.now, request.drafts, request.search, request.strict)
