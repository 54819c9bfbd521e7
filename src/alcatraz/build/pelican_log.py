"""Pelican's log as findings: what it warns of is shown with everything else, and an error of its ends the build."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from pelican.log import LimitFilter

from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alcatraz.build.ledger import Ledger

__all__ = ["listening"]


# Two posts with one slug: alcatraz.build.addresses says it with both files and what to do.
SAID_BETTER = ("There are %s items", "There are %s original")


class _Listener(logging.Handler):
    def __init__(self, ledger: Ledger) -> None:
        super().__init__(logging.WARNING)
        self._ledger = ledger

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(SAID_BETTER):
            return
        message = " ".join(record.getMessage().split())
        if record.exc_info and record.exc_info[1]:
            message = f"{message}: {record.exc_info[1]}"
        finding = Finding("pelicanconf.py", 0, "pelican", message, "see Pelican's documentation")
        (self._ledger.errors if record.levelno >= logging.ERROR else self._ledger.findings).append(finding)


@contextlib.contextmanager
def listening(ledger: Ledger) -> Iterator[None]:
    """Collects what Pelican logs meanwhile.

    Pelican counts the messages it has shown in a class, for the life of the process: without a fresh count the second
    build of a server would say nothing.
    """
    LimitFilter._raised_messages.clear()  # noqa: SLF001 (there is no other way to start anew)
    LimitFilter._group_count.clear()  # noqa: SLF001
    logger = logging.getLogger("pelican")
    listener = _Listener(ledger)
    before = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(listener)
