"""Who may see a post: everybody, those with its address, or nobody yet. In doubt it is nobody."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from alcatraz.content.frontmatter import switched
from alcatraz.errors import ContentError
from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from alcatraz.ledger import Ledger

__all__ = ["DECIDING", "decide", "doubts", "unknown_status"]

DECIDING = ("status", "draft", "unlisted")
STATUSES = ("published", "draft", "hidden", "skip")  # Pelican's


def doubts(metadata: Mapping[str, Any], lines: Mapping[str, int]) -> list[ContentError]:
    """What metadata says about who may see the post and cannot be understood; `lines` are those of its keys."""
    found = []
    status = metadata.get("status")
    if status is not None and _status(status) not in STATUSES:
        found.append(unknown_status(status, lines.get("status", 0)))
    for key in ("draft", "unlisted"):
        value = metadata.get(key)
        if value is not None and switched(value) is None:
            what = f"`{key}` is {value!r}, which is neither true nor false" if value else f"`{key}` is empty"
            found.append(ContentError(what, rule="front-matter", line=lines.get(key, 0), remedy="write `true` or `false`"))
    return found


def unknown_status(status: object, line: int) -> ContentError:
    """The error for a status that there is not."""
    close = difflib.get_close_matches(_status(status), STATUSES, n=1)
    return ContentError(
        f"`status` is {status!r}, and may be: published, draft, hidden",
        rule="front-matter",
        line=line,
        remedy=f"did you mean `{close[0]}`?" if close else "write `draft` if nobody may see it, `hidden` if nobody may find it",
    )


def decide(metadata: dict[str, Any], *, now: datetime, drafts: bool, ledger: Ledger) -> None:
    """Turns `draft`, `unlisted` and a date to come into Pelican's `status`.

    Drafts and posts whose date has not come are left out and counted; with `drafts` they are shown, and marked by the
    attributes `draft` and `future`. What the readers let through comes from the settings or from a plugin: where that
    cannot be understood, the post is a draft and the build is refused.
    """
    status = _status(metadata.get("status") or "")
    if status == "skip":
        metadata["status"] = "skip"
        return
    doubtful = doubts(metadata, {})
    whose = f", which the settings or a plugin say of “{metadata.get('title', '')}”"
    ledger.errors.extend(Finding("pelicanconf.py", 0, error.rule, error.what + whose, error.remedy or "") for error in doubtful)
    draft = bool(doubtful) or switched(metadata.get("draft")) is True or status == "draft"
    date = metadata.get("date")
    future = not draft and date is not None and date > now
    ledger.drafts += draft
    if future and date is not None:
        ledger.comes_out(date)
    unlisted = switched(metadata.get("unlisted")) is True or status == "hidden"
    metadata.update(draft=draft, future=future, unlisted=unlisted)
    if (draft or future) and not drafts:
        metadata["status"] = "skip"
    else:
        metadata["status"] = "hidden" if unlisted else "published"


def _status(value: object) -> str:
    return str(value).strip().lower()
