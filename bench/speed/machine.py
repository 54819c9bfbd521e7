"""The machine's line: what the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.speed.generators import Generator

__all__ = ["line", "usual_folder"]

MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of its own is made in it)


def usual_folder() -> Path | None:
    """Where a disk does not disturb the figures: a file system in memory, where there is one."""
    return MEMORY if os.access(MEMORY, os.W_OK) else None


def line(folder: Path, generators: Iterable[Generator]) -> str:
    """Processor, system, versions, and what kind of file system `folder` is on."""
    versions = dict.fromkeys(f"{generator.name} {generator.version}" for generator in generators)
    return (
        f"{_processor()}, {_cores()} cores, {platform.system()} {platform.machine()}; "
        f"CPython {platform.python_version()}; {', '.join(versions)}; on {_file_system(folder)}"
    )


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "an unnamed processor"
    name = re.search(r"^model name\s*: (.+)", told, re.MULTILINE)
    return re.sub(r"\(R\)|\(TM\)", "", name[1]) if name else platform.machine()


def _cores() -> int:
    """How many of them this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _file_system(folder: Path) -> str:
    """The type of the mount that `folder` lies on. Source: proc_pid_mounts(5)."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "a file system of this machine"
    _, kind = max((len(where), kind) for _, where, kind, *_ in mounts if folder.resolve().is_relative_to(where))
    return f"{kind} (in memory)" if kind == "tmpfs" else kind
