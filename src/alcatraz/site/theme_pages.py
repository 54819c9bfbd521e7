"""The pages that a theme has by itself, such as archive and search: which are made, and what a theme is told to link to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alcatraz.feeds.entries import is_public
from alcatraz.settings import base_path
from alcatraz.site.contents import contents_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["choose_pages", "links_of_settings"]

OUR_OWN = frozenset({"404", "colophon", "search", "subscribe"})  # pages that other people's themes do not know
LINKED = ("archives", "authors", "categories", "colophon", "search", "subscribe", "tags")

ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def choose_pages(settings: dict[str, Any]) -> None:
    """Leaves out the pages that the theme has no template for, and takes its address from each page that is not made.

    So a template that asks `{% if SEARCH_SAVE_AS %}` knows whether there is something to link to, whichever way a blog
    does without it. UNMADE keeps those addresses, for the menu.
    """
    made = [name for name in settings["DIRECT_TEMPLATES"] if name not in OUR_OWN or _has(settings, name)]
    settings["DIRECT_TEMPLATES"] = made
    unmade = [name.upper() for name in LINKED if name not in made or not settings.get(f"{name.upper()}_SAVE_AS")]
    settings["UNMADE"] = frozenset(str(settings.get(f"{name}_URL") or "").strip("/") for name in unmade) - {""}
    settings.update({f"{name}_{part}": "" for name in unmade for part in ("URL", "SAVE_AS")})


def links_of_settings(context: Mapping[str, Any]) -> dict[str, Any]:
    """MENUITEMS and SOCIAL as every theme can write them into a page: from the site's root, and to pages that there are.

    The menu keeps an entry whose page the theme does not make where the blog has a page of its own at that address.
    Other people's themes name the site's feed by Pelican's settings, which are empty since it is not Pelican that writes it.
    """
    base = base_path(context)
    lost = context["UNMADE"] - {str(content.url).strip("/") for content in contents_of(context)}
    links = {
        "MENUITEMS": [(name, _from_root(url, base)) for name, url in context["MENUITEMS"] if url.strip("/") not in lost],
        "SOCIAL": [(name, _from_root(url, base)) for name, url in context["SOCIAL"]],
    }
    if context["FEED_ALL_ATOM"] is None and any(map(is_public, context["articles"])):
        return {**links, "FEED_ALL_ATOM": "feed.xml", "FEED_DOMAIN": context["SITEURL"]}
    return links


def _from_root(url: str, base: str) -> str:
    return url if ELSEWHERE.match(url) else f"{base}/{url.lstrip('/')}"


def _has(settings: Mapping[str, Any], template: str) -> bool:
    folders: Iterable[Any] = [*settings["THEME_TEMPLATES_OVERRIDES"], Path(settings["THEME"], "templates")]
    return any(Path(folder, f"{template}.html").is_file() for folder in folders)
