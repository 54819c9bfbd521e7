"""From a finished folder to the output that is served: the old site stands until the new one is whole."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz import atomic
from alcatraz.build.exchange import exchange
from alcatraz.errors import OutputError
from alcatraz.findings import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["remove", "spare_for", "staging"]

RECORD = Path(".alcatraz", "outputs")
BUILDING, OLD = "building", "old"


@contextlib.contextmanager
def staging(output: Path, root: Path, spare: Path | None = None) -> Iterator[Path]:
    """A folder to build in; when the block ends well, it takes the name of `output`.

    It is an empty one beside `output`; or, where `spare` names a folder for it, that one, which is filled with whatever the output
    held before the last build: then the two change places, and a second build waits for the first.

    A build replaces the whole folder, so a folder with something in it must be one that an earlier build of the blog in
    `root` has made: the blog remembers them. Raises OutputError.
    """
    output = Path(os.path.abspath(output))  # noqa: PTH100 (a `..` is taken out, and a symbolic link stays one)
    _refuse_foreign(output, root)
    with contextlib.ExitStack() as whole:
        with _explained(output):
            output.parent.mkdir(parents=True, exist_ok=True)
            alternates = spare is not None and _is_beside(spare, output)
            if spare is not None and alternates:
                whole.enter_context(_alone(spare))
            with _held(output.parent):  # two builds that begin or end at once take turns
                _recover(output)
                folder = spare if spare is not None and alternates else whole.enter_context(_new_beside(output))
            folder.chmod(0o755)
        yield folder
        with _explained(output), _held(output.parent):
            _remember(output, root)
            _exchange(folder, output, keep=alternates)


@contextlib.contextmanager
def _new_beside(output: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{output.name}.", suffix=f"-{BUILDING}", dir=output.parent))
    try:
        with _held(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def spare_for(output: Path, root: Path) -> Path:
    """Where the second tree of an output is: in the blog, since nobody else has use for it."""
    path = os.path.abspath(output)  # noqa: PTH100 (as above)
    return root / ".alcatraz" / "trees" / f"{output.name}-{hashlib.sha256(path.encode()).hexdigest()[:8]}"


def _is_beside(spare: Path, output: Path) -> bool:
    """Makes the spare tree; False where it cannot take the output's name, as it is on another disk, or cannot be written to."""
    with contextlib.suppress(OSError):
        if not spare.parent.resolve().is_relative_to(output.resolve()):
            spare.mkdir(parents=True, exist_ok=True)
            return spare.stat().st_dev == output.parent.stat().st_dev and os.access(spare, os.W_OK)
    return False


@contextlib.contextmanager
def _alone(spare: Path) -> Iterator[None]:
    """Waits for any other build that uses this tree. The lock goes with the process, however that ends."""
    with spare.with_name(f"{spare.name}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        spare.mkdir(exist_ok=True)
        yield


def remove(output: Path, root: Path) -> bool:
    """Removes a folder that a build of the blog has made; False where there is none. Raises OutputError for any other."""
    output = Path(os.path.abspath(output))  # noqa: PTH100 (as above)
    _refuse_foreign(output, root)
    if not output.is_dir():
        return False
    with _explained(output):
        shutil.rmtree(output)
    return True


@contextlib.contextmanager
def _held(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds a folder until the block, or the process, ends; waits for who holds it now, or raises BlockingIOError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(descriptor)


def _recover(output: Path) -> None:
    """Puts right what builds that were killed have left: brings the old site back where it is all there is, clears the rest.

    What is held belongs to a build that runs.
    """
    ours = re.compile(rf"\.{re.escape(output.name)}\.[a-z0-9_]{{8}}-({BUILDING}|{OLD})")
    for left in sorted(output.parent.iterdir()):
        found = ours.fullmatch(left.name)
        if found and found[1] == OLD and not output.exists():
            left.rename(output)
        elif found:
            with contextlib.suppress(BlockingIOError, FileNotFoundError), _held(left, wait=False):
                shutil.rmtree(left, ignore_errors=True)


def _exchange(folder: Path, output: Path, *, keep: bool) -> None:
    """In one step where the file system can; else there is no output for a moment, and `_recover` knows what to do if it stays so.

    The old site is then at `folder` where it is to be kept, and else nowhere.
    """
    if output.exists() and exchange(folder, output):
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
        return
    if keep:
        _exchange_by_turns(folder, output)
        return
    old = folder.with_name(folder.name.replace(f"-{BUILDING}", f"-{OLD}"))
    if output.exists():
        output.rename(old)
    try:
        folder.rename(output)
    except BaseException:
        if old.exists():
            old.rename(output)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange_by_turns(spare: Path, output: Path) -> None:
    if not output.exists():
        spare.rename(output)
        return
    old = output.with_name(f".{output.name}.{os.urandom(4).hex()}-{OLD}")
    output.rename(old)
    try:
        spare.rename(output)
    except BaseException:
        old.rename(output)
        raise
    old.rename(spare)


def _refuse_foreign(output: Path, root: Path) -> None:
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise OutputError("the output is not a folder", where=str(output), remedy="name another with --output")
    if root.resolve().is_relative_to(output.resolve()):
        raise OutputError("the output would replace the blog itself", where=str(output), remedy="name another folder with --output")
    if output.is_dir() and any(output.iterdir()) and _name(output, root) not in _remembered(root):
        raise OutputError(
            "the folder holds something that no build of this blog has made, and a build replaces the whole folder",
            where=str(output),
            remedy="name another with --output; or remove it, if it is a site that was built before `.alcatraz` was removed",
        )


def _name(output: Path, root: Path) -> str:
    """Relative to the blog where it lies inside, so that a blog can be moved."""
    return place_of(output, root.absolute())


def _remembered(root: Path) -> list[str]:
    record = root / RECORD
    return record.read_text(encoding="utf-8").splitlines() if record.is_file() else []


def _remember(output: Path, root: Path) -> None:
    """Where the blog cannot be written to, as in a sealed build, nothing is remembered, and nothing is replaced later."""
    known, name = _remembered(root), _name(output, root)
    if name in known:
        return
    with contextlib.suppress(OSError):
        record = root / RECORD
        record.parent.mkdir(exist_ok=True)
        atomic.write(record, "".join(f"{path}\n" for path in [*known, name]).encode())


@contextlib.contextmanager
def _explained(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"the site cannot be written ({error.strerror or error})", where=str(output), remedy="the site that was there is untouched"
        ) from error
