"""The pages in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import Visit

KINDS = {
    "home": "/",
    "post": "/posts/everything/",
    "post by a machine": "/posts/funiculars/",
    "reStructuredText": "/posts/old/",
    "page": "/about/",
    "archive": "/archive/",
    "year": "/archive/2026/",
    "categories": "/categories/",
    "category": "/categories/travel/",
    "tags": "/tags/",
    "tag": "/tags/trams/",
    "authors": "/authors/",
    "author": "/authors/ada-example/",
    "search": "/search/",
    "subscribe": "/subscribe/",
    "colophon": "/colophon/",
    "not found": "/404.html",
}


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_no_page_complains_or_asks_another_host(visit: Visit, path: str) -> None:
    """Under the strictest policy nothing is refused, nothing fails, and no request leaves the site."""
    visit.goto(path)
    visit.page.wait_for_load_state("networkidle")
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith((visit.origin, "data:"))] == []


def test_a_post_is_one_request(visit: Visit) -> None:
    """A post without pictures arrives whole: style, script and mark are in it."""
    visit.goto("/posts/timetables/")
    visit.page.wait_for_load_state("networkidle")
    assert [url for url in visit.requests if not url.startswith("data:")] == [f"{visit.origin}/blog/posts/timetables/"]


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_no_page_keeps_anybody_out(browser: Browser, site: str, path: str) -> None:
    """axe-core finds no violation on any kind of page, in either scheme."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}/blog{path}")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    light = axe.run(page)
    page.emulate_media(color_scheme="dark")
    dark = axe.run(page)
    context.close()
    assert light.violations_count == 0, light.generate_report()
    assert dark.violations_count == 0, dark.generate_report()


def test_the_keyboard_reaches_the_text_first(visit: Visit) -> None:
    """The first stop is the link past the navigation, and it is visible when it has the focus."""
    page = visit.goto("/posts/trams/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("href") == "#main"
    box = focused.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_navigation_says_where_one_is(visit: Visit) -> None:
    """The current page is marked for eyes and for screen readers."""
    page = visit.goto("/archive/")
    assert page.locator('nav [aria-current="page"]').inner_text().strip() == "Archive"


def test_reading_on(visit: Visit) -> None:
    """From the home page to a post, to the next one, and to its tag, by links alone."""
    page = visit.goto("/")
    page.get_by_role("link", name="Timetables").first.click()
    assert page.url.endswith("/blog/posts/timetables/")
    page.get_by_role("link", name="Funiculars").first.click()
    assert page.url.endswith("/blog/posts/funiculars/")
    page.locator("main").get_by_role("link", name="trams").first.click()
    assert page.url.endswith("/blog/tags/trams/")


def background(visit: Visit) -> str:
    return str(visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_the_switch_is_remembered(visit: Visit) -> None:
    """Dark is kept from page to page, auto follows the system again."""
    visit.goto("/")
    light = background(visit)
    visit.page.get_by_role("radio", name="dark").check(force=True)
    dark = background(visit)
    assert dark != light
    visit.goto("/archive/")
    assert background(visit) == dark
    visit.page.get_by_role("radio", name="auto").check(force=True)
    assert background(visit) == light
    visit.page.emulate_media(color_scheme="dark")
    assert background(visit) == dark


def test_the_switch_works_by_keyboard(visit: Visit) -> None:
    """The three choices are one stop, and the arrows go through them."""
    page = visit.goto("/")
    light = background(visit)
    page.get_by_role("radio", name="auto").focus()
    page.keyboard.press("ArrowLeft")
    assert page.get_by_role("radio", name="dark").is_checked()
    assert background(visit) != light


def test_search_finds(visit: Visit) -> None:
    """A word of a post brings up the post, and the address can be passed on."""
    page = visit.goto("/search/")
    page.get_by_role("searchbox").fill("funiculars")
    page.locator("main a", has_text="Funiculars").first.wait_for()
    assert "q=funiculars" in page.url
    page.reload()
    page.locator("main a", has_text="Funiculars").first.wait_for()
    assert visit.complaints == []


def test_without_script_the_search_page_is_the_archive(browser: Browser, site: str) -> None:
    """Who runs no script still finds every post, and sees no switch that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/blog/search/")
    assert page.locator("main a[href='/blog/posts/trams/']").is_visible()
    assert page.get_by_role("radio").count() == 0
    context.close()


def test_notes_stand_beside_the_text_where_there_is_room(visit: Visit) -> None:
    """On a wide screen a note is level with its mention; on a narrow one it is at the end."""
    page = visit.goto("/posts/everything/")
    mention, note = page.locator("#fnref-1"), page.locator("#fn-1")
    wide_mention, wide_note = mention.bounding_box(), note.bounding_box()
    assert wide_mention is not None
    assert wide_note is not None
    assert abs(wide_mention["y"] - wide_note["y"]) < 60
    assert wide_note["x"] > wide_mention["x"]
    page.set_viewport_size({"width": 390, "height": 844})
    narrow_note, heading = note.bounding_box(), page.locator("#a-table").bounding_box()
    assert narrow_note is not None
    assert heading is not None
    assert narrow_note["y"] > heading["y"]


def test_notes_do_not_lie_on_one_another(visit: Visit) -> None:
    """Two notes of one line stand one below the other."""
    page = visit.goto("/posts/everything/")
    first, second = page.locator("#fn-1").bounding_box(), page.locator("#fn-2").bounding_box()
    assert first is not None
    assert second is not None
    assert second["y"] >= first["y"] + first["height"]


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())
def test_no_page_scrolls_sideways(visit: Visit, path: str) -> None:
    """At every width the page fits; what is wider scrolls by itself."""
    visit.goto(path)
    for width in (320, 390, 820, 1440):
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
