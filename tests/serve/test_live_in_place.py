"""How little an open page is disturbed by a build, in a browser: styles in place, and no page loaded again for another's sake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.serve.conftest import Serve, Served, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self' 'unsafe-inline'; "
    "require-trusted-types-for 'script'"
)
PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="9"/>'


def html(text: str = "one", head: str = "<style>body { color: black }</style>") -> str:
    """A long page with something that can be opened and something that can be typed into."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Home</title>{head}</head>'
        f'<body>{"<p>line" * 300}<details><summary>More</summary>Less</details><input type="search"><p id="text">{text}</p></body></html>'
    )


class Reader:
    """Somebody who has a page open, is far down in it, has opened something and typed something."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        page.evaluate("loadedOnce = true; scrollTo(0, 1234); document.querySelector('details').open = true")
        page.locator("input").fill("pelicans")
        self.place = page.evaluate("scrollY")

    def look(self, script: str) -> Any:
        """What a script says of the page; None while it is being loaded again."""
        from playwright.sync_api import Error

        try:
            return self.page.evaluate(script)
        except Error:
            return None

    def sees(self, text: str) -> None:
        """Waits until the page was loaded again and says `text`."""
        self.page.locator("#text").filter(has_text=text).wait_for()
        assert not self.is_undisturbed()

    def sees_colour(self, colour: str) -> None:
        """Waits until the text has this colour."""
        until(lambda: self.look("getComputedStyle(document.body).color") == colour)

    def sees_picture(self, width: int) -> None:
        """Waits until the picture is so wide."""
        until(lambda: self.look("document.querySelector('img')?.naturalWidth") == width)

    def shows(self, build: str) -> None:
        """Waits until the page is that of this build."""
        until(lambda: self.look("document.querySelector('script[data-build]')?.dataset.build") == build)

    def is_undisturbed(self) -> bool:
        """Whether the page is still the one that was opened, at the same place, with what was done to it."""
        left: list[Any] = self.page.evaluate("""() => [
            globalThis.loadedOnce ?? false, document.querySelector("details")?.open, document.querySelector("input")?.value,
            document.activeElement.localName, scrollY]""")
        return left == [True, True, "pelicans", "input", self.place]


@pytest.fixture
def served(serve: Serve) -> Served:
    """A preview below a path, with two pages that say "one"."""
    served = serve("--port", "0", "--base", "/blog")
    for name in ("index", "other"):
        served.save(f"content/{name}.html", html())
    for target in ("/blog/", "/blog/other"):
        served.shows('id="text">one', target)
    return served


@pytest.fixture
def read(browser: Browser, served: Served) -> Iterator[Callable[..., Reader]]:
    """Opens pages of the preview, in tabs of one window."""
    context = browser.new_context()
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield lambda path="": Reader(context.new_page(), served.url + path)
    context.close()
    assert [each for each in complaints if not each.startswith("Failed to load resource")] == []


def save(served: Served, name: str, text: str) -> str:
    """Saves, and waits for the build, whose id it gives."""
    with served.events() as events:
        before = next(events)
        served.save(name, text)
        while (after := next(events)) == before:
            pass
        return str(after["build"])


def test_another_style_is_put_in_place(served: Served, read: Callable[..., Reader]) -> None:
    """Where nothing but the style of a page is another, its reader sees that, and is otherwise left alone; each time."""
    reader = read()
    for colour, value in (("red", "rgb(255, 0, 0)"), ("blue", "rgb(0, 0, 255)")):
        save(served, "content/index.html", html(head=f"<style>body {{ color: {colour} }}</style>"))
        reader.sees_colour(value)
        assert reader.is_undisturbed()


def test_another_style_sheet_is_put_in_place(served: Served, read: Callable[..., Reader]) -> None:
    """So it is with a file of styles, whose address stays the same, and the others keep their rank."""
    head = '<link rel="stylesheet" href="/blog/theme/a.css"><link rel="StyleSheet" href="theme/b.css"><style>p { margin: 9px }</style>'
    for name in "ab":
        served.root.joinpath("content/theme").mkdir(exist_ok=True)
        save(served, f"content/theme/{name}.css", "body { color: black }")
    save(served, "content/index.html", html(head=head))
    reader = read()
    save(served, "content/theme/b.css", "body { color: red }")
    reader.sees_colour("rgb(255, 0, 0)")
    reader.shows(save(served, "content/theme/a.css", "body { color: green }"))
    until(lambda: reader.page.locator("link").count() == 2)
    reader.sees_colour("rgb(255, 0, 0)")
    save(served, "content/theme/b.css", "body { color: blue }")
    reader.sees_colour("rgb(0, 0, 255)")
    assert reader.is_undisturbed()


def test_a_style_sheet_of_another_name_is_put_in_place(served: Served, read: Callable[..., Reader]) -> None:
    """Themes write the hash of a style sheet into its name."""
    save(served, "content/a1.css", "body { color: black }")
    save(served, "content/index.html", html(head='<link rel="stylesheet" href="a1.css">'))
    reader = read()
    save(served, "content/b2.css", "body { color: red }")
    save(served, "content/index.html", html(head='<link rel="stylesheet" href="b2.css">'))
    reader.sees_colour("rgb(255, 0, 0)")
    assert reader.is_undisturbed()


def test_styles_that_a_script_made_stay(served: Served, read: Callable[..., Reader]) -> None:
    """What was not served is not taken for what was."""
    reader = read()
    reader.page.evaluate("""() => {
        const style = document.createElement("style");
        style.textContent = "p { margin: 0 }";
        document.head.prepend(style);
        scrollTo(0, 1234);
    }""")
    reader.place = reader.page.evaluate("scrollY")
    save(served, "content/index.html", html(head="<style>body { color: red }</style>"))
    reader.sees_colour("rgb(255, 0, 0)")
    assert reader.page.evaluate("getComputedStyle(document.querySelector('p')).margin") == "0px"


def test_styles_that_a_script_changed_are_loaded_again(served: Served, read: Callable[..., Reader]) -> None:
    """Nobody knows what the script would have made of the new ones."""
    reader = read()
    reader.page.evaluate("document.querySelector('style').textContent = 'body { color: green }'")
    save(served, "content/index.html", html(head="<style>body { color: red }</style>"))
    reader.sees_colour("rgb(255, 0, 0)")
    assert not reader.is_undisturbed()


def test_a_style_more_is_another_page(served: Served, read: Callable[..., Reader]) -> None:
    """Where it would stand among the others is the page's to say, so it is loaded again."""
    reader = read()
    save(served, "content/index.html", html(head="<style>body { color: black }</style><style>body { color: red }</style>"))
    reader.sees_colour("rgb(255, 0, 0)")
    assert not reader.is_undisturbed()


