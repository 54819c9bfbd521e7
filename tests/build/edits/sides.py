"""One blog in two places: built again and again where the builds before have left something, and once where nothing was."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from dataclasses import fields, replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self

from tests.build.edits.programs import Order, Outcome, Program, tree

if TYPE_CHECKING:
    from tests.build.edits.journal import Journal

__all__ = ["MANNERS", "Sides"]

# How a program may save a file: what it leaves of the file that was there.
MANNERS = ("in place", "in place, its time put back", "by a rename", "by a rename, its time put back")
SHOWN = 8  # files of which a failure shows a line
AROUND = 60  # characters of it


class Sides:
    """The two places, in a folder. Used as a context.

    What clean builds have made is kept by what they were made of, since other examples come to the same blogs.
    """

    known: ClassVar[dict[bytes, tuple[Outcome, dict[str, str]]]] = {}

    def __init__(self, folder: Path, *, standing: bool = False) -> None:
        self.root = folder / "blog"
        self._folder = folder
        self._disk: dict[str, bytes] = {}
        self._imported: dict[str, bytes] = {}
        self._standing = standing
        self._program = Program(standing=standing)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._program.__exit__()

    @property
    def output(self) -> Path:
        """Where the site is that is built again and again."""
        return self.root / "output"

    @property
    def cache(self) -> Path:
        """Where those builds keep what the next need not make."""
        return self.root / ".alcatraz/cache"

    def restart(self) -> None:
        """What the program remembers is forgotten; what it has put on the disk stays."""
        self._program.__exit__()
        self._program = Program(standing=self._standing)

    def move(self, root: Path) -> None:
        """The blog is in another folder, with all that is in it."""
        root.parent.mkdir(parents=True)
        self.root = self.root.rename(root)

    def save(self, blog: Journal, manner: str = MANNERS[0]) -> None:
        """Makes the blog's files what the blog says, and touches none that is so. What only has another name is renamed."""
        wanted, gone = blog.written(), {path: data for path, data in self._disk.items() if path not in blog.written()}
        for path, data in wanted.items():
            moved = next((old for old, had in gone.items() if had == data), None) if path not in self._disk else None
            if moved:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                (self.root / moved).rename(self.root / path)
                del gone[moved]
            elif self._disk.get(path) != data:
                _save(self.root / path, data, manner)
        for path in gone:
            (self.root / path).unlink()
        emptied = {folder for path in self._disk.keys() - wanted.keys() for folder in (self.root / path).parents if folder.is_dir()}
        for folder in sorted(emptied, reverse=True):
            if folder != self.root and not any(folder.iterdir()):
                folder.rmdir()
        self._disk = dict(wanted)

    def build(self, blog: Journal, *, drafts: bool | None = None, output: str = "output", forgetful: bool = True) -> Outcome:
        """Builds what was saved, in both places. Fails where they do not end alike, whole."""
        asked = blog if drafts is None else replace(blog, drafts=drafts)
        if forgetful:
            self._forget_modules(asked)
        order = Order(self.root, asked.now, asked.drafts, self.root / output, self.cache)
        before = tree(order.output)
        self._program.begin(order)
        outcome, clean = self.known.get(asked.digest()) or self._clean(asked)
        ended, after = self._program.end(), tree(order.output)
        told = ["the builds do not end alike:", *_unlike(outcome, ended)] if ended != outcome else []
        if ended.error and after != before:
            told += ["a build that failed has left another site:", *_unlike_trees(before, after)]
        elif not ended.error and not outcome.error and after != clean:
            told += ["the sites are not alike:", *self._differences(asked, clean, after, order.output)]
        if told:
            raise AssertionError("\n".join(told))
        changed = [path for path, data in self._disk.items() if (self.root / path).read_bytes() != data]
        if changed:
            raise AssertionError(f"the build has changed files of the blog: {changed}")
        self.known[asked.digest()] = outcome, clean
        return outcome

    def _forget_modules(self, blog: Journal) -> None:
        """Another program builds where a module is another: Python imports each once, as a test of its own says."""
        modules = {path: data for path, data in blog.written().items() if path.endswith(".py") and path != "pelicanconf.py"}
        if any(modules.get(path) != data for path, data in self._imported.items()):
            self.restart()
            self._imported = {}
        self._imported |= modules

    def _clean(self, blog: Journal, kept: Path | None = None) -> tuple[Outcome, dict[str, str]]:
        """A build where nothing was; its output is `kept` where that is named."""
        folder = Path(tempfile.mkdtemp(prefix="clean-", dir=self._folder))
        order = Order(folder / "blog", blog.now, blog.drafts, folder / "blog/output", None)
        for path, data in blog.written().items():
            _save(order.root / path, data, MANNERS[0])
        with Program() as program:
            program.begin(order)
            outcome = program.end()
        made = tree(order.output)
        if kept:
            order.output.rename(kept)
        shutil.rmtree(folder)
        return outcome, made

    def _differences(self, blog: Journal, wanted: dict[str, str], got: dict[str, str], output: Path) -> list[str]:
        """The files that are unlike, and of some the first line that is."""
        clean = self._folder / "clean"
        self._clean(blog, clean)
        lines: list[str] = []
        for line in _unlike_trees(wanted, got):
            path = line.strip()
            lines += [line, *(_first_line(clean / path, output / path) if path in wanted and len(lines) < SHOWN else ())]
        shutil.rmtree(clean)
        return lines


def _save(path: Path, data: bytes, manner: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    times = path.stat() if path.exists() else None
    if "rename" in manner:
        beside = path.with_name(f".#{path.name}")
        beside.write_bytes(data)
        beside.replace(path)
    else:
        path.write_bytes(data)
    if "time" in manner and times:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _first_line(clean: Path, here: Path) -> list[str]:
    try:
        texts = [path.read_text(encoding="utf-8").splitlines() for path in (clean, here)]
    except (OSError, UnicodeDecodeError):
        return []
    for number, (one, other) in enumerate(zip(*texts, strict=False), start=1):
        if one != other:
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
            start = max(0, same - AROUND // 2)
            return [
                f"    line {number}, clean: …{one[start:][:AROUND]}…",
                f"    {' ' * len(f'line {number}')}, here: …{other[start:][:AROUND]}…",
            ]
    return [f"    {len(texts[0])} lines where clean, and {len(texts[1])} here"]


def _unlike_trees(wanted: dict[str, str], got: dict[str, str]) -> list[str]:
    lines = [f"  is not here: {path}" for path in wanted if path not in got]
    lines += [f"  is here alone: {path}" for path in got if path not in wanted]
    for path, what in wanted.items():
        if path in got and got[path] != what:
            kind, other = what.split()[0], got[path].split()[0]
            lines.append(f"  {path}" if kind == other else f"  is {kind}, and {other} here: {path}")
    return lines


def _unlike(clean: Outcome, here: Outcome) -> list[str]:
    lines = []
    for field in fields(Outcome):
        one, other = getattr(clean, field.name), getattr(here, field.name)
        if one == other:
            continue
        if isinstance(one, tuple):
            lines.append(f"  {field.name}:")
            texts = [[" ".join(filter(None, said)) for said in some] for some in (one, other)]
            lines += [f"    {line}" for line in difflib.unified_diff(texts[0], texts[1], "clean", "here", lineterm="", n=0)]
        else:
            lines.append(f"  {field.name}: {one!r} where clean, and {other!r} here")
    return lines
