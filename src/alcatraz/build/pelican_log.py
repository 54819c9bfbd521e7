"""Pelican's log as findings: what it warns of is shown with everything else, and an error of its ends the build."""

from __future__ import annotations

import contextlib
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pelican.log import LimitFilter

from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alcatraz.ledger import Ledger

__all__ = ["listening", "say_again"]


# Two posts with one slug, pictures without words, links to nothing: our own findings say these with line and remedy.
# And what no author can mend: Docutils has few languages, and says so of a blog without any reStructuredText too.
UNSAID = (
    "There are %s items",
    "There are %s original",
    "Empty alt attribute",
    "Cannot get modification stamp",
    "Docutils has no localization",
)


UNREADABLE = "Could not process"


class _Listener(logging.Handler):
    def __init__(self, ledger: Ledger, root: Path, content: Path, *, ours: bool) -> None:
        super().__init__(logging.WARNING)
        self._ledger = ledger
        self._root = root
        self._content = content
        self._unsaid = UNSAID if ours else ()
        self._unread: dict[str, dict[str, Finding]] = {}  # by reason and Pelican's words: ours, each time with one file more

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(self._unsaid):
            return
        # Unless it is told to debug, Pelican keeps to itself what went wrong; it is still being handled, though.
        error = (record.exc_info or sys.exc_info())[1] if record.levelno >= logging.ERROR else None
        if error is not None and str(record.msg).startswith(UNREADABLE):
            self._unreadable(self._file(record), record.getMessage(), error)
            return
        message = self._short(record.getMessage())
        if error is not None:
            message = f"{message} ({self._reason(error)})"
        finding = Finding(self._file(record), 0, "pelican", message, "Pelican says no more than that")
        (self._ledger.errors if record.levelno >= logging.ERROR else self._ledger.findings).append(finding)

    def _unreadable(self, file: str, text: str, error: BaseException) -> None:
        """What keeps Pelican from a file is more often in the settings than in the file, so it is told once, with a count."""
        reason = self._reason(error)
        before = self._unread.setdefault(reason, {})
        if text in before:  # a plugin that builds the site once more for each language, and meets it there again
            return
        if before:
            last = list(before.values())[-1]
            file = last.path
            for said in (self._ledger.errors, self._ledger.findings):  # where it is by now
                if last in said:
                    said.remove(last)
        more = f" and {len(before)} more" if before else ""
        message = f"Pelican cannot process this file{more}: {reason}"
        remedy = "mend that in the file, or the setting that asks for it"
        before[text] = Finding(file, 0, "pelican", message, remedy)
        self._ledger.errors.append(before[text])

    def _reason(self, error: BaseException) -> str:
        kind = type(error)
        name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
        return self._short(f"{name}: {error}")

    def _short(self, text: str) -> str:
        return " ".join(text.split()).replace(f"{self._root}/", "")

    def _file(self, record: logging.LogRecord) -> str:
        """The file that a message is about, where it names one of the blog's."""
        for argument in record.args if isinstance(record.args, tuple) else ():
            path = Path(str(argument))
            for place in (path, self._content / path):
                if place.is_absolute() and place.is_relative_to(self._root) and place.is_file():
                    return place.relative_to(self._root).as_posix()
        return "pelicanconf.py"


def say_again() -> None:
    """Has Pelican say what it has said before, which it would not: that one page has it does not tell whether another does."""
    LimitFilter._raised_messages.clear()  # noqa: SLF001 (there is no other way to start anew)
    LimitFilter._group_count.clear()  # noqa: SLF001


@contextlib.contextmanager
def listening(ledger: Ledger, root: Path, content: Path, *, ours: bool) -> Iterator[None]:
    """Collects what Pelican logs meanwhile of the blog in `root`, whose `content` is the folder that Pelican reads.

    Pelican counts the messages it has shown in a class, for the life of the process: without a fresh count the second
    build of a server would say nothing.
    """
    say_again()
    logger = logging.getLogger("pelican")
    listener = _Listener(ledger, root, content, ours=ours)
    before = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = before
        logger.removeHandler(listener)
