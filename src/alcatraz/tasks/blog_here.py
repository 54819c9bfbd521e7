"""From the words of a command line to a request: the blog in this folder, at this moment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz import surroundings
from alcatraz.errors import UsageError

if TYPE_CHECKING:
    from alcatraz.build import Request

__all__ = ["here"]


def here(
    *,
    output: str = "",
    settings: str = "",
    now: str = "",
    drafts: bool = False,
    search: bool = True,
    strict: bool = False,
    site_url: str = "",
    revision: str = "",
    images: str = "",
    cache: bool = True,
) -> Request:
    """The request that a task's arguments describe; an empty argument means the blog's own choice."""
    from alcatraz.build import Request
    from alcatraz.settings import address_fault, read

    root = surroundings.blog_root()
    overrides: dict[str, Any] = {}
    if site_url:
        if fault := address_fault(site_url):
            raise UsageError(f"--site-url {fault[0]}", remedy=fault[1])
        overrides["SITEURL"] = site_url
    if revision:
        overrides["REVISION"] = revision
    values = read(root, surroundings.caller_path(settings) if settings else None, overrides)
    return Request(
        settings=values,
        now=surroundings.moment(now),
        output=surroundings.caller_path(output) if output else Path(values["OUTPUT_PATH"]),
        drafts=drafts,
        search=search,
        images=surroundings.caller_path(images) if images else None,
        strict=strict or surroundings.is_ci(),
        cache=root / ".alcatraz" / "cache" if cache else None,
    )
