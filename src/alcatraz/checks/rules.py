"""Every rule that the checks of a built site can find broken; docs/checks.md says what each asks, why, and how to mend it.

What the build itself finds in the content keeps the rule it was given there.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["NEEDS_ADDRESS", "OURS", "Rule"]


class Rule(StrEnum):
    """The name of a rule, as a finding carries it."""

    LINK_MISSING = "link-missing"
    LINK_FOLDER = "link-folder"
    LINK_SLASH = "link-slash"
    LINK_FRAGMENT = "link-fragment"
    LINK_BASE = "link-base"
    LINK_FORM = "link-form"
    OTHER_HOST = "other-host"
    PATH_TWINS = "path-twins"

    HTML_VALID = "html-valid"
    ONE_H1 = "one-h1"
    HEADING_LEVELS = "heading-levels"
    PAGE_TITLE = "page-title"
    PAGE_LANG = "page-lang"
    DUPLICATE_ID = "duplicate-id"
    INLINE_STYLE = "inline-style"
    INLINE_SCRIPT = "inline-script"
    IMAGE_ALT = "image-alt"
    IMAGE_SIZE = "image-size"
    CANONICAL = "canonical"
    PAGE_BUDGET = "page-budget"

    XML_FORM = "xml-form"
    ATOM_ELEMENTS = "atom-elements"
    JSON_FEED = "json-feed"
    FEED_DATE = "feed-date"
    FEED_ID = "feed-id"
    FEED_SELF = "feed-self"
    FEED_RELATIVE = "feed-relative"
    FEED_TWINS = "feed-twins"
    FEED_ORDER = "feed-order"
    FEED_HIDDEN = "feed-hidden"
    SITEMAP_FORM = "sitemap-form"
    SITEMAP_MISSING = "sitemap-missing"
    SITEMAP_PAGE = "sitemap-page"
    SITEMAP_HIDDEN = "sitemap-hidden"
    ROBOTS_SITEMAP = "robots-sitemap"


# What we ask of our own blogs and nobody else asks of a site.
OURS = frozenset({Rule.INLINE_SCRIPT, Rule.INLINE_STYLE, Rule.PAGE_BUDGET, Rule.ROBOTS_SITEMAP, Rule.SITEMAP_MISSING})

# What only a site can keep that knows its whole address.
NEEDS_ADDRESS = frozenset({Rule.CANONICAL, Rule.FEED_ID, Rule.FEED_RELATIVE, Rule.FEED_SELF, Rule.SITEMAP_PAGE})
