"""From a finished folder to the output that is served: the old site stands until the new one is whole."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["staging"]

RECORD = Path(".alcatraz", "outputs")


@contextlib.contextmanager
def staging(output: Path, root: Path) -> Iterator[Path]:
    """A folder beside `output` to build in; when the block ends well, it takes the name of `output`.

    A build replaces the whole folder, so a folder with something in it must be one that an earlier build of the blog in
    `root` has made: the blog remembers them. Raises OutputError.
    """
    output = output.absolute()
    _refuse_foreign(output, root)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        for left in output.parent.glob(f".{output.name}.*-building"):
            shutil.rmtree(left, ignore_errors=True)  # a build that was killed
        folder = Path(tempfile.mkdtemp(prefix=f".{output.name}.", suffix="-building", dir=output.parent))
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        folder.chmod(0o755)
        yield folder
        _exchange(folder, output)
        _remember(output, root)
    except OSError as error:
        raise _unwritable(output, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _exchange(folder: Path, output: Path) -> None:
    if not output.exists():
        folder.rename(output)
        return
    old = folder.with_name(folder.name.replace("-building", "-old-building"))
    output.rename(old)
    try:
        folder.rename(output)
    except OSError:
        old.rename(output)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _refuse_foreign(output: Path, root: Path) -> None:
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise OutputError("the output is not a folder", where=str(output), remedy="name another with --output")
    if root.resolve().is_relative_to(output.resolve()):
        raise OutputError("the output would replace the blog itself", where=str(output), remedy="name another folder with --output")
    if output.is_dir() and any(output.iterdir()) and _name(output, root) not in _remembered(root):
        raise OutputError(
            "the folder holds something that no build of this blog has made, and a build replaces the whole folder",
            where=str(output),
            remedy="name another with --output, or remove it",
        )


def _name(output: Path, root: Path) -> str:
    """Relative to the blog where it lies inside, so that a blog can be moved."""
    root = root.absolute()
    return output.relative_to(root).as_posix() if output.is_relative_to(root) else output.as_posix()


def _remembered(root: Path) -> list[str]:
    record = root / RECORD
    return record.read_text(encoding="utf-8").splitlines() if record.is_file() else []


def _remember(output: Path, root: Path) -> None:
    """Where the blog cannot be written to, as in a sealed build, nothing is remembered, and nothing is replaced later."""
    known, name = _remembered(root), _name(output, root)
    if name in known:
        return
    with contextlib.suppress(OSError):
        (root / RECORD).parent.mkdir(exist_ok=True)
        (root / RECORD).write_text("".join(f"{path}\n" for path in [*known, name]), encoding="utf-8")


def _unwritable(output: Path, error: OSError) -> OutputError:
    return OutputError(
        f"the site cannot be written ({error.strerror or error})", where=str(output), remedy="the site that was there is untouched"
    )
