"""The settings that a blog starts from. A blog's pelicanconf.py begins with

    from alcatraz.starter import *

and then says what is its own. These are Pelican's settings, chosen so that a build depends on the blog alone.
https://docs.getpelican.com/en/stable/settings.html
"""

from __future__ import annotations

from typing import Any as _Any

from alcatraz.shipped import THEME as _THEME

# What makes a blog one of ours: the reader, the labels, the checks.
PLUGINS = ["alcatraz.plugin"]

# Where things are.
PATH = "content"
ARTICLE_PATHS = [""]
ARTICLE_EXCLUDES = ["pages", "static"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["static"]
EXTRA_PATH_METADATA: dict[str, dict[str, str]] = {}
OUTPUT_PATH = "output"
THEME = str(_THEME)
IGNORE_FILES = ["*~", "#*#", ".#*", ".*.sw?", ".DS_Store", ".git", ".gitkeep", "__pycache__"]

# Who writes, and for whom. All of these are for the blog to say.
SITENAME = "A blog"
SITESUBTITLE = ""
SITEURL = "https://blog.example"
AUTHOR = "Somebody"
DESCRIPTION = ""
DEFAULT_LANG = "en"
MENUITEMS: list[tuple[str, str]] = [
    ("Archive", "archive/"),
    ("Tags", "tags/"),
    ("Search", "search/"),
    ("Subscribe", "subscribe/"),
]
SOCIAL: list[tuple[str, str]] = []
LICENSE: tuple[str, str] | None = None
THEME_STRINGS: dict[str, _Any] = {}  # words instead of the theme's: see docs/languages.md

# The machine must not decide: not its locale, not its time zone, not its clock, not its file times.
LOCALE = ["C.UTF-8", "C"]
TIMEZONE = "UTC"
DEFAULT_DATE = None
WITH_FUTURE_DATES = True  # what lies in the future of --now is left out by alcatraz.content.visibility
FILENAME_METADATA = ""
PATH_METADATA = ""

# Addresses: folders, so that no address says how a page is made.
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
ARTICLE_LANG_URL = "posts/{slug}/{lang}/"
ARTICLE_LANG_SAVE_AS = "posts/{slug}/{lang}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
PAGE_LANG_URL = "{slug}/{lang}/"
PAGE_LANG_SAVE_AS = "{slug}/{lang}/index.html"
CATEGORY_URL = "categories/{slug}/"
CATEGORY_SAVE_AS = "categories/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = "authors/{slug}/index.html"
YEAR_ARCHIVE_URL = "archive/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "archive/{date:%Y}/index.html"
ARCHIVES_URL = "archive/"
ARCHIVES_SAVE_AS = "archive/index.html"
CATEGORIES_URL = "categories/"
CATEGORIES_SAVE_AS = "categories/index.html"
TAGS_URL = "tags/"
TAGS_SAVE_AS = "tags/index.html"
AUTHORS_URL = "authors/"
AUTHORS_SAVE_AS = "authors/index.html"
SEARCH_URL = "search/"
SEARCH_SAVE_AS = "search/index.html"
SUBSCRIBE_URL = "subscribe/"
SUBSCRIBE_SAVE_AS = "subscribe/index.html"
COLOPHON_URL = "colophon/"
COLOPHON_SAVE_AS = "colophon/index.html"
INDEX_URL = ""
ERROR_URL = "404.html"
DIRECT_TEMPLATES = ["index", "archives", "categories", "tags", "authors", "search", "subscribe", "colophon", "404"]
PAGINATED_TEMPLATES = {"index": 40, "category": None, "tag": None, "author": None}
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]
SLUGIFY_SOURCE = "basename"
DEFAULT_CATEGORY = ""
USE_FOLDER_AS_CATEGORY = False

# Feeds are written by alcatraz.feeds, in Atom and in JSON.
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

# "pyromark", or "python-markdown" for a blog that needs Pelican's own Markdown everywhere.
MARKDOWN_READER = "pyromark"

__all__ = [name for name in dir() if name.isupper()]
