"""Pelican's log as findings: what it warns of is shown with everything else, and an error of its ends the build."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from pelican.log import LimitFilter

from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alcatraz.ledger import Ledger

__all__ = ["listening"]


# Two posts with one slug, pictures without words, links to nothing: our own findings say these with line and remedy.
# And what no author can mend: Docutils has few languages, and says so of a blog without any reStructuredText too.
UNSAID = (
    "There are %s items",
    "There are %s original",
    "Empty alt attribute",
    "Cannot get modification stamp",
    "Docutils has no localization",
)


class _Listener(logging.Handler):
    def __init__(self, ledger: Ledger, root: Path, *, ours: bool) -> None:
        super().__init__(logging.WARNING)
        self._ledger = ledger
        self._root = root
        self._unsaid = UNSAID if ours else ()

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(self._unsaid):
            return
        message = " ".join(record.getMessage().split())
        if record.exc_info and record.exc_info[1]:
            message = f"{message}: {record.exc_info[1]}"
        finding = Finding(self._file(record), 0, "pelican", message.replace(f"{self._root}/", ""), "Pelican says no more than that")
        (self._ledger.errors if record.levelno >= logging.ERROR else self._ledger.findings).append(finding)

    def _file(self, record: logging.LogRecord) -> str:
        """The file that a message is about, where it names one of the blog's."""
        for argument in record.args if isinstance(record.args, tuple) else ():
            path = Path(str(argument))
            for place in (path, self._root / "content" / path):
                if place.is_absolute() and place.is_relative_to(self._root) and place.is_file():
                    return place.relative_to(self._root).as_posix()
        return "pelicanconf.py"


@contextlib.contextmanager
def listening(ledger: Ledger, root: Path, *, ours: bool) -> Iterator[None]:
    """Collects what Pelican logs meanwhile.

    Pelican counts the messages it has shown in a class, for the life of the process: without a fresh count the second
    build of a server would say nothing.
    """
    LimitFilter._raised_messages.clear()  # noqa: SLF001 (there is no other way to start anew)
    LimitFilter._group_count.clear()  # noqa: SLF001
    logger = logging.getLogger("pelican")
    listener = _Listener(ledger, root, ours=ours)
    before = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(listener)
