"""The compiled form of modules that Python keeps beside them: of ours, and not of what an author writes."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["none_kept"]


@contextlib.contextmanager
def none_kept() -> Iterator[None]:
    """For a block that imports an author's own file: nothing is put beside it.

    It would lie among the files of the blog, and be taken for the file where that is saved twice within a second and is as
    long as before: Python compares the length, and the time in whole seconds (PEP 552).
    """
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before
