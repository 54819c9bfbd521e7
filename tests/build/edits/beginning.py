"""The blogs that edits begin with: small, and with something of everything that one page can have to do with another."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

from PIL import Image

from alcatraz.shipped import THEME
from tests.build.edits.journal import Journal, Post, moment

__all__ = ["AFTER", "BEFORE", "NEW", "PLUGINS", "POSTS", "TEMPLATES", "picture", "plain", "themed"]

# The regatta is on the 25th, at noon in Lisbon.
BEFORE, AFTER = moment("2026-11-22T06:30:00"), moment("2026-11-25T12:00:00")

POSTS = {
    "harbour": Post(
        "posts/harbour/index.md",
        {
            "title": "The harbour",
            "date": "2026-10-01",
            "label": "human",
            "categories": ("Travel",),
            "tags": ("sea", "ships"),
            "series": "Coast",
            "image": "boat.png",
        },
        "A harbour with a [lamp](../lighthouse.md#lamp) and [its keeper](../lighthouse.md#keeper).\n\n"
        '![A boat](boat.png "At rest")\n: Tied up.\n\nInline ![chart](../../static/chart.png), and [the log](log.txt).\n\n'
        "See [what never was](../never.md), [the wreck](../wreck.md), [about](../../pages/about.md).\n",
    ),
    "lighthouse": Post(
        "posts/lighthouse.md",
        {
            "title": "Lighthouse & lamp",
            "date": "2026-10-02T09:30:00+01:00",
            "label": "assisted",
            "categories": ("Travel", "Work"),
            "tags": ("sea", "light"),
            "series": "Coast",
            "authors": ("Bo", "Cy"),
        },
        "A light.[^1]\n\n## The lamp {#lamp}\n\nIt turns.\n\n## Keeper\n\nHe sleeps. Back to [the harbour](harbour/index.md).\n\n[^1]: A note.\n",
    ),
    "tides": Post(
        "posts/tides/index.md",
        {
            "title": "Tides",
            "date": "2026-10-02T09:30:00+01:00",
            "label": "ai",
            "tags": ("sea", "numbers"),
            "series": "Coast",
            "toc": "true",
            "math": "true",
        },
        'Water $h = a \\sin t$.\n\n## Rising\n\n```python title="tide.py" {1}\nprint(1)\n```\n\n## Falling\n\nA [market](../market.md#fish).\n\n'
        "![](../harbour/boat.png)\n\n> [!NOTE]\n> Mind the [rope](/posts/rope/).\n\n- [x] low\n- [ ] high\n",
    ),
    "wreck": Post(
        "posts/wreck.md", {"title": "Wreck", "date": "2026-10-05", "label": "human", "draft": "true", "tags": ("ships",)}, "Sunk.\n"
    ),
    "regatta": Post(
        "posts/regatta.md",
        {"title": "Regatta", "date": "2026-11-25T12:00:00+00:00", "label": "human", "tags": ("ships",), "series": "Coast"},
        "To come. [The tides](tides/index.md#rising).\n",
    ),
    "cove": Post(
        "posts/cove.md",
        {"title": "Cove", "date": "2026-10-07", "label": "human", "unlisted": "true", "tags": ("sea",), "aliases": ("hidden/cove/",)},
        "Few know it. [The buoy](buoy.md).\n",
    ),
    "market": Post(
        "posts/market.md",
        {
            "title": "Market",
            "date": "2026-09-30",
            "label": "human",
            "categories": ("Work",),
            "tags": ("fish",),
            "aliases": ("old/market.html",),
        },
        "A market.\n\n## Fish {#fish}\n\n| fish | price |\n|---|--:|\n| cod | 4 |\n",
    ),
    "mercado": Post(
        "posts/market.pt.md",
        {"title": "Mercado", "date": "2026-09-30", "label": "human", "lang": "pt", "slug": "market", "tags": ("fish",)},
        "Um mercado. [Em inglês](market.md).\n",
    ),
    "pier": Post(
        "posts/pier.rst",
        {"title": "Pier", "date": "2026-09-01", "label": "human", "tags": ("sea", "work")},
        "In reStructuredText, with `the harbour <harbour/index.md>`_.\n\n.. code-block:: nix\n\n    { a = 1; }\n",
    ),
    "rope": Post(
        "posts/rope.md",
        {"title": "Rope", "date": "2026-08-01", "label": "human", "reader": "python-markdown", "categories": ("Work",)},
        "A *rope*, from [the market](market.md).\n\n    :::python\n    knot()\n",
    ),
    "chart": Post(
        "posts/chart.md",
        {"title": "Chart", "date": "2025-12-31T23:30:00+00:00", "label": "human", "template": "bare", "tags": ("sea", "numbers")},
        'Raw <b>HTML</b>.\n\n<p><a href="lighthouse.md#keeper">keeper</a> <img src="../static/chart.png" alt="chart"></p>\n\nWords of [[tide]].\n',
    ),
    "buoy": Post(
        "posts/buoy.md",
        {"title": "Buoy", "date": "2025-07-01", "label": "human", "tags": ("sea", "light"), "author": "Bo", "aliases": ("/b/",)},
        "Red. [Nowhere](#nowhere), and [an anchor that is not](lighthouse.md#oil).\n",
        plain=True,
    ),
    "about": Post(
        "pages/about.md",
        {"title": "About", "date": "2025-01-01"},
        "Us. [The market](../posts/market.md), [the crew](crew.md#bo), [home]({index}).\n",
    ),
    "crew": Post("pages/crew.md", {"title": "Crew", "toc": "true"}, "## Bo\n\nSails.\n\n## Cy\n\nCooks.\n"),
    "equipa": Post("pages/crew.pt.md", {"title": "Equipa", "lang": "pt", "slug": "crew"}, "O Bo e a Cy.\n"),
}

# Posts and pages that are not there at first.
NEW = {
    "never": Post(
        "posts/never.md", {"title": "Never", "date": "2026-10-03", "label": "human", "tags": ("sea", "light")}, "Here after all.\n"
    ),
    "oldest": Post(
        "posts/oldest/index.md", {"title": "Oldest", "date": "2024-02-29", "label": "human", "series": "Coast"}, "The first of all.\n"
    ),
    "newest": Post(
        "posts/newest.md",
        {"title": "Newest", "date": "2026-11-20", "label": "ai", "tags": ("new",)},
        "The last. [Harbour](harbour/index.md)\n",
    ),
    "faro": Post(
        "posts/faro.pt.md", {"title": "Farol", "date": "2026-10-02", "label": "human", "lang": "pt", "slug": "lighthouse"}, "A luz.\n"
    ),
    "terms": Post("pages/terms.md", {"title": "Terms"}, "None. See [the crew](crew.md#cy).\n"),
}

ARTICLE = """\
{% extends "!theme/article.html" %}
{% import "signs.html" as signs %}
{% block discussion %}{% include "talk.html" %}{{ signs.sign(article.title) }}{% endblock %}
"""
BARE = """\
<!DOCTYPE html>
<html lang="en"><head><title>{{ article.title|e }}</title></head><body>
{% include "talk.html" %}<main data-pagefind-body>{{ article.content|safe }}</main>
<p>{{ articles|length }} posts, of {{ dates|length }}; {{ tags|length }} tags; {{ SITENAME|e }}; {{ tally|default("no") }} tally</p>
</body></html>
"""
TEMPLATES = {
    "looks/article.html": ARTICLE,
    "looks/bare.html": BARE,
    "looks/talk.html": '<p class="talk">Write to {{ AUTHOR|e }}.</p>\n',
    "looks/signs.html": '{% macro sign(text) %}<p class="sign">{{ text|e }}</p>{% endmacro %}\n',
}

# Two plugins of the blog's own: one changes a post that it is given, one tells templates of all posts.
PLUGINS = {
    "plugins/rhyme.py": """\
