"""A blog of one's own: settings, a first post, a launcher, and the engine pinned by its hash."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from alcatraz.blog.pin import FOLDER, lock_for, pyproject_for
from alcatraz.errors import OutputError, UsageError

if TYPE_CHECKING:
    from alcatraz.blog.engine import Engine

__all__ = ["init"]

SETTINGS = "pelicanconf.py"
# For those who begin with `nix flake init`; a blog that pins its engine by a wheel has no use for them.
NIX = frozenset({".github/workflows/publish.yml", "flake.nix"})


def init(folder: Path, engine: Engine, *, author: str | None = None) -> None:
    """Makes a blog in `folder`, which must be new or empty; it is there whole or not at all. `author` is who its settings name.

    Raises UsageError, OutputError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("there is something here already", where=str(folder), remedy="name a folder that is new or empty")
    pyproject = pyproject_for(engine)
    files = {name: engine.read(f"templates/blog/{name}") for name in engine.names("templates/blog") if name not in NIX}
    files |= {"pyproject.toml": pyproject, "poetry.lock": lock_for(engine, pyproject), "alcatraz": engine.read("alcatraz")}
    if author:  # a text of JSON is one of Python's
        line = f"AUTHOR = {json.dumps(author, ensure_ascii=False)}"
        files[SETTINGS] = re.sub("^AUTHOR = .*$", lambda _: line, files[SETTINGS], count=1, flags=re.MULTILINE)
    begun: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        begun = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        begun.chmod(0o755)
        for name, text in files.items():
            path = begun / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        (begun / "alcatraz").chmod(0o755)
        (begun / FOLDER).mkdir()
        (begun / FOLDER / engine.file).write_bytes(engine.data)
        begun.replace(folder)
    except OSError as error:
        raise OutputError(
            f"the blog cannot be written ({error.strerror})", where=str(folder), remedy="name a folder you may write to"
        ) from error
    finally:
        if begun is not None:
            shutil.rmtree(begun, ignore_errors=True)