def test_a_page_is_loaded_again_for_its_own_sake_alone(served: Served, read: Callable[..., Reader]) -> None:
    """Of two open pages, the one that was not saved stays as it is."""
    one, other = read(), read("other")
    latest = save(served, "content/other.html", html("two"))
    other.sees("two")
    one.shows(latest)
    assert one.is_undisturbed()
    save(served, "content/index.html", html("three", "<style>body { color: red }</style>"))
    one.sees("three")
    one.sees_colour("rgb(255, 0, 0)")


def test_a_picture_of_the_page(served: Served, read: Callable[..., Reader]) -> None:
    """Another picture in it is seen, and another elsewhere disturbs nobody."""
    for name in ("a b", "elsewhere"):
        save(served, f"content/{name}.svg", PIXEL % 10)
    save(served, "content/index.html", html('one<img src="a%20b.svg">'))
    reader = read()
    reader.shows(save(served, "content/elsewhere.svg", PIXEL % 20))
    assert reader.is_undisturbed()
    save(served, "content/a b.svg", PIXEL % 30)
    reader.sees_picture(30)


def test_a_picture_that_was_missing(served: Served, read: Callable[..., Reader]) -> None:
    """A page that asked for a picture which was not there shows it once it is."""
    save(served, "content/index.html", html('one<img src="late.svg">'))
    reader = read()
    reader.sees_picture(0)
    save(served, "content/late.svg", PIXEL % 30)
    reader.sees_picture(30)


