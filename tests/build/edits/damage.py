"""What others may do to the output of a build, and to what builds keep for themselves, while no build runs."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hypothesis.vendor.pretty import RepresentationPrinter

__all__ = ["DAMAGES", "SPOILS", "VERBS", "Damage", "unharmed"]

PRECIOUS, THING = "precious", "thing"  # a folder beside the blog, into which links may lead, and a file in it


@dataclass(frozen=True)
class Damage:
    """Something done to an output, or to the folder of a blog, by the words that a failure is told in."""

    what: str
    do: Callable[[Path], None] = field(repr=False)

    def __repr__(self) -> str:
        return f"‹{self.what}›"

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        """How Hypothesis shows it, which would show how it is done."""
        printer.text(repr(self))


def unharmed(folder: Path) -> bool:
    """Whether all is as it was where links lead that were put into the output of the blog in a folder."""
    precious = folder / PRECIOUS
    return not precious.exists() or [(path.name, path.read_text()) for path in precious.iterdir()] in ([], [(THING, THING)])


def _removed(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _changed(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"<!-- -->")


def _changed_its_length_kept(path: Path) -> None:
    path.write_bytes(path.read_bytes()[::-1])


def _changed_its_time_kept(path: Path) -> None:
    times = path.stat()
    _changed_its_length_kept(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _has_another_mode(path: Path) -> None:
    path.chmod(0o600)


def _is_a_folder(path: Path) -> None:
    path.unlink()
    (path / "in").mkdir(parents=True)


def _leads_out(path: Path) -> None:
    outside = _outside(path) / THING
    outside.write_text(THING)
    path.unlink()
    path.symlink_to(outside)


def _leads_out_with_its_folder(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.symlink_to(_outside(path), target_is_directory=True)


def _outside(path: Path) -> Path:
    outside = next(folder for folder in path.parents if folder.name == "blog").with_name(PRECIOUS)
    outside.mkdir(exist_ok=True)
    return outside


def _is_another(path: Path) -> None:
    """Two files have each other's names; neither has another time."""
    others = sorted(other for other in path.parent.rglob("*") if other != path and other.is_file() and not other.is_symlink())
    if others:
        beside = path.with_name(".beside")
        path.rename(beside)
        others[-1].rename(path)
        beside.rename(others[-1])


def _has_a_stranger_beside_it(path: Path) -> None:
    path.with_name("stranger.html").write_text("I am new here.")


def _has_an_empty_folder_beside_it(path: Path) -> None:
    (path.parent / "empty" / "inside").mkdir(parents=True, exist_ok=True)


def _is_gone_with_its_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


# Each is done to one file of the output, and each of the last two to one that lies in a folder.
FILES = (
    "posts/harbour/index.html",
    "index.html",
    "posts/lighthouse/index.html",
    "posts/harbour/boat.*.png",
    "feed.xml",
    "tags/sea/index.html",
    "robots.txt",
    "humans.txt",
    "theme/script/*",
)
VERBS: tuple[Callable[[Path], None], ...] = (
    _removed,
    _changed,
    _changed_its_length_kept,
    _changed_its_time_kept,
    _cut,
    _emptied,
    _has_another_mode,
    _is_a_folder,
    _leads_out,
    _is_another,
    _has_a_stranger_beside_it,
    _has_an_empty_folder_beside_it,
)
OF_FOLDERS: tuple[Callable[[Path], None], ...] = (_is_gone_with_its_folder, _leads_out_with_its_folder)
OF_KEPT: tuple[Callable[[Path], None], ...] = (_removed, _cut, _emptied, _changed_its_length_kept)


def _named(do: Callable[[Path], None]) -> str:
    return do.__name__.replace("_", " ").strip()


def _each(do: Callable[[Path], None], some: Callable[[Path], list[Path]]) -> Callable[[Path], None]:
    """Does it to some of what is at a place; to what is still there, as links are that lead to nothing."""

    def done(place: Path) -> None:
        for path in some(place):
            if path.is_symlink() or path.exists():
                do(path)

    return done


def _first(pattern: str) -> Callable[[Path], list[Path]]:
    return lambda output: sorted(path for path in output.glob(pattern) if path.is_file() and not path.is_symlink())[:1]


def _all_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


DAMAGES = (
    *(Damage(f"output/{pattern} {_named(do)}", _each(do, _first(pattern))) for do in VERBS for pattern in FILES),
    *(Damage(f"output/{pattern} {_named(do)}", _each(do, _first(pattern))) for do in OF_FOLDERS for pattern in FILES if "/" in pattern),
    Damage("the output is gone", lambda output: shutil.rmtree(output, ignore_errors=True)),
    Damage("the output is empty", _each(_removed, _all_in)),
)


def _kept(part: slice) -> Callable[[Path], list[Path]]:
    """Files that builds have put into a blog's folder for themselves, but for the record of what they may replace."""

    def kept(root: Path) -> list[Path]:
        folders = [root / ".alcatraz", *(path for path in root.iterdir() if path.name.startswith((".output", ".shown")))]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
        return sorted(path for path in files if path != root / ".alcatraz/outputs")[part]

    return kept


PARTS = {"all": slice(None), **{f"every third from number {number}": slice(number, None, 3) for number in range(3)}}
SPOILS = (
    *(Damage(f"of what is kept, {which} {_named(do)}", _each(do, _kept(part))) for which, part in PARTS.items() for do in OF_KEPT),
    Damage("the cache is gone", lambda root: shutil.rmtree(root / ".alcatraz/cache", ignore_errors=True)),
)
