"""A publish from its beginning to its end: what is in git, built at a moment, in the place of what was there."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz import __version__
from alcatraz.blog.pin import locked
from alcatraz.build import Request, build
from alcatraz.errors import OutputError, SettingsError, UsageError
from alcatraz.publish.git import check_out, last_commit, uncommitted
from alcatraz.publish.targets import find_target
from alcatraz.settings import read
from alcatraz.shipped import THEME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from alcatraz.build import Report
    from alcatraz.ledger import Progress
    from alcatraz.publish.targets import Target
    from alcatraz.publish.trees import Changes

__all__ = ["Outcome", "publish"]

SETTINGS = "pelicanconf.py"
LOCK = "poetry.lock"
OTHER_FOLDERS = ("THEME_TEMPLATES_OVERRIDES", "PLUGIN_PATHS")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was published, or would have been: nothing was done where there are no `changes`."""

    revision: str
    target: str
    changes: Changes
    report: Report


def publish(
    blog: Path,
    clock: Callable[[], datetime],
    *,
    target: Target | None = None,
    dry_run: bool = False,
    tell: Callable[[str], None],
    progress: Progress | None = None,
) -> Outcome:
    """Publishes the last commit of the blog in this folder as it is at this moment, to `target` or to what its settings name.

    `clock` says which moment that is, once no other publish is under way: of several that wait, the last has the last word.

    Nothing of the author's is touched: not the files, not the index, not HEAD. `tell` is given what they should know
    meanwhile. Raises AlcatrazError, and then what was published before is untouched; TemporaryError where it may pass.
    """
    blog = blog.resolve()
    with _turn(blog, tell), _folder(blog) as folder:
        commit = last_commit(blog)
        tree, site = folder / "tree", folder / "site"
        check_out(commit.repository, commit.revision, tree)
        copy = tree / commit.folder
        if not (copy / SETTINGS).is_file():
            raise UsageError(f"{SETTINGS} is not in the last commit", where=str(blog), remedy="`git add .` and `git commit` there")
        # In full, as Nix gives it: the seal shows seven letters of it, and the page about the site shows all.
        settings = read(copy, overrides={"REVISION": commit.revision})
        target = target or _target_in(settings, blog)
        target.look_over(blog)
        watched = _refuse_strangers(settings, copy, blog)
        if changed := uncommitted(blog, [SETTINGS, *watched]):
            tell(_warning(changed))
        if (pinned := _pinned(copy)) not in {None, __version__}:
            tell(
                f"warning: the commit's lock pins Alcatraz {pinned}, and this is {__version__}, which may make another site of it; "
                f"publish with the blog's launcher, or commit {LOCK} where it is another by now"
            )
        report = build(Request(settings=settings, now=clock(), output=site, strict=True, cache=blog / ".alcatraz" / "cache"), progress)
        changes = target.compare(site)
        if changes and not dry_run:
            target.replace(site)
    return Outcome(commit.revision, target.name, changes, report)


@contextlib.contextmanager
def _turn(blog: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """One publish of a blog at a time; the lock goes with the process, however that ends."""
    with _explained(blog):
        (blog / ".alcatraz").mkdir(exist_ok=True)
        lock = (blog / ".alcatraz" / "publish.lock").open("ab")  # "wb" would empty what a link of this name leads to
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("another publish of this blog is under way; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _folder(blog: Path) -> Iterator[Path]:
    """A folder to work in. Who holds the turn may clear it of what a run that was killed has left."""
    folder = blog / ".alcatraz" / "publish"
    with _explained(blog):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _explained(blog: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"nothing can be built there ({error.strerror or error})", where=str(blog / ".alcatraz"), remedy="make it yours to write to"
        ) from error


def _target_in(settings: Mapping[str, Any], blog: Path) -> Target:
    if not (text := settings.get("PUBLISH_TARGET")):
        raise UsageError(
            "there is no target to publish to",
            remedy=f"commit PUBLISH_TARGET = 'directory:/srv/www/blog' in {SETTINGS}, or write --target",
        )
    return find_target(text, blog)


def _refuse_strangers(settings: Mapping[str, Any], copy: Path, blog: Path) -> list[str]:
    """Raises SettingsError where the site would be made of files that are not the commit's; gives the folders that it is made of.

    An absolute path in the settings names the author's own folder, where there is more than what is in git, and a symbolic
    link may lead to one. A theme that comes with the engine, or is installed beside it, is pinned by the lock.
    """
    names = {"PATH": [settings["PATH"]], "THEME": [settings["THEME"]], **{key: settings.get(key, []) for key in OTHER_FOLDERS}}
    inside = []
    for key, paths in names.items():
        for path in map(Path, paths):
            if path.resolve().is_relative_to(copy):
                inside.append(path.resolve())
            elif key == "PATH" or (path.resolve().is_relative_to(blog) and not _is_installed(path.resolve(), blog)):
                raise SettingsError(
                    f"{key} names {path}, which is not the commit's", where=SETTINGS, remedy="write it relative to this file"
                )
    for folder in inside:
        for path in folder.rglob("*"):
            if path.is_symlink() and not path.resolve().is_relative_to(copy):
                raise UsageError(
                    "this symbolic link leads out of the blog", where=str(path.relative_to(copy)), remedy="put the file itself there"
                )
    return [str(folder.relative_to(copy)) for folder in inside]


def _is_installed(path: Path, blog: Path) -> bool:
    return path == THEME.resolve() or path.is_relative_to(blog / ".alcatraz")


def _pinned(copy: Path) -> str | None:
    """The version of the engine that a blog's lock pins; None where there is no lock, or none that says so."""
    try:
        return locked((copy / LOCK).read_text(encoding="utf-8")).get("alcatraz")
    except (OSError, ValueError, KeyError, TypeError):  # this is no place to look over a lock
        return None


def _warning(changed: list[str]) -> str:
    shown = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")
    return f"warning: what is not committed is not published: {shown}"
