"""The program: Invoke's, with the tasks of the blog it stands in."""

from __future__ import annotations

import difflib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.collection import Collection
from invoke.exceptions import CollectionNotFound, Exit, ParseError
from invoke.loader import FilesystemLoader
from invoke.program import Program

from alcatraz import __version__, surroundings
from alcatraz.completion import script
from alcatraz.errors import AlcatrazError, RefusedError, UsageError
from alcatraz.tasks import namespace

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

OPTIONS = [
    ("--help=TASK", "Explain a task and its flags."),
    ("--list", "List the tasks."),
    ("--print-completion-script=SHELL", "What bash, zsh or fish is to read to complete tasks and flags."),
    ("--version", "Show the version."),
]


class _Program(Program):
    """Invoke's program, with our kind of sentence for a task or flag that is not there."""

    def parse_core_args(self) -> None:
        """Answers a shell that asks how to complete."""
        super().parse_core_args()
        if shell := self.args["print-completion-script"].value:
            print(script(str(shell)))
            raise Exit(code=0)

    def print_help(self) -> None:
        """The tasks first, then the few options that are ours. Invoke's own work too, and are for its own pages."""
        print("Usage: alcatraz TASK [--flag …]\n")
        self.list_tasks()
        print("Options:\n")
        self.print_columns(OPTIONS)
        print("The options of Invoke work as well: https://docs.pyinvoke.org/en/stable/invoke.html")

    def task_list_opener(self, extra: str = "") -> str:
        """The line above the tasks."""
        return f"Tasks{f' ({extra})' if extra else ''}"

    def parse_tasks(self) -> None:
        """Raises UsageError for what the command line asks in vain."""
        try:
            super().parse_tasks()
        except ValueError as error:  # Invoke's own words for a number that is none
            raise UsageError(str(error), remedy="`alcatraz --help TASK` lists a task's flags") from error
        except ParseError as error:
            word = next(iter(re.findall(r"'([^']+)'", str(error))), "")
            near = difflib.get_close_matches(word, self.collection.task_names, n=1)
            if "No idea what" in str(error) and word.startswith("-"):
                raise UsageError(f"there is no flag `{word}`", remedy="`alcatraz --help TASK` lists a task's flags") from error
            if "No idea what" in str(error):
                remedy = f"did you mean `{near[0]}`?" if near else "`alcatraz --list` lists the tasks"
                raise UsageError(f"there is no task `{word}`", remedy=remedy) from error
            raise UsageError(str(error).rstrip(".!"), remedy="`alcatraz --help TASK` explains a task") from error

    def execute(self) -> None:
        """Runs every task that is named; one that found something has left the exit status in the configuration."""
        super().execute()
        if code := self.config.get("exit_code"):
            raise Exit(code=code)


def main(argv: Sequence[str] | None = None) -> None:
    """Runs the tasks that the command line names. Exit status: 0, or 1 with one sentence about what to do."""
    try:
        program = _Program(version=__version__, namespace=blog_tasks(), name="alcatraz", binary="alcatraz")
        try:
            program.run(["alcatraz", *(sys.argv[1:] if argv is None else argv)])
        finally:
            sys.stdout.flush()  # here, where a reader that has gone can still be dealt with
    except RefusedError as error:
        for finding in error.findings:
            print(finding, file=sys.stderr)
        sys.exit(f"alcatraz: {error}")
    except AlcatrazError as error:
        sys.exit(f"alcatraz: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # whoever reads has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be flushed goes nowhere
        sys.exit(141)


def blog_tasks() -> Collection:
    """The tasks in the blog's own tasks.py, or ours where it has none, or where there is no blog yet."""
    try:
        root = surroundings.blog_root()
    except UsageError:
        return namespace()
    if not (root / "tasks.py").is_file():
        return namespace()
    try:
        module, _ = FilesystemLoader(start=str(root)).load("tasks")
    except CollectionNotFound:
        return namespace()
    except Exception as error:
        raise UsageError(
            f"tasks.py does not run ({type(error).__name__}: {error})", where=str(Path(root, "tasks.py")), remedy="mend it"
        ) from error
    return Collection.from_module(module, loaded_from=str(root))