def test_a_style_sheet_that_another_asks_for(served: Served, read: Callable[..., Reader]) -> None:
    """What a style sheet imports is no element that could be exchanged, so the page is loaded again."""
    save(served, "content/deep.css", "body { color: black }")
    save(served, "content/top.css", "@import 'deep.css';")
    save(served, "content/index.html", html(head='<link rel="stylesheet" href="top.css">'))
    reader = read()
    save(served, "content/deep.css", "body { color: red }")
    reader.sees_colour("rgb(255, 0, 0)")


def test_builds_that_were_missed(served: Served, read: Callable[..., Reader]) -> None:
    """A page that was not in sight compares with what it shows, however many builds there were, failed ones among them."""
    one, other = read(), read("other")
    for reader in (one, other):
        sees_nothing(reader.page, "hidden")
    save(served, "content/index.html", html("two"))
    save(served, "content/error.txt", "a bad word")
    (served.root / "content" / "error.txt").unlink()
    save(served, "content/index.html", html(head="<style>body { color: red }</style>"))
    latest = save(served, "content/third.html", html())
    for reader in (one, other):
        sees_nothing(reader.page, "visible")
    one.sees_colour("rgb(255, 0, 0)")
    other.shows(latest)
    assert one.is_undisturbed()
    assert other.is_undisturbed()


def sees_nothing(page: Page, state: str) -> None:
    """Says of a page that it is hidden, or visible again: headless pages are all visible."""
    page.evaluate(
        """state => {
            Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_the_first_good_build_after_a_failed_one(served: Served, read: Callable[..., Reader]) -> None:
    """The error lies over the page and goes; what changed meanwhile is style alone, and is put in place."""
    reader = read()
    save(served, "content/error.txt", "a bad word")
    alert = reader.page.get_by_role("alert")
    alert.wait_for()
    save(served, "content/index.html", html(head="<style>body { color: red }</style>"))
    (served.root / "content" / "error.txt").unlink()
    alert.wait_for(state="detached")
    reader.sees_colour("rgb(255, 0, 0)")
    assert reader.is_undisturbed()


def test_a_page_that_is_no_longer_there(served: Served, read: Callable[..., Reader]) -> None:
    """It is loaded again, and so is said to be gone; when it comes back, it is there again."""
    reader = read("other")
    (served.root / "content" / "other.html").rename(served.root / "other.html")
    reader.page.get_by_text("There is no such page.").wait_for()


def test_a_page_in_the_place_of_one_that_is_not_there(served: Served, read: Callable[..., Reader]) -> None:
    """The site's own page for what is not there gives way to the page once that comes."""
    save(served, "content/404.html", html("lost"))
    page = read("new").page
    save(served, "content/new.html", html("found"))
    page.get_by_text("found").wait_for()


def test_a_build_that_does_not_say_what_it_changed(served: Served, read: Callable[..., Reader]) -> None:
    """A page that asked for nothing looks whether it is another; one with a picture cannot know, and is loaded again."""
    save(served, "content/a.svg", PIXEL % 10)
    save(served, "content/other.html", html('one<img src="a.svg">'))
    one, other = read(), read("other")
    (served.root / "unknown").touch()
    save(served, "content/a.svg", PIXEL % 30)
    other.sees_picture(30)
    latest = save(served, "content/third.html", html())
    one.shows(latest)
    assert one.is_undisturbed()
    save(served, "content/index.html", html(head="<style>body { color: red }</style>"))
    one.sees_colour("rgb(255, 0, 0)")
    assert one.is_undisturbed()


def test_another_run_of_the_server(served: Served, read: Callable[..., Reader], serve: Serve) -> None:
    """A page that is the same as before is left alone, and gets another style in place."""
    reader = read()
    served.stop()
    served.save("content/index.html", html(head="<style>body { color: red }</style>"))
    again = serve("--port", str(served.port), "--base", "/blog")
    reader.sees_colour("rgb(255, 0, 0)")
    assert reader.is_undisturbed()
    save(again, "content/index.html", html("two"))
    reader.sees("two")
