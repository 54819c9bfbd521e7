"""Real Nix on the project's own flake, with stand-ins for its inputs: for machines that reach nothing but the package index.

    stand_ins = prepare(folder)
    stand_ins.nix("build", "--out-link", str(folder / "site"), flake=f"{project}#site")

What that proves is the flake's own wiring, the lock's hashes, a sealed build, the same bytes twice; not that the flake is
accepted by the real nixpkgs, poetry2nix and Home Manager.
"""

from __future__ import annotations

import ensurepip
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
INPUTS = ("home-manager", "nixpkgs", "poetry2nix")

# Where the host's programs are, and what some of them need: Debian decides in /etc/alternatives what `awk` and `which` are, and
# Chromium's start script and its text rendering read the last two.
PROGRAMS = Path("/usr/bin")
SANDBOX_PATHS = ("/bin", "/usr", "/lib", "/lib64", "/etc/alternatives", "/etc/chromium.d", "/etc/fonts")

# Commands of two words, after which the flake is named.
TWO_WORDS = ("flake", "store")


class NixError(Exception):
    """Nix, or what is needed to run it, failed; the text says why."""


@dataclass(frozen=True)
class StandIns:
    """A folder with the stand-ins, filled in for this machine, and the environment in which Nix runs."""

    folder: Path
    environment: Mapping[str, str]

    def nix(self, *args: str, flake: str | Path) -> str:
        """What `nix` prints on its standard output, run on a flake (or `FLAKE#ATTRIBUTE`) over the stand-ins.

        `args` are the command and what follows the flake: `nix("develop", "-c", "true", flake=project)`. A flake that is a folder
        in git stands for the files that git knows; any other folder is copied whole at each run.
        Raises NixError with what Nix printed on its standard error, build logs included.
        """
        words = 2 if args[0] in TWO_WORDS else 1
        overrides = self._overrides()
        # Errors and build logs only: each run would warn that the inputs are not those of the lock, which is what we want.
        settings = ["--no-write-lock-file", "--print-build-logs", "--quiet", "--quiet", "--quiet"]
        command = ["nix", *args[:words], str(flake), *overrides, *settings, *args[words:]]
        done = subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NixError(f"`nix {' '.join(args)}` on {flake} ended with {done.returncode}:\n{done.stderr}{done.stdout}")
        return done.stdout

    def lock(self, flake: Path) -> None:
        """Writes the stand-ins into the lock of a flake in a folder. Raises NixError."""
        command = ["nix", "flake", "lock", str(flake), *self._overrides()]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NixError(f"{flake} can't be locked:\n{done.stderr}")

    def _overrides(self) -> list[str]:
        return [word for name in INPUTS for word in ("--override-input", name, f"path:{self.folder / name}")]


def prepare(folder: Path) -> StandIns:
    """Copies the stand-ins into `folder`, with the host's facts, and gives what runs Nix over them.

    Raises NixError where Nix, the host's CPython or pip is missing.
    """
    if shutil.which("nix") is None:
        raise NixError("nix is missing: apt-get install nix-bin nix-setup-systemd")
    for name in INPUTS:
        shutil.copytree(HERE / name, folder / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "nixpkgs" / "host.json").write_text(json.dumps(host(), indent=2), encoding="utf-8")
    return StandIns(folder, environment())


def host() -> dict[str, object]:
    """What the stand-in for nixpkgs must know of this machine: pure evaluation can't look."""
    python = PROGRAMS / "python3"
    if not python.exists():
        raise NixError(f"{python} is missing, which stands for nixpkgs' python3: apt-get install python3")
    ask = "import platform; print(platform.python_version(), platform.libc_ver()[1])"
    version, glibc = subprocess.run([python, "-I", "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    programs = sorted(path.name for path in PROGRAMS.iterdir() if os.access(path, os.X_OK))
    return {"python": version, "glibc": glibc, "programs": programs}


def environment() -> dict[str, str]:
    """The environment in which Nix runs: its settings, of which the machine's own know nothing, and the package index."""
    settings = {
        "experimental-features": "nix-command flakes",
        "flake-registry": "",
        "sandbox": "true",
        "sandbox-fallback": "false",
        "sandbox-paths": " ".join(path for path in SANDBOX_PATHS if Path(path).exists()),
        "substituters": "",
    }
    return os.environ | {
        "NIX_CONFIG": "".join(f"{name} = {value}\n" for name, value in settings.items()),
        "PYPI_INDEX": package_index(),
    }


def package_index() -> str:
    """The package index that pip is configured for on this machine, as PYPI_INDEX or pip says."""
    for variable in ("PYPI_INDEX", "PIP_INDEX_URL"):
        if os.environ.get(variable):
            return os.environ[variable]
    configured = run_pip("config", "get", "global.index-url")
    if configured.returncode == 0:
        return configured.stdout.strip()
    # pip tells its default in its help only; in lines this long it does not break it.
    default = re.search(r"--index-url <url>.*?\(default\s+(\S+)\)", run_pip("download", "--help").stdout, re.DOTALL)
    if default is None:
        raise NixError("pip does not tell which package index it uses: set PYPI_INDEX to it")
    return default[1]


def run_pip(*args: str) -> subprocess.CompletedProcess[str]:
    """Runs this Python's pip, or the one that Python brings for its virtual environments where this one has none."""
    if importlib.util.find_spec("pip"):
        pip = ["-m", "pip"]
    else:
        folder = sysconfig.get_config_var("WHEEL_PKG_DIR") or Path(ensurepip.__file__).parent / "_bundled"
        pip = [str(Path(folder) / f"pip-{ensurepip.version()}-py3-none-any.whl" / "pip")]
    wide = os.environ | {"COLUMNS": "1000", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run([sys.executable, *pip, *args], env=wide, capture_output=True, text=True, check=False)
