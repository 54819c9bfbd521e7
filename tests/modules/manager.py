"""A user's own systemd, with real units in it, on a machine that need not run systemd: for root, in namespaces of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["HOME", "USER", "Manager", "free_ports", "manager"]

HERE = Path(__file__).parent
HOME = Path("/home/ada")  # as the units see it
USER = 4711
PROGRAMS = ("/lib/systemd/systemd", "setpriv", "systemctl", "unshare")
# No journal is there to read: what a unit says is in a file of its name.
LOGGED = f"[Service]\nStandardOutput=append:{HOME}/log/%N\nStandardError=inherit\n"


@dataclass(frozen=True)
class Manager:
    """A manager that runs; `home` is the folder that its user has for HOME, seen from outside."""

    home: Path
    process: subprocess.Popen[bytes]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs a command as that user, beside the units."""
        entered = ["nsenter", f"--target={self.process.pid}", "--mount"]
        user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
        clean = ["env", "--ignore-environment", f"HOME={HOME}", f"XDG_RUNTIME_DIR=/run/user/{USER}", "PATH=/usr/bin:/bin"]
        return subprocess.run([*entered, *user, *clean, *command], capture_output=True, text=True, check=False, timeout=60)

    def systemctl(self, *words: str) -> str:
        """What `systemctl --user` prints, whether or not it has succeeded."""
        done = self.run("systemctl", "--user", "--no-pager", *words)
        return done.stdout + done.stderr

    def show(self, unit: str, name: str) -> str:
        """A property of a unit."""
        return self.systemctl("show", f"--property={name}", "--value", unit).strip()

    def said(self, unit: str) -> str:
        """What a service has printed so far, in all of its runs."""
        log = self.home / "log" / unit
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def override(self, unit: str, text: str) -> None:
        """Adds to a unit, as `systemctl edit` does, or to all of a kind; of two files with one name, systemd would read one."""
        folder = self.home / ".config/systemd/user" / f"{unit}.d"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"for-{unit}.conf").write_text(text, encoding="utf-8")
        self.systemctl("daemon-reload")

    def reset(self, units: str) -> None:
        """Ends the units of these names, and forgets what has become of them, what they have said, and what was added to them."""
        self.systemctl("stop", units)
        for path in (self.home / ".config/systemd/user").glob(f"{units}.d"):
            shutil.rmtree(path)
        for path in (self.home / "log").glob(units):
            path.unlink()
        self.systemctl("daemon-reload")
        self.systemctl("reset-failed")


def free_ports(number: int) -> int:
    """The first of so many ports, one after another, that nobody has now."""
    for first in range(20000 + os.getpid() % 10000, 32000, number):
        with ExitStack() as held:
            try:
                for port in range(first, first + number):
                    held.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                continue
            return first
    raise AssertionError("no port is free")


@contextmanager
def manager(home: Path, exposed: Sequence[Path]) -> Iterator[Manager]:
    """A user's systemd with the units of `home`/.config/systemd/user; `exposed` are folders that they must be able to read."""
    if os.geteuid() or any(shutil.which(name) is None for name in PROGRAMS):
        lacking("systemd's manager of a user, and root to start one")
    (home / "log").mkdir(exist_ok=True)
    command = ["unshare", "--mount", "bash", str(HERE / "manager.sh"), str(home), str(USER), *map(str, exposed)]
    with (home / "manager.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        running = Manager(home, process)
        try:
            running.override("service", LOGGED)
            deadline = time.monotonic() + 20
            while running.systemctl("is-system-running").strip() not in {"running", "degraded"}:
                if process.poll() is not None or time.monotonic() > deadline:
                    lacking(f"systemd's manager of a user ({(home / 'manager.log').read_text(encoding='utf-8').strip()})")
                time.sleep(0.05)
            yield running
        finally:
            process.terminate()
