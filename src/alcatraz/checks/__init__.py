"""The checks of a built site: one file a check, one registry, one report.

built = Built(output, siteurl, sources, findings, nu=find_nu(root, setting))
result = run(built, names)
render(result, "text", console)
exit code: result.exit_code
"""

from __future__ import annotations

from alcatraz.checks.nu import Nu, find_nu
from alcatraz.checks.registry import CHECKS, Outcome, Result, run
from alcatraz.checks.report import FORMATS, render, summary
from alcatraz.checks.rules import Rule
from alcatraz.checks.site import Built

__all__ = ["CHECKS", "FORMATS", "Built", "Nu", "Outcome", "Result", "Rule", "find_nu", "render", "run", "summary"]
