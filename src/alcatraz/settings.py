"""Reads a blog's settings: Pelican's own loader, and sentences instead of tracebacks."""

from __future__ import annotations

import copy
import locale
import re
import traceback
from itertools import takewhile
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from pelican.settings import DEFAULT_CONFIG, get_settings_from_file, read_settings

from alcatraz import starter
from alcatraz.content.addresses import lang_fault
from alcatraz.errors import SettingsError
from alcatraz.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["address_fault", "base_path", "index_path", "is_ours", "read"]

Settings = dict[str, Any]

PLUGIN = "alcatraz.plugin"

HOST = re.compile(r"[A-Za-z0-9@:.\[\]_-]+")
PATH_MARKS = "/%:@!$&'()*+,;=~"  # beside letters and digits: https://www.rfc-editor.org/rfc/rfc3986#section-3.3

# Settings that make an address or a file's name, and the placeholders that Pelican fills in there.
ADDRESS = re.compile(r"(ARTICLE|DRAFT|PAGE|DRAFT_PAGE|CATEGORY|TAG|AUTHOR)_(?:LANG_)?(URL|SAVE_AS)")
OF_POSTS = {"ARTICLE", "DRAFT", "PAGE", "DRAFT_PAGE"}
OF_A_POST = ("slug", "date", "lang", "category", "author", "path", "title")
OF_A_LIST = ("slug", "name")

ELSEWHERE = {"DEFAULT_LABEL", "FEED_DOMAIN", "MARKDOWN_READER", "REVISION", "VNU_JAR"}  # that have no default
MEANT = "S0123456789"

# Settings that hold names with their addresses, and how to write them.
PAIRS = {
    "MENUITEMS": '[("About", "about/"), *MENUITEMS]',
    "SOCIAL": '[("Mastodon", "https://social.example/@me")]',
    "LICENSE": '("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")',
}


