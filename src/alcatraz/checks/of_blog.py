"""The checks of a blog: built anew, in a folder of their own, and looked over."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from alcatraz.build import build, inspect
from alcatraz.checks.nu import find_nu
from alcatraz.checks.registry import CHECKS, Outcome, Result, known, run
from alcatraz.checks.site import Built
from alcatraz.errors import RefusedError
from alcatraz.settings import is_ours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alcatraz.build import Request

__all__ = ["check"]


def check(request: Request, names: Sequence[str] | None = None) -> Result:
    """Builds the blog and runs the checks named, or all. Content that cannot be built is what there is to say then.

    Raises UsageError for an unknown name, and what `build` raises but for RefusedError.
    """
    known(names or CHECKS)
    if names == ["content"]:
        return _of_content(request)
    root = request.settings["ROOT"]
    request = replace(request, output=root / ".alcatraz" / "check" / "site", strict=False)
    try:
        report = build(request)
    except RefusedError:
        return _of_content(request)
    nu = find_nu(root, request.settings.get("VNU_JAR"))
    settings = request.settings
    built = Built(request.output, settings["SITEURL"], report.sources, report.findings, nu, root, ours=is_ours(settings))
    return run(built, names)


def _of_content(request: Request) -> Result:
    started = time.perf_counter()
    findings, files = inspect(replace(request, strict=False))
    return Result((Outcome("content", files, findings, time.perf_counter() - started),))
