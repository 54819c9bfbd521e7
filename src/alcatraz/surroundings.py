"""The one place that reads what is around a build: clock, environment, working directory, terminal.

Everything else is given these as values, so that a build is a function of its arguments.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from alcatraz.errors import UsageError

__all__ = [
    "SETTINGS_FILE",
    "blog_root",
    "caller_path",
    "editor",
    "inside_blog",
    "is_ci",
    "is_interactive",
    "is_launched_for",
    "moment",
    "now",
    "outside_blogs",
    "passed_descriptors",
    "preferences_file",
    "program",
    "stand_in",
    "unknown_to_git",
]

SETTINGS_FILE = "pelicanconf.py"


def now() -> datetime:
    """The moment a build is for: SOURCE_DATE_EPOCH where it is set, else the clock. In UTC, whole seconds.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, which is not a number of seconds",
            remedy='set it to a whole number, as in `SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)"`, or unset it',
        ) from error


def moment(text: str | None) -> datetime:
    """The moment that `--now` names (RFC 3339, with an offset), or `now()` where it names none."""
    if not text:
        return now()
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        when = None
    if when is None or when.tzinfo is None:
        raise UsageError(f"--now is {text!r}, which is not a moment with an offset from UTC", remedy="write --now=2026-11-22T06:30:00Z")
    return when.astimezone(UTC)


def blog_root() -> Path:
    """The folder of the blog: the launcher's, else the nearest one upwards that has a settings file."""
    if given := os.environ.get("ALCATRAZ_ROOT"):
        return Path(given)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise UsageError(
        f"there is no blog here: neither {here} nor a folder above it has a {SETTINGS_FILE}",
        remedy="go to your blog's folder, or make a blog with `alcatraz init DIR`",
    )


def is_launched_for(root: Path) -> bool:
    """Whether this program was started for the blog in this folder: by its launcher, or by one that knows the blog's name."""
    given = os.environ.get("ALCATRAZ_ROOT")
    return bool(given) and Path(given or "").resolve() == root.resolve()


def stand_in(root: Path) -> None:
    """Makes the blog in this folder the one that tasks are for, whatever folder this program was started in."""
    os.environ["ALCATRAZ_ROOT"] = str(root)


def program() -> Path:
    """The file that this program was started as, without symbolic links."""
    return Path(sys.argv[0]).resolve()


def inside_blog(root: Path) -> dict[str, str]:
    """The environment for another program that is to work on the blog in this folder."""
    return {**os.environ, "ALCATRAZ_ROOT": str(root)}


def outside_blogs() -> dict[str, str]:
    """The environment for another blog's launcher, which says for itself where it is."""
    return {name: value for name, value in os.environ.items() if name != "ALCATRAZ_ROOT"}


def preferences_file() -> Path:
    """The file with what a person says for all of their blogs.

    Source: https://specifications.freedesktop.org/basedir-spec/latest/, by which a relative XDG_CONFIG_HOME does not count.
    """
    given = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(given if Path(given).is_absolute() else os.path.expanduser("~/.config"))  # noqa: PTH111 (Path's own raises without a home)
    return folder / "alcatraz" / "config.toml"


def caller_path(text: str) -> Path:
    """A path from the command line, relative to the folder the command was given in."""
    return Path.cwd() / Path(text).expanduser()


def editor() -> list[str] | None:
    """The author's editor as a command, from VISUAL or EDITOR; None where neither is set."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    return shlex.split(command) if command else None


def unknown_to_git(root: Path, folder: Path) -> list[str]:
    """The files below `folder` that are in no commit and not to be, relative to `root`; none where there is no git to ask."""
    git = shutil.which("git")
    if git is None:
        return []
    command = [git, "-C", str(root), "ls-files", "-z", "--others", "--exclude-standard", "--", str(folder)]
    listed = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (git, with paths for arguments)
    return sorted(filter(None, listed.stdout.split("\0"))) if listed.returncode == 0 else []


def outside_repositories() -> dict[str, str]:
    """The environment for git, speaking plainly and without what a hook has: which repository, index and work tree it is for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(("GIT_CONFIG", "GIT_SSH"))}
    return kept | {"LC_ALL": "C"}


def passed_descriptors() -> list[int]:
    """The sockets this process was started with, by their descriptors (socket activation); programs it starts hear nothing of them.

    Source: sd_listen_fds(3), https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html
    """
    first = 3  # SD_LISTEN_FDS_START
    owner, number, *_ = (os.environ.pop(name, "") for name in ("LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PIDFDID"))
    if owner != str(os.getpid()):  # they were for the program that started this one
        return []
    if not re.fullmatch("[0-9]{1,9}", number):
        raise UsageError(f"LISTEN_FDS is {number!r}, which is not a number of sockets", remedy="start this by a socket unit")
    return list(range(first, first + int(number)))


def is_ci() -> bool:
    """Whether nobody watches: continuous integration sets CI."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def is_interactive() -> bool:
    """Whether a person sits at both ends: the input and the output are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()