def read(root: Path, path: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of the blog in `root`, from `path` (default: its pelicanconf.py), with `overrides` on top.

    Raises SettingsError where the file is missing, does not run, or says what cannot be meant.
    """
    path = path or root / "pelicanconf.py"
    if not path.is_file():
        raise SettingsError(
            "there are no settings", where=str(path), remedy="name the file with --settings, or make a blog with `alcatraz init DIR`"
        )
    untouched = {key: copy.deepcopy(value) for key, value in vars(starter).items() if key.isupper()}
    try:
        own: Settings = {**get_settings_from_file(str(path.absolute())), **(overrides or {})}
    except (Exception, SystemExit) as error:
        raise SettingsError(
            f"the settings do not run ({type(error).__name__}: {error})",
            where=_place(error, path),
            remedy="mend that line",
        ) from error
    finally:
        vars(starter).update(untouched)  # `MENUITEMS += …` in a blog's settings changes the list it was given
    _make_absolute(own, path.absolute().parent)
    if not Path(own.setdefault("PATH", str(root))).is_dir():
        raise _wrong(path, "PATH", f"names {own['PATH']}, which is not a folder", "make the folder, or name another")
    caller = locale.setlocale(locale.LC_ALL)
    try:
        _look_over(own, path)
        settings: Settings = read_settings(override=own)
    except SettingsError:
        raise
    except Exception as error:
        raise SettingsError(f"Pelican refuses the settings: {error}", where=path.name, remedy="see Pelican's settings") from error
    finally:
        locale.setlocale(locale.LC_ALL, caller)  # Pelican sets the one it is told to; a build does so for its own time
    settings["ROOT"] = root.resolve()
    if is_ours(settings):
        _validate(settings, path)
        settings["DOUBTS"] = _doubts(own, path)
    elif "MARKDOWN_READER" in own:  # the starter's settings without what makes them work
        raise _wrong(path, "PLUGINS", f"lacks {PLUGIN!r}", "write PLUGINS = [*PLUGINS, …], which adds to what is there")
    return settings


def is_ours(settings: Mapping[str, Any]) -> bool:
    """Whether a blog asks for our reader and its rules; any other Pelican site is built as Pelican would."""
    return PLUGIN in (settings.get("PLUGINS") or ())


def base_path(settings: Mapping[str, Any]) -> str:
    """The path of the site's address, without a slash at its end: "" or "/blog"."""
    return urlsplit(str(settings["SITEURL"])).path.rstrip("/")


def index_path(settings: Mapping[str, Any]) -> str:
    """The path under which hosts give the blog's first page: "/", or "/blog/" below a path of the host."""
    save_as = str(settings["INDEX_SAVE_AS"])
    return f"{base_path(settings)}/{save_as.removesuffix('index.html') if f'/{save_as}'.endswith('/index.html') else save_as}"


def address_fault(address: object) -> tuple[str, str] | None:
    """What is wrong with the address of a site, and what to do; None where it is whole and can stand in a page as it is.

    Source: RFC 3986, which knows ASCII alone; Punycode (RFC 3492) and percent-encoding say the rest.
    """
    give = "give the whole address, as in 'https://blog.example'"
    if not isinstance(address, str):
        return f"is {address!r}, which is no text", give
    try:
        parts = urlsplit(address)
        host = parts.netloc.encode("idna").decode()
    except ValueError:  # of it is UnicodeError
        return f"is {address!r}, whose host cannot be one", give
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        return f"is {address!r}", give
    if not HOST.fullmatch(host):
        return f"is {address!r}, whose host cannot be one", give
    better = f"{parts.scheme}://{host}{quote(parts.path, safe=PATH_MARKS)}"
    if better.partition(":")[2] != address.partition(":")[2]:
        return f"is {address!r}, and an address has letters of ASCII alone and no spaces", f"write {better!r}"
    return None


def _make_absolute(settings: Settings, folder: Path) -> None:
    """Paths in the settings are relative to their file, as in Pelican; a theme may also be the name of one of Pelican's."""
    for key in ("PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"):
        if key in settings and (key != "THEME" or (folder / settings[key]).exists()):
            settings[key] = str((folder / settings[key]).resolve())
    for key in ("PLUGIN_PATHS", "THEME_TEMPLATES_OVERRIDES"):
        if key in settings:
            settings[key] = [str(folder / place) for place in settings[key]]


def _look_over(own: Settings, path: Path) -> None:
    """What Pelican would trip over, or say in a line of its own. For the time of it, the locale may be another."""
    for key in ("SITEURL", "DEFAULT_LANG", *(("SITENAME", "AUTHOR") if is_ours(own) else ())):
        if key in own and not isinstance(own[key], str):
            raise _no_text(path, key, own[key])
    if "SITEURL" in own:
        own["SITEURL"] = own["SITEURL"].removesuffix("/")
    if not is_ours(own):
        return
    if lang_fault(own["DEFAULT_LANG"]):
        what = f"is {own['DEFAULT_LANG']!r}, which is not a language tag (BCP 47)"
        raise _wrong(path, "DEFAULT_LANG", what, "write a tag such as 'pt' or 'pt-BR'")
    names = [own["LOCALE"]] if isinstance(own["LOCALE"], str) else own["LOCALE"]
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise _wrong(path, "LOCALE", f"is {names!r}", "write LOCALE = 'C.UTF-8', or a list of such names")
    if not any(map(_is_here, names)):
        raise _wrong(path, "LOCALE", f"is {own['LOCALE']!r}, which this machine does not have", "name one that `locale -a` lists")


def _is_here(name: str) -> bool:
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    return True


def _validate(settings: Settings, path: Path) -> None:
    if fault := address_fault(settings["SITEURL"]):
        raise _wrong(path, "SITEURL", *fault)
    settings["SITEURL"] = settings["SITEURL"].rstrip("/")
    for folder in settings["THEME_TEMPLATES_OVERRIDES"]:
        if not Path(folder).is_dir():
            raise _wrong(path, "THEME_TEMPLATES_OVERRIDES", f"names {folder}, which is not a folder", "make the folder, or name another")
    try:
        ZoneInfo(settings["TIMEZONE"])
    except (KeyError, ValueError, TypeError, OSError):
        raise _wrong(path, "TIMEZONE", f"is {settings['TIMEZONE']!r}", "give a name such as 'Europe/Berlin' or 'UTC'") from None
    if settings.get("DEFAULT_DATE"):
        raise _wrong(path, "DEFAULT_DATE", "gives posts a date they do not state", "remove it, and write `date:` in each post")
    if settings["MARKDOWN_READER"] not in {"pyromark", "python-markdown"}:
        raise _wrong(path, "MARKDOWN_READER", f"is {settings['MARKDOWN_READER']!r}", "choose 'pyromark' or 'python-markdown'")
    for key, example in PAIRS.items():
        value = settings.get(key)
        if key == "LICENSE":
            value = [] if value is None else [value]
        if not isinstance(value, list | tuple) or not all(map(_is_pair, value)):
            raise _wrong(path, key, f"is {settings[key]!r}", f"write {key} = {example}")
    for key in ("SITENAME", "AUTHOR"):
        if not settings.get(key, "").strip():
            raise _wrong(path, key, "is missing", f"write {key} = '…'")
    _look_at_addresses(settings, path)


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
            raise _no_text(path, key, value)
        known = OF_A_POST if kind[1] in OF_POSTS else OF_A_LIST
        try:
            used = [name for _, name, _, _ in Formatter().parse(value) if name is not None]
        except ValueError as error:
            raise _wrong(path, key, f"is {value!r}, whose braces are not in order ({error})", f"write it as in {{{known[0]}}}") from None
        for name in used:
            if re.split(r"[.\[]", name)[0] not in {*known, *(given if known is OF_A_POST else ())}:
                there = ", ".join(f"{{{each}}}" for each in known)
                raise _wrong(path, key, f"has the placeholder {{{name}}}, which nothing fills in", f"write one of {there}")


def _doubts(own: Settings, path: Path) -> tuple[Finding, ...]:
    """Settings that nothing knows and that are one slip of the finger from one that is known."""
    known = {*DEFAULT_CONFIG, *(name for name in vars(starter) if name.isupper()), *ELSEWHERE}
    doubts = []
    for key in sorted(own.keys() - known):
        if near := next((name for name in sorted(known) if _is_slip(key, name)), None):
            place, _, line = _line_of(path, key).partition(":")
            message = f"{key} is no setting of Pelican's or ours, and {near} is one"
            doubts.append(Finding(place, int(line or 0), "setting", message, "did you mean that? A setting of your own wants another name"))
    return tuple(doubts)


def _is_slip(name: str, known: str) -> bool:
    """Whether one letter is wrong, missing or too much, or two are in each other's place; a plural or a number is meant."""
    if name.rstrip(MEANT) == known.rstrip(MEANT):
        return False
    name, known = _without_common_start(name, known)
    one, other = _without_common_start(name[::-1], known[::-1])
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _without_common_start(one: str, other: str) -> tuple[str, str]:
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one[same:], other[same:]


def _no_text(path: Path, key: str, value: object) -> SettingsError:
    return _wrong(path, key, f"is {value!r}, which is no text", f"write it in quotes: {key} = '…'")


def _is_pair(value: object) -> bool:
    """Whether it is a name and an address."""
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(part, str) and part for part in value)


def _wrong(path: Path, key: str, what: str, remedy: str) -> SettingsError:
    return SettingsError(f"{key} {what}", where=_line_of(path, key), remedy=remedy)


def _line_of(path: Path, key: str) -> str:
    """Where the file says `key` last, which is what counts."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    said = [number for number, line in enumerate(lines, start=1) if re.match(rf"{key}\s*[:=]", line)]
    return f"{path.name}:{said[-1]}" if said else path.name


def _place(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError) and error.lineno:
        return f"{path.name}:{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path.absolute())]
    return f"{path.name}:{lines[-1]}" if lines else path.name
