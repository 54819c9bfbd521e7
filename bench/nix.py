"""What Nix adds: entering the shell, building when nothing has changed, and building after an edit, against the launcher.

    ./alcatraz bench nix

Over the stand-ins of tests/nix, so that it can be measured wherever Nix is; the first builds are not counted.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.nix.nix import prepare
from tests.nix.project import COMMITTED, ROOT, copied

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
POST = "content/posts/who-wrote-this/index.md"


def median(action: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """The median of the seconds that an action takes; `before` is not counted."""
    times = []
    for _ in range(RUNS):
        before()
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Prints each figure beside what it is held to."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "stand-ins").mkdir()
        (folder / "project").mkdir()
        project = copied(folder / "project", prepare(folder / "stand-ins"))
        launcher = [str(ROOT / "alcatraz"), "build", "--strict", f"--now={COMMITTED}", f"--output={folder / 'site'}"]

        def build() -> None:
            project.nix("build", "--no-link", attribute="site")

        def launch() -> None:
            subprocess.run(launcher, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own program)

        def edit() -> None:
            project.append(POST, "\nA sentence more.\n")

        def evaluate() -> None:
            project.drv("site")

        project.append("LICENSE", "\n")  # a tree with changes has no revision, which would be another one on each machine
        project.nix("build", "--out-link", str(folder / "sealed"), attribute="site")
        query = ["nix-store", "--query", "--hash", str((folder / "sealed").resolve())]
        told = subprocess.run(query, env=project.stand_ins.environment, check=True, capture_output=True, text=True)  # noqa: S603 (as above)
        print(f"the site of this checkout, the same on every machine: {told.stdout.strip()}")
        project.nix("develop", "-c", "true")
        shell = median(lambda: project.nix("develop", "-c", "true"))
        nothing = median(build)
        edited = median(build, before=edit)
        evaluated = median(evaluate, before=edit)
        launched = median(launch)
        print(f"nix develop -c true, warm: {shell:.2f} s (at most 1)")
        print(f"nix build, nothing changed: {nothing:.2f} s (at most 0.5)")
        print(f"nix build, one post edited: {edited:.2f} s, of which {evaluated:.2f} s evaluate")
        print(
            f"./alcatraz build: {launched:.2f} s; the site's derivation takes {(edited - evaluated) / launched:.2f} times that (at most 1.3)"
        )
        print(f"(medians of {RUNS} runs)")


if __name__ == "__main__":
    main()
