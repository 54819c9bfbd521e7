"""Every word of a site that is not its author's: the engine's own, the theme's, and what a blog says instead of either."""

from __future__ import annotations

import difflib
import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from alcatraz.errors import TemplateError
from alcatraz.fingerprint import digest, engine
from alcatraz.shipped import THEME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from alcatraz.assets import Remember

__all__ = ["WORDS", "fault_in", "words_of"]

# In posts and in dates. Of these, months and days are not Pelican's, which depend on the locales that a machine has.
WORDS: Mapping[str, Any] = {
    "months": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "months_short": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "date_long": "%(day)d %(month)s %(year)d",
    "date_short": "%(day)d %(month)s",
    "date_dated": "%(day)d %(month)s %(year)d",
    "label_human": "Written by a human",
    "label_assisted": "Written by a human with the help of AI",
    "label_ai": "Written by AI",
    "alert_note": "Note",
    "alert_tip": "Tip",
    "alert_important": "Important",
    "alert_warning": "Warning",
    "alert_caution": "Caution",
    "notes": "Notes",
    "note_back": "Back to the text",
    "table": "Table",
    "task_done": "done",
    "task_open": "to do",
}

TEMPLATE = "strings.html"
SETTING = "THEME_STRINGS"
ANY_NUMBER = frozenset({"readers_list"})
PLACE = re.compile(r"%(?:\(\w+\))?[sd]")


def words_of(settings: Mapping[str, Any], remember: Remember = lambda _, make: make()) -> dict[str, Any]:
    """The words by their keys: those of THEME_STRINGS before those of the theme's strings.html, and these before our own.

    What a file says is asked of `remember`. Raises TemplateError where a strings.html cannot be read.
    """
    return {**_given(settings, partial(_remembered, remember)), **settings[SETTING]}


def fault_in(settings: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with THEME_STRINGS, and what to do; None where all of it can be used."""
    said = settings[SETTING]
    if not isinstance(said, dict):
        return f"is {said!r}", f'write {SETTING} = {{"archive": "…"}}'
    given = _given(settings, _said) if said else {}
    for key, words in said.items():
        if key not in given:
            near = difflib.get_close_matches(str(key), given, n=1)
            return f"has an unknown key, {key!r}", f"did you mean {near[0]!r}?" if near else "docs/languages.md lists the keys"
        if not _fits(words, given[key]) or (key not in ANY_NUMBER and isinstance(words, list | tuple) and len(words) != len(given[key])):
            return f"says {words!r} for {key!r}", f"write it in the form of {given[key]!r}"
    return None


def _given(settings: Mapping[str, Any], said: Callable[[Path, str], dict[str, Any]]) -> dict[str, Any]:
    given = dict(WORDS)
    # Ours first: other people's themes have no such file, and pages of ours stand in for some of theirs.
    folders = [THEME / "templates", Path(settings["THEME"], "templates"), *map(Path, reversed(settings["THEME_TEMPLATES_OVERRIDES"]))]
    for file in dict.fromkeys(folder / TEMPLATE for folder in folders):
        if not file.is_file():
            continue
        given |= said(file, file.read_text(encoding="utf-8"))
    return given


def _remembered(remember: Remember, file: Path, text: str) -> dict[str, Any]:
    try:
        kept = remember(digest(engine(), b"words", text.encode()), lambda: json.dumps(_said(file, text)).encode())
    except TypeError:  # something in it is more than data, such as a name that nobody has defined
        return _said(file, text)
    words: dict[str, Any] = json.loads(kept)
    return words


def _said(file: Path, text: str) -> dict[str, Any]:
    """What a strings.html says."""
    try:
        template = jinja2.Template(text)
    except jinja2.TemplateSyntaxError as error:
        what = f"the template cannot be read: {error.message}"
        raise TemplateError(what, where=f"{file}:{error.lineno}", remedy="mend that line") from error
    return getattr(template.module, "t", {})


def _fits(words: Any, given: Any) -> bool:
    """Whether words are of the same kind, and leave as many places to fill in; of places with a name, none that is unknown."""
    if not isinstance(given, str):
        return isinstance(words, list | tuple) and all(_fits(each, given[0]) for each in words)
    if not isinstance(words, str):
        return False
    there, wanted = PLACE.findall(words), PLACE.findall(given)
    return set(there) <= set(wanted) if "%(" in given else sorted(there) == sorted(wanted)
