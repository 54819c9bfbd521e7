"""A new post: a bundle with its front matter, ready to be written."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml
from pelican.utils import slugify

from alcatraz.content.labels import LABELS
from alcatraz.errors import OutputError, ToolError, UsageError
from alcatraz.findings import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

__all__ = ["new"]

NAME_MAX = 255  # bytes in a name, on every file system in use


def new(
    root: Path,
    settings: Mapping[str, Any],
    title: str,
    now: datetime,
    *,
    slug: str | None = None,
    label: str | None = None,
    editor: Sequence[str] | None = None,
) -> Path:
    """Makes the bundle of a draft called `title` among the posts of the blog at `root`; gives the path of its index.md.

    The folder appears whole or not at all, and nothing that is there is touched. The date is `now` in the blog's time
    zone. `slug` is made of the title where none is given, as Pelican makes them. Where neither `label` nor the setting
    DEFAULT_LABEL says who writes, a comment asks. `editor`, a command with its arguments, is run on the file.

    Raises UsageError, OutputError; ToolError where the editor does not start, and then the post is there.
    """
    title = _title(title)
    slug = _slug(title, slug, settings)
    label = label or settings.get("DEFAULT_LABEL")
    if label is not None and label not in LABELS:
        raise UsageError(f"the label {label!r} is unknown", remedy=f"choose one of {', '.join(LABELS)}")
    posts = root / settings["PATH"] / (next(iter(settings["ARTICLE_PATHS"]), "") or "posts")
    text = _front_matter(title, now.astimezone(ZoneInfo(settings["TIMEZONE"])), slug, label)
    try:
        path = _make(posts, slug, text)
    except FileExistsError as error:
        raise UsageError(
            f"{place_of(Path(error.filename), root)} is there already", remedy="give the post another slug with `--slug`"
        ) from error
    except OSError as error:
        raise OutputError(
            f"the post cannot be written ({error.strerror})",
            where=place_of(posts / slug, root),
            remedy="make the folder writable, or free some space",
        ) from error
    if editor:
        _edit(path, editor, root)
    return path


def _title(given: str) -> str:
    title = " ".join(given.split())
    if not title:
        raise UsageError("the title is empty", remedy='give one, as in `new "A week in Lisbon"`')
    for character in title:
        if unicodedata.category(character) in {"Cc", "Cs"}:
            raise UsageError(f"the title has the character U+{ord(character):04X}, which is not text", remedy="leave it out")
    return title


def _slug(title: str, given: str | None, settings: Mapping[str, Any]) -> str:
    slug: str = slugify(
        title if given is None else given,
        regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"],
        preserve_case=settings["SLUGIFY_PRESERVE_CASE"],
        use_unicode=settings["SLUGIFY_USE_UNICODE"],
    )
    if given is not None and slug != given:
        better = f"write `--slug {slug}`" if slug else "use letters, digits and hyphens"
        raise UsageError(f"the slug {given!r} does not fit into an address", remedy=better)
    if not slug:
        raise UsageError(f"no address can be made of the title {title!r}", remedy="say which with `--slug`")
    if len(slug.encode()) > NAME_MAX:
        raise UsageError(f"the slug has more than {NAME_MAX} bytes", remedy="give a shorter one with `--slug`")
    return slug


def _front_matter(title: str, date: datetime, slug: str, label: str | None) -> str:
    who = f"label: {label}" if label else f"# label: {' | '.join(LABELS)}   (who writes this? keep one word, and take the # away)"
    return f"""---
{_yaml("title", title)}
date: {date.isoformat(timespec="seconds")}
{_yaml("slug", slug)}
{who}
draft: true
---

"""


def _yaml(key: str, text: str) -> str:
    """One line of YAML that reads as `text`, whatever is in it; quoted where it must be."""
    return yaml.safe_dump({key: text}, allow_unicode=True, width=float("inf")).rstrip("\n")


def _make(posts: Path, slug: str, text: str) -> Path:
    """Writes the bundle beside its place and moves it there. Raises FileExistsError with what is in the way."""
    posts.mkdir(parents=True, exist_ok=True)
    bundle = posts / slug
    # A post may also be a single file: what would get the same address is in the way as well.
    for taken in (bundle, *(bundle.with_name(f"{slug}{suffix}") for suffix in (".md", ".rst", ".html"))):
        if taken.exists() or taken.is_symlink():
            raise FileExistsError(None, None, str(taken))
    begun = posts / f".{secrets.token_hex(8)}"
    begun.mkdir()
    try:
        (begun / "index.md").write_text(text, encoding="utf-8", newline="\n")
        begun.rename(bundle)
    except BaseException:
        shutil.rmtree(begun, ignore_errors=True)
        raise
    return bundle / "index.md"


def _edit(path: Path, editor: Sequence[str], root: Path) -> None:
    try:
        subprocess.run([*editor, str(path)], check=False)  # noqa: S603 (the author's own editor)
    except OSError as error:
        raise ToolError(
            f"the editor `{editor[0]}` does not start ({error.strerror})",
            where=place_of(path, root),
            remedy="the post is made: open it as you like, and set EDITOR to a program that is there",
        ) from error
