"""Who may see a post: everybody, those with its address, or nobody yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from alcatraz.ledger import Ledger

__all__ = ["decide"]


def decide(metadata: dict[str, Any], *, now: datetime, drafts: bool, ledger: Ledger) -> None:
    """Turns `draft`, `unlisted` and a date to come into Pelican's `status`.

    Drafts and posts whose date has not come are left out and counted; with `drafts` they are shown, and marked by the
    attributes `draft` and `future`.
    """
    if metadata.get("status") == "skip":
        return
    draft = metadata.get("draft") is True or metadata.get("status") == "draft"
    date = metadata.get("date")
    future = not draft and date is not None and date > now
    ledger.drafts += draft
    ledger.future += future
    unlisted = metadata.get("unlisted") is True or metadata.get("status") == "hidden"
    metadata.update(draft=draft, future=future, unlisted=unlisted)
    if (draft or future) and not drafts:
        metadata["status"] = "skip"
    else:
        metadata["status"] = "hidden" if unlisted else "published"
