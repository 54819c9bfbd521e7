"""Processes that are forks of this one, and work for it."""

from __future__ import annotations

import contextlib
import os
import signal

__all__ = ["end"]


def end(pid: int) -> None:
    """Ends a child, wherever it is in its work, so that nothing is left of it; one that has ended already, too."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