from pelican.plugins import signals

WORD = "high"


def rhyme(content):
    if content._content and "[[tide]]" in content._content:
        content._content = content._content.replace("[[tide]]", WORD + content.settings.get("RHYME", ""))


def register():
    signals.content_object_init.connect(rhyme)
""",
    "plugins/tally.py": """\
from pathlib import Path

from pelican.plugins import signals


def tally(generator):
    words = Path(__file__).with_name("tally.txt").read_text()
    generator.context["tally"] = f"{len(generator.articles)} {words}"


def register():
    signals.article_generator_finalized.connect(tally)
""",
    "plugins/tally.txt": "or so",
}

CODE = {
    "import": "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\nfrom told import told",
    "shout": "def shout(text):\n    return text.upper() + '!'",
}
SETTINGS = {
    "SITENAME": "'A journal & log'",
    "SITEURL": "'https://log.example'",
    "AUTHOR": "'Ada'",
    "TIMEZONE": "'Europe/Lisbon'",
    "THEME_TEMPLATES_OVERRIDES": "['looks']",
    "PAGINATED_TEMPLATES": "{'index': 4, 'tag': 3, 'category': None, 'author': None}",
}

# Code of the blog's own that templates call. Where there is any, nothing that was made before is kept.
CALLED = {"JINJA_FILTERS": "{'shout': shout}", "JINJA_GLOBALS": "{'told': told}"}
CALLS = {"looks/article.html": ("article.title", "article.title|shout"), "looks/bare.html": ("tally</p>", "tally; {{ told() }}</p>")}


@cache
def picture(width: int, height: int, colour: str = "#123456") -> bytes:
    """A picture as a PNG; two of one size, whatever their colours, have one length."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "PNG", compress_level=0)
    return made.getvalue()


def plain() -> Journal:
    """A blog that changes templates of the theme it is given."""
    files = {path: text.encode() for path, text in TEMPLATES.items()} | {
        "more/talk.html": b"<p>Say it.</p>\n",
        "content/posts/harbour/boat.png": picture(3, 2),
        "content/posts/harbour/log.txt": b"Calm.\n",
        "content/posts/harbour/ideas.md": b"Not a post.\n",
        "content/static/chart.png": picture(2, 3),
        "content/static/humans.txt": b"Ada\n",
        "told.txt": b"It was written.",
        "told.py": b"def told():\n    return 'It was told.'\n",
    }
    return Journal(POSTS, files, CODE, SETTINGS, BEFORE)


def themed() -> Journal:
    """The same blog with a theme, plugins and functions of its own; the theme began as a copy of ours."""
    journal = plain()
    copy = {
        f"mine/{path.relative_to(THEME).as_posix()}": path.read_bytes()
        for path in sorted(THEME.rglob("*"))
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    copy["mine/static/extra.css"] = b"p{color:red}\n"
    copy |= {path: text.encode() for path, text in PLUGINS.items()}
    copy |= {path: TEMPLATES[path].replace(*call).encode() for path, call in CALLS.items()}
    own = {
        "THEME": "'mine'",
        "PLUGIN_PATHS": "['plugins']",
        "PLUGINS": "[*PLUGINS, 'rhyme', 'tally']",
        "RHYME": "' water'",
        **CALLED,
    }
    return replace(journal, files={**journal.files, **copy}, settings={**journal.settings, **own})
