"""Writing a file so that whoever reads it finds the old one or the new one, never half of it, also where the writer is killed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write"]


def write(path: Path, data: bytes, *, executable: bool = False) -> None:
    """Writes the whole file beside `path`, whose name it then takes. Raises OSError."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_bytes(data)
    if executable:
        new.chmod(0o755)
    new.replace(path)
