"""The tree of errors: what happened, where, and what to do.

    AlcatrazError
    ├── SettingsError     a setting is missing, unknown or of the wrong kind
    ├── ContentError      something the author wrote cannot be understood
    ├── RefusedError      findings that keep the site from being made
    ├── PluginError       a plugin of the blog's fails
    ├── TemplateError     a template of the theme does not render
    ├── OutputError       the site cannot be written
    ├── ToolError         a program this one relies on is missing or failed
    ├── TemporaryError    something outside of this machine failed, and may pass by itself
    └── UsageError        the command line asks for something that cannot be done

The classes carry data; the sentence is made where it is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alcatraz.findings import Finding

__all__ = [
    "AlcatrazError",
    "ContentError",
    "OutputError",
    "PluginError",
    "RefusedError",
    "SettingsError",
    "TemplateError",
    "TemporaryError",
    "ToolError",
    "UsageError",
]


class AlcatrazError(Exception):
    """Anything that ends a task, told as one sentence to the person who ran it.

    `what` says what happened, `where` the file (with its line, where that is known), `remedy` what to do about it.
    """

    exit_status = 1

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        return f"{sentence}; {self.remedy}" if self.remedy else sentence


class SettingsError(AlcatrazError):
    """A setting is missing, unknown or of the wrong kind."""


class ContentError(AlcatrazError):
    """Something the author wrote cannot be understood: the page is not made.

    The reader that raises it knows the line (from 1; 0 for the whole file); who called the reader knows the file.
    """

    def __init__(self, what: str, *, rule: str, line: int = 0, remedy: str) -> None:
        super().__init__(what, remedy=remedy)
        self.rule = rule
        self.line = line


class RefusedError(AlcatrazError):
    """Findings that keep the site from being made: errors in the content, or any finding under --strict."""

    def __init__(self, findings: Sequence[Finding], *, strict: bool = False) -> None:
        count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
        why = "--strict allows none" if strict else "a page cannot be made"
        super().__init__(f"{count}, and {why}", remedy="nothing was written: mend what is listed above and build again")
        self.findings = tuple(findings)


class PluginError(AlcatrazError):
    """A plugin of the blog's fails."""


class TemplateError(AlcatrazError):
    """A template of the theme does not render."""


class OutputError(AlcatrazError):
    """The site cannot be written."""


class ToolError(AlcatrazError):
    """A program this one relies on is missing or failed."""


class TemporaryError(AlcatrazError):
    """Something outside of this machine failed, as the network does, and may pass: whoever started this may try again."""

    exit_status = 75  # EX_TEMPFAIL of sysexits.h(3head), which systemd and mail servers know


class UsageError(AlcatrazError):
    """The command line asks for something that cannot be done."""
