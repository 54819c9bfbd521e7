"""The check of the content: what the build found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alcatraz.checks.site import Site
    from alcatraz.findings import Finding

__all__ = ["check_content"]


def check_content(site: Site) -> Iterable[Finding]:
    """The build's own findings: it alone sees the files as the author wrote them."""
    return site.built.findings
