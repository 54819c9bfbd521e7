"""`test`, `lint`, `golden` and `bench`: working on the engine itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from invoke.tasks import task

from alcatraz import surroundings

if TYPE_CHECKING:
    from invoke.context import Context

__all__ = ["bench", "golden", "lint", "test"]


@task(help={"only": "run the tests whose names match this", "verbose": "name every test"})
def test(context: Context, only: str = "", verbose: bool = False) -> None:
    """Run every test of the code."""
    arguments = [
        "-m",
        "pytest",
        "--numprocesses=auto",
        "--dist=loadscope",
        *(["-k", only] if only else []),
        *(["-v"] if verbose else ["-q"]),
    ]
    _run(context, arguments)


@task(help={"fix": "format, and mend what can be mended, instead of only telling"})
def lint(context: Context, fix: bool = False) -> None:
    """Check format, rules and types: ruff format, ruff check, mypy --strict."""
    _run(context, ["-m", "ruff", "format", *([] if fix else ["--check"]), "."])
    _run(context, ["-m", "ruff", "check", *(["--fix"] if fix else []), "."])
    _run(context, ["-m", "mypy"])


@task(help={"what": "the name of a file in bench/, without its ending"})
def bench(context: Context, what: str) -> None:
    """Measure something, as ratios within one run."""
    _run(context, ["-m", f"bench.{what}"])


@task
def golden(context: Context) -> None:
    """Write the fixture blog's expected output anew; look at the difference before you commit it."""
    _run(context, ["-m", "tests.golden"])


def _run(context: Context, arguments: list[str]) -> None:
    import shlex

    with context.cd(str(surroundings.blog_root())):
        context.run(shlex.join([sys.executable, *arguments]), pty=False)
