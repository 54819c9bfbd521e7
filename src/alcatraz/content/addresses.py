"""What of a post becomes part of its address: its slug."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pelican import utils

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["made_slug", "slug_fault", "slug_of"]

# Marks that stand in a path, in HTML and in a file's name as they are (RFC 3986, section 2.3, without the tilde).
PLAIN = re.compile(r"[\w.-]*[\w-][\w.-]*")  # not `.` or `..`


def made_slug(name: str, settings: Mapping[str, Any], kind: str = "SLUG") -> str:
    """The slug that Pelican makes of a name; "" where it has no letter or digit. `kind` may be TAG or CATEGORY."""
    slug: str = utils.slugify(
        name,
        regex_subs=settings.get(f"{kind}_REGEX_SUBSTITUTIONS", settings["SLUG_REGEX_SUBSTITUTIONS"]),
        preserve_case=settings["SLUGIFY_PRESERVE_CASE"],
        use_unicode=settings["SLUGIFY_USE_UNICODE"],
    )
    return slug


def slug_of(path: Path, settings: Mapping[str, Any]) -> str:
    """The slug of a post that gives none: a bundle has its folder's name, a single file its own; plain names stay."""
    name = path.parent.name if path.stem == "index" else path.stem
    return name if _is_plain(name, settings) else made_slug(name, settings)


def slug_fault(slug: str, settings: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with a slug, and what to do; None where it fits into an address as it is."""
    if _is_plain(slug, settings):
        return None
    better = made_slug(slug, settings)
    return (
        f"`slug` is {slug!r}, which does not fit into an address",
        f"write `slug: {better}`" if better else "write `slug: …` with letters, digits and hyphens",
    )


def _is_plain(slug: str, settings: Mapping[str, Any]) -> bool:
    return bool(PLAIN.fullmatch(slug)) and (slug.isascii() or settings["SLUGIFY_USE_UNICODE"])
