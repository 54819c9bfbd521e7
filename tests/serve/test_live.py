"""Live reload as the author sees it, in a browser: under a strict Content-Security-Policy, as the site may have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.serve.conftest import Serve, Served, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"
PAGE = f"""<!DOCTYPE html><html lang="en"><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Home</title>
<body>{"<p>line" * 300}<p id="text">%s</body></html>"""


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of."""
    return []


@pytest.fixture
def served(serve: Serve) -> Served:
    """A preview whose home page is long and says "one"."""
    served = serve()
    served.save("content/index.html", PAGE % "one")
    served.shows('id="text">one')
    return served


@pytest.fixture
def page(browser: Browser, served: Served, complaints: list[str]) -> Iterator[Page]:
    """The home page, open."""
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(served.url)
    yield page
    page.close()


def shows(page: Page, text: str) -> None:
    """Waits until the page has reloaded by itself and says `text`."""
    page.locator("#text").filter(has_text=text).wait_for()


def test_the_page_reloads_where_it_was_scrolled_to(page: Page, served: Served, complaints: list[str]) -> None:
    """After a save the page shows the new text, at the same place."""
    page.evaluate("scrollTo(0, 1234)")
    served.save("content/index.html", PAGE % "two")
    shows(page, "two")
    until(lambda: page.evaluate("scrollY") == 1234)
    assert complaints == []


def test_an_error_lies_over_the_page_until_it_is_mended(page: Page, served: Served, complaints: list[str]) -> None:
    """The error's sentence is shown as text over the old page, announced to screen readers, and goes with the error."""
    served.save("content/error.txt", "<img src=x onerror=alert(1)> is bad")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "content/error.txt:1: <img src=x onerror=alert(1)> is bad; remove it" in alert.inner_text()
    assert page.locator("#text").inner_text() == "one"
    box = alert.bounding_box()
    assert box
    assert box["y"] + box["height"] == pytest.approx(page.evaluate("innerHeight"))
    (served.root / "content" / "error.txt").unlink()
    alert.wait_for(state="detached")
    assert complaints == []


def test_a_page_outlives_a_restart_of_the_server(page: Page, served: Served, serve: Serve) -> None:
    """The page finds the new server by itself, and shows what changed meanwhile."""
    served.stop()
    served.save("content/index.html", PAGE % "two")
    serve("--port", str(served.port))
    shows(page, "two")


def test_a_page_before_the_first_good_build(page: Page, served: Served, serve: Serve) -> None:
    """A preview that starts with a broken blog shows the error, and the site once that is mended."""
    served.stop()
    served.save("content/error.txt", "broken")
    again = serve("--port", str(served.port))
    page.get_by_role("heading", name="Not built yet").wait_for()
    page.get_by_role("alert").wait_for()
    (again.root / "content" / "error.txt").unlink()
    shows(page, "one")


def test_more_pages_than_a_browser_has_connections(browser: Browser, served: Served) -> None:
    """Pages that nobody sees hold no connection, so that the ones in sight load."""
    context = browser.new_context()
    page = context.new_page()
    for number in range(8):
        page = context.new_page() if number else page
        page.goto(served.url)
        # Headless pages are all visible: say of each that it is not.
        page.evaluate("""() => {
            Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
            document.dispatchEvent(new Event("visibilitychange"));
        }""")
    assert page.locator("#text").inner_text() == "one"
    context.close()
