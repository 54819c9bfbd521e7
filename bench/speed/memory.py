"""The memory that a process and all that it starts take together, at the worst moment.

Summed PSS: a page that several processes share counts once, a share to each.
Source: proc_pid_smaps(5), https://www.man7.org/linux/man-pages/man5/proc_pid_smaps.5.html
"""

from __future__ import annotations

import re
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bench.speed.workshop import FailedError

if TYPE_CHECKING:
    from bench.speed.workshop import Site

__all__ = ["is_measurable", "peak"]

PROC = Path("/proc")
PAUSE = 0.02  # seconds between two looks; each costs the process some time, so no build is timed meanwhile
PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def is_measurable() -> bool:
    """Whether this system tells: Linux does."""
    return (PROC / "self" / "smaps_rollup").is_file()


def peak(site: Site) -> float:
    """Megabytes (2**20 bytes) at the worst moment of a first build. Raises FailedError."""
    site.forget()
    most, status = 0, None
    with site.running(site.generator.build) as process:
        while status is None:
            most = max(most, sum(map(_pss, _session(process.pid))))
            with suppress(subprocess.TimeoutExpired):
                status = process.wait(PAUSE)
    if status:
        raise FailedError(f"{site.generator.name} ended with status {status}: {site.told()}")
    return most / 1024


def _session(leader: int) -> list[int]:
    """The processes of a session. Whom nobody waits for any more has another parent, and still the same session."""
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):  # it has ended since
                fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
                if int(fields[3]) == leader:  # after the name: state, parent, group, session
                    found.append(int(entry.name))
    return found


def _pss(process: int) -> int:
    """Kilobytes."""
    with suppress(OSError):
        if told := PSS.search((PROC / str(process) / "smaps_rollup").read_text(encoding="ascii")):
            return int(told[1])
    return 0
