"""The check of pages: valid HTML, and what we ask of every page beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alcatraz.checks import html5
from alcatraz.checks.addresses import Here, is_absolute
from alcatraz.checks.budget import over_budget
from alcatraz.checks.rules import Rule
from alcatraz.checks.site import NOT_FOUND
from alcatraz.language_tags import lang_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alcatraz.checks.nu import Fault
    from alcatraz.checks.pages import Page
    from alcatraz.checks.site import Site
    from alcatraz.findings import Finding

__all__ = ["check_html"]

CLIP = 80

# A rule, the line, what is wrong, and what to do.
Said = tuple[Rule, int, str, str]


def check_html(site: Site) -> Iterator[Finding]:
    """Every page of the output."""
    for fault in _faults(site):
        message = f"{fault.message.rstrip('.')}, at {_clipped(fault.extract)}" if fault.extract.strip() else fault.message
        remedy = "mend the HTML in the text; where there is none, the theme's template"
        yield site.finding(fault.path, fault.line, Rule.HTML_VALID, message, remedy)
    for page in site.pages.values():
        for said in (_head(page), _canonical(site, page), _headings(page), _ids(page), _inline(page), _images(page)):
            for rule, line, message, remedy in said:
                yield site.finding(page.path, line, rule, message, remedy)
        if excess := over_budget(site, page):
            yield site.finding(page.path, 0, Rule.PAGE_BUDGET, *excess)


def _faults(site: Site) -> Iterator[Fault]:
    if site.built.nu is not None:
        yield from (fault for fault in site.built.nu.faults(site.built.output) if fault.path in site.pages)
        return
    for path in site.pages:
        yield from html5.faults(path, site.read(path))


def _head(page: Page) -> Iterable[Said]:
    if len(page.titles) != 1 or not page.titles[0]:
        what = "no <title>" if not page.titles else "more than one <title>" if page.titles[1:] else "an empty <title>"
        yield (Rule.PAGE_TITLE, 0, f"the page has {what}", "give it one: tabs, bookmarks and search results show it")
    if page.lang is None:
        yield (Rule.PAGE_LANG, 0, "<html> has no lang", 'set DEFAULT_LANG, and write <html lang="…"> in the theme')
    elif lang_fault(page.lang):
        message = f"<html lang> is {page.lang!r}, which is no language tag"
        yield Rule.PAGE_LANG, 0, message, "write a tag such as en, de or pt-BR"


def _canonical(site: Site, page: Page) -> Iterable[Said]:
    if page.path == NOT_FOUND or page.hidden:
        return
    if not page.canonicals and not site.built.ours:  # Pelican's themes have none
        return
    if len(page.canonicals) != 1:
        what = "more than one canonical address" if page.canonicals else "no canonical address"
        remedy = f'give it one: <link rel="canonical" href="{site.addresses.of(page.path)}">'
        yield Rule.CANONICAL, 0, f"the page has {what}", remedy
        return
    canonical = page.canonicals[0].strip()
    if not is_absolute(canonical):
        yield (Rule.CANONICAL, 0, f"the canonical address {canonical} is not absolute", "begin it with SITEURL")
        return
    address = site.addresses.read(canonical, page.path)
    if not page.redirect and isinstance(address, Here) and site.file_at(address) != page.path:
        message = f"the canonical address {canonical} is another page's, so that search engines leave this one out"
        yield Rule.CANONICAL, 0, message, f"write {site.addresses.of(page.path)}"


def _headings(page: Page) -> Iterable[Said]:
    first = [heading for heading in page.headings if heading.level == 1]
    if not first and not page.redirect:
        yield (Rule.ONE_H1, 0, "the page has no <h1>", "give it one that says what the page is")
    for heading in first[1:]:
        message = f"a second <h1>, “{heading.text}”"
        yield (Rule.ONE_H1, heading.line, message, "make it an <h2>: in the text, begin headings with `##`")
    level = 1
    for heading in page.headings:
        if heading.level > level + 1:
            message = f"the heading “{heading.text}” is an <h{heading.level}> after an <h{level}>"
            remedy = f"make it an <h{level + 1}>: who listens to a page goes by its levels"
            yield Rule.HEADING_LEVELS, heading.line, message, remedy
        level = heading.level


def _ids(page: Page) -> Iterable[Said]:
    for mark in page.repeated_ids:
        message = f"the id “{mark.value}” of <{mark.tag}> stands on an element before it too"
        yield (Rule.DUPLICATE_ID, mark.line, message, "give one another id: a link finds the first only")


def _inline(page: Page) -> Iterable[Said]:
    for mark in page.styled:
        message = f"<{mark.tag}> has a style attribute, {_clipped(mark.value)}"
        yield (Rule.INLINE_STYLE, mark.line, message, "use a class: a strict Content-Security-Policy forbids the attribute")
    for mark in page.scripted:
        message = f"<{mark.tag}> has a script in an attribute, {_clipped(mark.value)}"
        yield (Rule.INLINE_SCRIPT, mark.line, message, "use a link or a <script>: a strict Content-Security-Policy forbids it")


def _images(page: Page) -> Iterable[Said]:
    for image in page.images:
        shown = _clipped(image.src)
        if "alt" not in image.attributes:
            remedy = "say what is to be seen; for an ornament, write an empty one"
            yield (Rule.IMAGE_ALT, image.line, f"the picture {shown} has no alternative text", remedy)
        if not {"width", "height"} <= image.attributes:
            remedy = "give both in pixels: without them the page jumps when the picture comes"
            yield (Rule.IMAGE_SIZE, image.line, f"the picture {shown} has no width and height", remedy)


def _clipped(text: str) -> str:
    text = " ".join(text.split())
    return f"`{text}`" if len(text) <= CLIP else f"`{text[: CLIP - 1]}…`"
