"""What the launcher adds to a task: `./alcatraz --version` against the program of its environment, run in turn.

./alcatraz bench launcher
"""

from __future__ import annotations

import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 30


def seconds(command: list[str]) -> float:
    """How long a command takes, as a whole process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own program)
    return time.perf_counter() - started


def main() -> None:
    """Prints the medians, their difference and their ratio."""
    launcher = [str(ROOT / "alcatraz"), "--version"]
    program = [str(ROOT / ".venv" / "bin" / "python"), "-m", "alcatraz", "--version"]
    times = [(seconds(launcher), seconds(program)) for _ in range(RUNS)]
    with_it, without = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"with the launcher {with_it * 1000:.0f} ms, without {without * 1000:.0f} ms: {(with_it - without) * 1000:.0f} ms more")
    print(f"ratio {with_it / without:.2f} (medians of {RUNS} runs in turn)")


if __name__ == "__main__":
    main()
