"""`test`, `lint`, `golden` and `bench`: working on the engine itself."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from invoke.tasks import task

from alcatraz import surroundings
from alcatraz.errors import UsageError

if TYPE_CHECKING:
    from invoke.context import Context

__all__ = ["bench", "formatting", "golden", "lint", "test"]

NIX = ("", "modules", "nix", "templates", "tests")  # folders with files in Nix's language


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


@task(help={"fix": "format, instead of only telling"})
def formatting(context: Context, fix: bool = False) -> None:
    """Check the format of Python and, where nixfmt is at hand, of Nix."""
    _run(context, ["-m", "ruff", "format", *([] if fix else ["--check"]), "."])
    if nixfmt := shutil.which("nixfmt"):
        root = surroundings.blog_root()
        files = sorted(str(path) for folder in NIX for path in (root / folder).glob("**/*.nix" if folder else "*.nix"))
        _run(context, [*([] if fix else ["--check"]), *files], program=nixfmt)


@task(help={"fix": "format, and mend what can be mended, instead of only telling"})
def lint(context: Context, fix: bool = False) -> None:
    """Check format, rules and types: ruff format, nixfmt, ruff check, mypy --strict."""
    formatting(context, fix)
    _run(context, ["-m", "ruff", "check", *(["--fix"] if fix else []), "."])
    _run(context, ["-m", "mypy"])


@task(
    help={
        "what": "`launcher`, `nix` or `speed`; the flags are for `speed`",
        "posts": "how many posts the blog has (default: 1000)",
        "against": "which generators to measure beside ours (default: hugo,pelican,eleventy)",
        "runs": "how often each thing is done (default: 5)",
        "curve": "builds by numbers of posts, from 100 to 10,000, and nothing else",
        "folder": "the folder to work in (default: one in memory, where there is any)",
        "docs": "write the results into docs/speed.md",
    }
)
def bench(
    context: Context,
    what: str,
    *,
    posts: int = 0,
    against: str = "",
    runs: int = 0,
    curve: bool = False,
    folder: str = "",
    docs: bool = False,
) -> None:
    """Measure something, as ratios within one run."""
    given = {"posts": posts, "against": against, "runs": runs, "folder": folder and surroundings.caller_path(folder)}
    flags = [*(f"--{name}={value}" for name, value in given.items() if value), *["--curve"] * curve, *["--docs"] * docs]
    if flags and what != "speed":
        raise UsageError(f"`bench {what}` has no flags", remedy="leave them out; they are for `bench speed`")
    _run(context, ["-m", f"bench.{what}", *flags])


@task
def golden(context: Context) -> None:
    """Write the fixture blog's expected output and docs/options.md anew; look at the difference before you commit it."""
    _run(context, ["-m", "tests.golden"])


def _run(context: Context, arguments: list[str], program: str = sys.executable) -> None:
    import shlex

    with context.cd(str(surroundings.blog_root())):
        context.run(shlex.join([program, *arguments]), pty=False)
