"""What the settings of a blog may say. What cannot be meant is refused in one sentence, with its line."""

from __future__ import annotations

import locale
import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from alcatraz.language_tags import lang_fault
from alcatraz.settings.addresses import address_fault
from alcatraz.settings.places import no_text, wrong
from alcatraz.words import fault_in

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PLUGIN", "is_ours", "look_over", "validate"]

Settings = dict[str, Any]

PLUGIN = "alcatraz.plugin"

# Settings that make an address or a file's name, and the placeholders that Pelican fills in there.
ADDRESS = re.compile(r"(ARTICLE|DRAFT|PAGE|DRAFT_PAGE|CATEGORY|TAG|AUTHOR)_(?:LANG_)?(URL|SAVE_AS)")
OF_POSTS = {"ARTICLE", "DRAFT", "PAGE", "DRAFT_PAGE"}
OF_A_POST = ("slug", "date", "lang", "category", "author", "path", "title")
OF_A_LIST = ("slug", "name")

# Settings that hold names with their addresses, and how to write them.
PAIRS = {
    "MENUITEMS": '[("About", "about/"), *MENUITEMS]',
    "SOCIAL": '[("Mastodon", "https://social.example/@me")]',
    "LICENSE": '("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")',
}

# Settings of Pelican's that a blog of ours must leave alone: what they would do, and what to do instead.
UNWANTED = {
    "DEFAULT_DATE": ("gives posts a date they do not state", "remove it, and write `date:` in each post"),
    "RELATIVE_URLS": (
        "would have a page link relative to itself",
        "remove it: links begin with the path of SITEURL and name no host, so that any host and `alcatraz serve` can show them",
    ),
}


def is_ours(settings: Mapping[str, Any]) -> bool:
    """Whether a blog asks for our reader and its rules; any other Pelican site is built as Pelican would."""
    return PLUGIN in (settings.get("PLUGINS") or ())


def look_over(own: Settings, path: Path) -> None:
    """What Pelican would trip over, or say in a line of its own. For the time of it, the locale may be another."""
    for key in ("SITEURL", "DEFAULT_LANG", "PUBLISH_TARGET", *(("SITENAME", "AUTHOR") if is_ours(own) else ())):
        if key in own and not isinstance(own[key], str):
            raise no_text(path, key, own[key])
    if "SITEURL" in own:
        own["SITEURL"] = own["SITEURL"].removesuffix("/")
    if not is_ours(own):
        return
    if lang_fault(own["DEFAULT_LANG"]):
        what = f"is {own['DEFAULT_LANG']!r}, which is not a language tag (BCP 47)"
        raise wrong(path, "DEFAULT_LANG", what, "write a tag such as 'pt' or 'pt-BR'")
    names = [own["LOCALE"]] if isinstance(own["LOCALE"], str) else own["LOCALE"]
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise wrong(path, "LOCALE", f"is {names!r}", "write LOCALE = 'C.UTF-8', or a list of such names")
    if not any(map(_is_here, names)):
        raise wrong(path, "LOCALE", f"is {own['LOCALE']!r}, which this machine does not have", "name one that `locale -a` lists")


def _is_here(name: str) -> bool:
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    return True


def validate(settings: Settings, path: Path) -> None:
    """What only the whole of the settings tells, those of Pelican's own included. Raises SettingsError."""
    if fault := address_fault(settings["SITEURL"]):
        raise wrong(path, "SITEURL", *fault)
    settings["SITEURL"] = settings["SITEURL"].rstrip("/")
    for folder in settings["THEME_TEMPLATES_OVERRIDES"]:
        if not Path(folder).is_dir():
            raise wrong(path, "THEME_TEMPLATES_OVERRIDES", f"names {folder}, which is not a folder", "make the folder, or name another")
    try:
        ZoneInfo(settings["TIMEZONE"])
    except (KeyError, ValueError, TypeError, OSError):
        raise wrong(path, "TIMEZONE", f"is {settings['TIMEZONE']!r}", "give a name such as 'Europe/Berlin' or 'UTC'") from None
    for key, (what, remedy) in UNWANTED.items():
        if settings.get(key):
            raise wrong(path, key, what, remedy)
    if settings["MARKDOWN_READER"] not in {"pyromark", "python-markdown"}:
        raise wrong(path, "MARKDOWN_READER", f"is {settings['MARKDOWN_READER']!r}", "choose 'pyromark' or 'python-markdown'")
    for key in ("SITENAME", "AUTHOR"):
        if not isinstance(settings.get(key), str) or not settings[key].strip():
            raise wrong(path, key, "is missing", f"write {key} = '…'")
    _validate_pairs(settings, path)
    _look_at_addresses(settings, path)
    if fault := fault_in(settings):
        raise wrong(path, "THEME_STRINGS", *fault)


def _validate_pairs(settings: Settings, path: Path) -> None:
    for key, example in PAIRS.items():
        value = settings.get(key)
        if key == "LICENSE":
            value = [] if value is None else [value]
        if not isinstance(value, list | tuple) or not all(map(_is_pair, value)):
            raise wrong(path, key, f"is {settings[key]!r}", f"write {key} = {example}")


def _look_at_addresses(settings: Settings, path: Path) -> None:
    """Each setting that makes an address, or a file's name, of what is known of a post or page, a list or a person."""
    given = {*settings["DEFAULT_METADATA"]}
    for pattern in ("FILENAME_METADATA", "PATH_METADATA"):
        given.update(re.compile(settings[pattern]).groupindex)
    for key, value in settings.items():
        kind = ADDRESS.fullmatch(key)
        if kind is None or (kind[2] == "SAVE_AS" and not value):
            continue
        if not isinstance(value, str):
            raise no_text(path, key, value)
        known = OF_A_POST if kind[1] in OF_POSTS else OF_A_LIST
        try:
            used = [name for _, name, _, _ in Formatter().parse(value) if name is not None]
        except ValueError as error:
            raise wrong(path, key, f"is {value!r}, whose braces are not in order ({error})", f"write it as in {{{known[0]}}}") from None
        for name in used:
            if re.split(r"[.\[]", name)[0] not in {*known, *(given if known is OF_A_POST else ())}:
                there = ", ".join(f"{{{each}}}" for each in known)
                raise wrong(path, key, f"has the placeholder {{{name}}}, which nothing fills in", f"write one of {there}")


def _is_pair(value: object) -> bool:
    """Whether it is a name and an address."""
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(part, str) and part for part in value)
