"""The Nu HTML Checker (https://validator.github.io/validator/): where it is, and what it says of a folder of pages."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from alcatraz.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Fault", "Nu", "find_nu"]

JAR = "vnu-jar/build/dist/vnu.jar"

# What it says of CSS is left out, because its CSS validator lags behind the language (@container, text-box), and so is what
# rules of our own say with their own remedy.
SAID_ELSEWHERE = (
    r"CSS: .*"
    r"|Duplicate ID .*"
    r"|An “img” element must have an “alt” attribute.*"
    r"|Element “head” is missing a required instance of child element “title”.*"
    r"|Element “title” must not be empty.*"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a validator says of a page: `extract` is the HTML around the place."""

    path: str
    line: int
    message: str
    extract: str


@dataclass(frozen=True, slots=True)
class Nu:
    """The checker: a Java program and the jar that it runs."""

    java: str
    jar: Path

    def faults(self, folder: Path) -> Iterator[Fault]:
        """Every error in the .html files below `folder`, by one run of the JVM. Raises ToolError where it does not run."""
        root = folder.resolve()  # in the form in which it names files, so that none is lost behind a symbolic link
        # PerfData is a file below /tmp for each run, for programs that look on.
        command = [
            self.java,
            "-XX:-UsePerfData",
            "-jar",
            str(self.jar),
            "--format",
            "json",
            "--errors-only",
            "--exit-zero-always",
            "--stdout",
        ]
        command += ["--filterpattern", SAID_ELSEWHERE, "--skip-non-html", str(root)]
        # Without a UTF-8 locale Java cannot open files whose names are not ASCII.
        done = subprocess.run(command, capture_output=True, env={"LC_ALL": "C.UTF-8"}, check=False)  # noqa: S603 (no shell)
        try:
            messages = json.loads(done.stdout)["messages"]
        except (ValueError, KeyError) as error:
            said = (done.stderr.strip() or done.stdout).decode(errors="replace").strip().splitlines() or [f"exit status {done.returncode}"]
            raise ToolError(
                f"the Nu HTML Checker did not run ({said[-1]})",
                where=str(self.jar),
                remedy="it needs Java 17 or newer, and that memory may be made executable (systemd's MemoryDenyWriteExecute=no)",
            ) from error
        for message in messages:
            place = Path(unquote(urlsplit(message.get("url", "")).path))
            path = place.relative_to(root).as_posix() if place.is_relative_to(root) else place.as_posix()
            yield Fault(path, message.get("lastLine", 0), message["message"], message.get("extract", ""))


def find_nu(root: Path, setting: str | None = None) -> Nu | None:
    """The checker of the npm package `vnu-jar`, where it and Java are at hand.

    The jar is the one that `setting` (VNU_JAR) names, else the one of node_modules in the blog's folder `root`, else that of
    npm's global packages, where their programs are on the PATH. Raises ToolError where the setting names no file.
    """
    if setting and not (root / setting).is_file():
        raise ToolError("VNU_JAR names a file that is not there", where=setting, remedy="correct it or take it out")
    java = shutil.which("java")
    if java is None:
        return None
    places = [root / setting] if setting else [root / "node_modules" / JAR, *_global_jars()]
    return next((Nu(java, jar) for jar in places if jar.is_file()), None)


def _global_jars() -> Iterator[Path]:
    """Beside the program of the package, which older ones do not have, and beside npm.

    npm itself is not asked: it takes half a second, leaves a log in the home folder, and is ended with a core dump where no
    memory may be made executable.
    """
    for program, depth in (("vnu", 1), ("npm", 2)):
        if found := shutil.which(program):
            yield from (folder / JAR for folder in Path(found).resolve().parents[depth : depth + 1])
