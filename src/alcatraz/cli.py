"""The program: Invoke's, with the tasks of the blog it stands in."""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.collection import Collection
from invoke.exceptions import CollectionNotFound, Exit, ParseError
from invoke.loader import FilesystemLoader
from invoke.program import Program

from alcatraz import __version__, bytecode, surroundings
from alcatraz.completion import script
from alcatraz.errors import AlcatrazError, RefusedError, UsageError
from alcatraz.tasks import namespace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invoke.parser import Parser

__all__ = ["main"]

OPTIONS = [
    ("--blog=NAME", "Before all others: the blog of that name, from any folder. Names are in ~/.config/alcatraz/config.toml."),
    ("--help=TASK", "Explain a task and its flags."),
    ("--list", "List the tasks."),
    ("--print-completion-script=SHELL", "What bash, zsh or fish is to read to complete tasks and flags."),
    ("--version", "Show the version."),
]


COMPLETE = ["--complete", "--", "alcatraz"]  # as completion.py has shells ask
HELP = frozenset({"-h", "--help"})


class _Program(Program):
    """Invoke's program, with our kind of sentence for a task or flag that is not there."""

    def parse_core(self, argv: list[str] | None) -> None:
        """Without what Invoke does to Python meanwhile: it would keep nothing compiled of all that is imported from here on."""
        before = sys.dont_write_bytecode
        try:
            super().parse_core(argv)
        finally:
            sys.dont_write_bytecode = before

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
        """Raises UsageError for what the command line asks in vain.

        Whoever asks a task for help gets it: Invoke would take `-h` for a task's argument where one is still to come.
        """
        words = self.core.unparsed
        if not HELP.isdisjoint(words) and words[0] in self.collection:
            self.args.help.value = words[0]
            self.core.unparsed = []
        try:
            super().parse_tasks()
        except ValueError as error:  # Invoke's own words for a number that is none
            raise self._no_number(str(error)) from error
        except ParseError as error:
            raise self._not_understood(str(error)) from error

    def _make_parser(self) -> Parser:
        """Invoke gives each flag the first letter of its that is free; `-h` is help for every task, whatever its flags."""
        parser = super()._make_parser()
        for context in parser.contexts.values():
            for names, letter in ((context.args, "h"), (context.flags, "-h")):
                if letter in names.aliases:
                    names.unalias(letter)
        return parser

    def _no_number(self, said: str) -> UsageError:
        value = said.rpartition(": ")[2].strip("'")
        words = [part for word in self.argv for part in word.split("=", 1)]
        flag = next((before for before, word in pairwise(words) if word == value and before.startswith("-")), "a flag")
        return UsageError(f"{flag} is {value!r}, which is no number", remedy="write one, in digits")

    def _not_understood(self, said: str) -> UsageError:
        explain = "`alcatraz --help TASK` explains a task"
        words = re.findall(r"'([^']+)'", said)
        word = words[0] if words else ""
        if "No idea what" in said and word.partition("=")[0] == "--blog":
            return UsageError("--blog stands before the task, and before all other options", remedy="write `alcatraz --blog NAME TASK`")
        if "No idea what" in said and word.startswith("-"):
            return UsageError(f"there is no flag `{word}`", remedy="`alcatraz --help TASK` lists a task's flags")
        if "No idea what" in said:
            near = difflib.get_close_matches(word, self.collection.task_names, n=1)
            return UsageError(
                f"there is no task `{word}`", remedy=f"did you mean `{near[0]}`?" if near else "`alcatraz --list` lists the tasks"
            )
        if "positional arguments" in said:  # what ends in "_" would be a word of Python's without, and is written as a flag
            lacking = " and ".join(_flag(name) if name.endswith("_") else repr(name) for name in words[1:])
            return UsageError(f"`{word}` needs {lacking}", remedy=f"`alcatraz --help {word}` explains it")
        if flag := re.match(r"Flag <Argument: (\S+?)[ >].* needed value", said):
            return UsageError(f"{_flag(flag[1])} needs a value", remedy=explain)
        return UsageError(said.rstrip(".!"), remedy=explain)

    def execute(self) -> None:
        """Runs every task that is named; one that found something has left the exit status in the configuration."""
        super().execute()
        if code := self.config.get("exit_code"):
            raise Exit(code=code)


def _flag(name: str) -> str:
    return f"--{name.rstrip('_').replace('_', '-')}"


def main(argv: Sequence[str] | None = None) -> None:
    """Runs the tasks that the command line names. Exit status: 0, or 1 with one sentence about what to do; 75 where it may pass."""
    try:
        words = _for_named_blog(list(sys.argv[1:] if argv is None else argv))
        program = _Program(version=__version__, namespace=blog_tasks(), name="alcatraz", binary="alcatraz")
        try:
            program.run(["alcatraz", *words])
        finally:
            sys.stdout.flush()  # here, where a reader that has gone can still be dealt with
    except RefusedError as error:
        for finding in error.findings:
            print(finding, file=sys.stderr)
        sys.exit(f"alcatraz: {error}")
    except AlcatrazError as error:
        print(f"alcatraz: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # whoever reads has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be flushed goes nowhere
        sys.exit(141)


def _for_named_blog(words: list[str]) -> list[str]:
    """The command line without its `--blog NAME`, of which this program has taken notice, or which has become another's.

    Not by Invoke: which tasks there are depends on the blog.
    """
    asked = COMPLETE if words[: len(COMPLETE)] == COMPLETE else []  # a shell asks what could follow
    option, *rest = words[len(asked) :] or [""]
    if asked and not rest and option.startswith("-") and "--blog".startswith(option):
        print("--blog")  # and Invoke's own after it
    option, is_joined, name = option.partition("=")
    if option != "--blog":
        return words
    from alcatraz.blog import named

    if not is_joined:
        if asked and len(rest) < 2:
            print("\n".join(named.names()))
            sys.exit()
        name, *rest = rest or [""]
    if not name or name.startswith("-"):
        raise UsageError("--blog needs a name", remedy="write `alcatraz --blog NAME TASK`")
    words = [*asked, *rest]
    named.go(name, words)
    return words


def blog_tasks() -> Collection:
    """Our tasks, and those of the blog's own tasks.py: by the names that it gives them where it begins with ours.

    A tasks.py that knows nothing of us, such as the one that `pelican-quickstart` writes, has a `build` of its own, which is
    for `invoke build`; of that only those are added that have a name of their own.
    """
    try:
        root = surroundings.blog_root().absolute()
    except UsageError:
        return namespace()
    if not (root / "tasks.py").is_file():
        return namespace()
    try:
        # From the blog's folder, wherever the caller is: the tasks.py of `pelican-quickstart` reads "pelicanconf.py" right away.
        with bytecode.none_kept(), contextlib.chdir(root):
            module, _ = FilesystemLoader(start=str(root)).load("tasks")
    except CollectionNotFound:
        return namespace()
    except Exception as error:
        raise UsageError(
            f"tasks.py does not run ({type(error).__name__}: {error})", where=str(Path(root, "tasks.py")), remedy="mend it"
        ) from error
    theirs, ours = Collection.from_module(module, loaded_from=str(root)), namespace()
    if set(ours.task_names) <= set(theirs.task_names):
        return theirs
    for name in theirs.tasks.keys() - ours.tasks.keys():
        ours.add_task(theirs.tasks[name])
    return ours
