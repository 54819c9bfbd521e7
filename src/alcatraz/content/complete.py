"""Gives every post and page the attributes that templates, feeds and checks rely on, whichever reader read it."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pelican.contents import Article, Page
from pelican.urlwrappers import Category
from pelican.utils import set_date_tzinfo

from alcatraz.content.addresses import made_slug, slug_fault, slug_of
from alcatraz.content.labels import LABELS, Label
from alcatraz.content.markdown import Place, foreign_document
from alcatraz.content.posts import adopt
from alcatraz.content.schema import unknown_choice
from alcatraz.content.typography import set_title
from alcatraz.findings import Finding, place_of
from alcatraz.language_tags import lang_fault
from alcatraz.settings import base_path, index_path

if TYPE_CHECKING:
    from pelican.contents import Content

    from alcatraz.ledger import Ledger

__all__ = ["complete", "prepare", "source_name"]

WORDS_PER_MINUTE = 230  # silent reading of English prose: Brysbaert 2019, doi:10.1016/j.jml.2019.104047 (238, rounded down)


class NoCategory(Category):  # type: ignore[misc] # Pelican has no types
    """The category of a post that has none: false, nameless, without a page, and at the address of the list of categories."""

    slug = save_as = ""

    @property
    def url(self) -> str:
        """The address of the list, so that a theme's link leads somewhere."""
        return str(self.settings.get("CATEGORIES_URL", ""))

    def __bool__(self) -> bool:
        return False


def prepare(metadata: dict[str, Any], settings: dict[str, Any]) -> None:
    """Brings the metadata of other readers (reStructuredText, Pelican's own Markdown) into the kinds of our front matter."""
    for key in ("date", "modified"):
        if key in metadata:  # a date without an offset is one in the blog's zone, as in Pelican
            metadata[key] = set_date_tzinfo(metadata[key], metadata.get("timezone", settings["TIMEZONE"]))
    if isinstance(metadata.get("categories"), str):
        names = [name.strip() for name in metadata["categories"].split(",")]
        metadata["categories"] = [Category(name, settings) for name in names if name]
    if categories := metadata.get("categories"):
        metadata["category"] = categories[0]
    elif category := metadata.get("category"):
        metadata["categories"] = [category]
    if isinstance(metadata.get("aliases"), str):
        metadata["aliases"] = tuple(alias.strip() for alias in metadata["aliases"].split(",") if alias.strip())
    if isinstance(title := metadata.get("title"), str):
        # Titles are plain text here, and HTML elsewhere in Pelican.
        metadata["title"] = set_title(title) if "document" in metadata else Markup(title).striptags()  # noqa: S704


def complete(content: Content) -> None:
    """Called once for each post and page when it has been made."""
    if not isinstance(content, Article | Page):
        return
    adopt(content)
    settings = content.settings
    ledger: Ledger = settings["LEDGER"]
    name = source_name(content)
    document = getattr(content, "document", None)
    if document is None:
        html = content._content or ""  # noqa: SLF001 (Pelican has no other way in)
        place = Place(name, content.relative_dir, base=base_path(settings), index=index_path(settings))
        document = foreign_document(html, place, vars(content).pop("findings", ()))
        content._content = document.html  # noqa: SLF001
        content.document = document
        _hold_to_our_rules(content, name, ledger)
    ledger.findings.extend(document.findings)
    if not getattr(content, "description", ""):
        content.description = document.excerpt
    label = getattr(content, "label", None)
    content.label = Label(label, settings["WORDS"][f"label_{label}"]) if label in LABELS else None
    if content.label is None and label:  # of the settings, or of a plugin's reader
        wrong = unknown_choice("label", label, 0)
        ledger.findings.append(Finding(name, 0, "label", wrong.what, wrong.remedy or ""))
    elif content.label is None and isinstance(content, Article):
        ledger.findings.append(
            Finding(name, 1, "label", "nothing says who wrote this post", f"add `label:` with one of {', '.join(LABELS)}")
        )
    _order_dates(content, name, ledger)
    content.local_links = document.links
    content.words = document.words
    content.minutes = max(1, round(document.words / WORDS_PER_MINUTE))
    content.toc = document.toc if getattr(content, "wants_toc", False) else ()
    content.has_code, content.has_notes = document.has_code, document.has_notes
    content.categories = getattr(content, "categories", [])
    _drop_nameless(content, name, ledger)
    content.aliases = getattr(content, "aliases", ())
    content.draft, content.future, content.unlisted = (getattr(content, mark, False) for mark in ("draft", "future", "unlisted"))
    content.image = getattr(content, "image", None)
    content.series_name = getattr(content, "series", None)
    content.series = content.previous = content.next = None
    content.related = []


