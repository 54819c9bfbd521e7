"""Language tags: the form of BCP 47 (RFC 5646)."""

from __future__ import annotations

import re

__all__ = ["lang_fault"]

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def lang_fault(lang: str) -> tuple[str, str] | None:
    """What is wrong with a language, and what to do; None where it has the form of a language tag."""
    if LANGUAGE.fullmatch(lang):
        return None
    better = lang.replace("_", "-")
    return (
        f"`lang` is {lang!r}, which is not a language tag (BCP 47)",
        f"write `lang: {better}`" if LANGUAGE.fullmatch(better) else "write a tag such as `lang: pt` or `lang: pt-BR`",
    )
