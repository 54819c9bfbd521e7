"""How heavy a page of text may be.

An article of at most 1,000 words without a picture weighs at most 30,000 bytes, uncompressed: its HTML with the style in it, and
every style sheet, script and font that it loads. A longer one may weigh as much more as the HTML of the words beyond the
thousandth: the share of its body's bytes that is theirs by number, so that what is allowed follows from how it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alcatraz.checks.addresses import Here

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alcatraz.checks.pages import Page
    from alcatraz.checks.references import Reference
    from alcatraz.checks.site import Site

__all__ = ["BYTES", "WORDS", "over_budget"]

WORDS = 1_000
BYTES = 30_000


def over_budget(site: Site, page: Page) -> tuple[str, str] | None:
    """What is wrong, and what to do, where the page of an article without a picture is too heavy."""
    article = page.article
    if article is None or article.pictured:
        return None
    beyond = max(0, article.words - WORDS)
    allowed = BYTES + (article.size * beyond // article.words if beyond else 0)
    loaded = sum(_size(site, path) for path in _loaded(site, page))
    weight = page.size + loaded
    if weight <= allowed:
        return None
    message = f"the page weighs {weight:,} bytes for {article.words:,} words without a picture; {allowed:,} are allowed"
    text = f"the text is {article.size:,} of them, the frame around it {page.size - article.size:,}, what it loads {loaded:,}"
    return message, f"{text}: make the largest smaller"


def _loaded(site: Site, page: Page) -> set[str]:
    """The files that come with a page: its own, and those that its style sheets ask for."""
    asked = _files(site, page.path, page.references, page.base)
    return asked | {path for sheet in asked for path in _files(site, sheet, site.stylesheets.get(sheet, ()))}


def _files(site: Site, path: str, references: Iterable[Reference], base: str | None = None) -> set[str]:
    addresses = (site.addresses.read(reference.url, path, base) for reference in references if reference.weight)
    found = (site.file_at(address) for address in addresses if isinstance(address, Here))
    return {file for file in found if file is not None}


def _size(site: Site, path: str) -> int:
    return (site.built.output / path).stat().st_size