def _order_dates(content: Content, name: str, ledger: Ledger) -> None:
    """A change comes after the post. A `modified` without a time is the beginning of its day, and may be the post's own."""
    date, modified = getattr(content, "date", None), getattr(content, "modified", None)
    if date is None or modified is None or modified >= date:
        return
    if modified.time() == time() and modified.date() == date.astimezone(modified.tzinfo).date():
        return
    line = getattr(content, "header_lines", {}).get("modified", 1)
    message = f"`modified` ({modified:%Y-%m-%d}) is earlier than `date` ({date:%Y-%m-%d})"
    ledger.findings.append(Finding(name, line, "date", message, "correct one of the two, or leave `modified` out"))


def _hold_to_our_rules(content: Content, name: str, ledger: Ledger) -> None:
    """What our own reader asks of slugs, languages and dates, asked of posts that another reader read."""
    settings, path = content.settings, Path(content.source_path)
    given = content.metadata.get("slug")
    if given is None and path.stem == "index":  # a bundle; Pelican would call each of them `index`
        content.slug = given = slug_of(path, settings)
    lines = getattr(content, "header_lines", {})
    faults = {
        "slug": slug_fault(given, settings) if given is not None else None,
        "lang": lang_fault(content.lang) if "lang" in content.metadata else None,
    }
    ledger.errors.extend(Finding(name, lines.get(key, 1), "front-matter", *fault) for key, fault in faults.items() if fault)
    if faults["slug"]:
        content.slug = made_slug(content.slug, settings) or "unnamed"
    if isinstance(content, Article) and not hasattr(content, "date"):
        ledger.errors.append(Finding(name, 1, "date", "the post has no date", "add `date: …`, the day it came out, to its metadata"))
        content.date = settings["NOW"]  # or Pelican would say it once more, of its own settings


def _drop_nameless(content: Content, name: str, ledger: Ledger) -> None:
    """Takes out the tags and categories of which no address can be made: their pages would lie where the lists are."""
    lines = getattr(content, "header_lines", {})
    for key, kind, one in (("tags", "TAG", "tag"), ("categories", "CATEGORY", "category")):
        wrappers = getattr(content, key, [])
        nameless = [wrapper for wrapper in wrappers if not made_slug(wrapper.name, content.settings, kind)]
        if not nameless:
            continue
        setattr(content, key, [wrapper for wrapper in wrappers if not any(wrapper is each for each in nameless)])
        line = lines.get(key) or lines.get(one) or 1
        ledger.findings.extend(
            Finding(
                name,
                line,
                "taxonomy",
                f"no address can be made of the {one} {wrapper.name}, which is left out",
                "give it a name with a letter or a digit",
            )
            for wrapper in nameless
        )
    if content.categories:
        content.category = content.categories[0]  # the one that Pelican knows
    elif isinstance(content, Article):  # themes of other blogs ask for its name and address without looking
        content.category = NoCategory("", content.settings)
    elif hasattr(content, "category"):
        del content.category


def source_name(content: Content) -> str:
    """The file that a post or page came from, relative to the blog's folder."""
    known: str | None = content.__dict__.get("_source_name")
    return known or place_of(Path(content.source_path), content.settings["ROOT"])
