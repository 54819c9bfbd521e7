"""How a site is served, whoever serves it: one suite, run on every provider's real server."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import lacking
from tests.modules.rendered import BASE, DESCRIBED, VALIDATOR, hosted, rendered
from tests.modules.servers import BROTLI, SERVERS, Answer, Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page

ETAG = f'W/"{VALIDATOR}"'
SECURITY = {
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-of-ours": "yes, it is",
}
FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden site, made ready to be served below its path."""
    return hosted(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each server there is a provider for."""
    described = {**DESCRIBED, "compressed": SERVERS[request.param].codings()}
    texts = rendered(request.param, **described, root=str(made / "root"), policies=str(made))
    with running(request.param, texts, tmp_path_factory.mktemp(request.param) / "server") as server:
        yield server


def is_not_found(answer: Answer, made: Path) -> bool:
    """Whether an answer is the site's own page for what is not there, complete and not to be kept."""
    page = (made / "root/blog/404.html").read_bytes()
    return (answer.status, answer.body, answer.headers["cache-control"], "etag" in answer.headers) == (404, page, "no-cache", False)


def files(made: Path, suffix: str) -> list[str]:
    root = made / "root"
    return sorted(f"/{file.relative_to(root)}" for file in root.rglob(f"*{suffix}"))


def test_every_file_is_served_as_it_is(server: Server, made: Path) -> None:
    """All of them, by the addresses that pages use, with a type that a browser takes."""
    types = {".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json"}
    for path in files(made, ""):
        file = made / "root" / path[1:]
        if not file.is_file() or file.suffix in {".br", ".gz"} or "/." in path or path.endswith("404.html"):
            continue
        answer = server.ask(path.removesuffix("index.html"))
        assert (answer.status, answer.body) == (200, file.read_bytes()), path
        assert answer.headers.get("content-type", "").startswith(types.get(file.suffix, "")), path
        if file.suffix == ".js":
            assert "javascript" in answer.headers["content-type"]
        if file.suffix in {".xml", ".txt"}:
            assert answer.headers["content-type"].lower().endswith("charset=utf-8"), path


def test_what_is_not_there(server: Server, made: Path) -> None:
    """The site's own page, with the status that says so, whatever name was asked for."""
    for path in ("/blog/gone", "/blog/gone/", "/gone", "/blog/gone.html", "/blog/theme/script/search.0123456789.js", "/blog/404.html"):
        assert is_not_found(server.ask(path), made), path


def test_an_error_is_no_match(server: Server, made: Path) -> None:
    """Who has the site's validator is still told that a page is not there, all of it."""
    for path in ("/blog/gone/", "/blog/404.html", "/blog/.git/config", "/blog/posts/"):
        assert is_not_found(server.ask(path, If_None_Match=ETAG), made), path
    assert is_not_found(server.ask("/blog/gone/", If_None_Match="*"), made)
    assert is_not_found(server.ask("/blog/gone/", If_Modified_Since="Thu, 01 Jan 2037 00:00:00 GMT", Range="bytes=0-9"), made)


@pytest.mark.parametrize("path", ["/blog/theme/", "/blog/theme/script/", "/blog/posts/", "/blog/pagefind/"])
def test_no_folder_is_listed(server: Server, made: Path, path: str) -> None:
    """A folder without a page is not there."""
    assert is_not_found(server.ask(path), made)


@pytest.mark.parametrize(
    "path",
    ["/blog/.git/config", "/blog/.git/", "/blog/posts/.secret", "/blog/.well-known/.hidden", "/.htaccess", "/blog/%2egit/config"],
)
def test_no_hidden_file_is_shown(server: Server, made: Path, path: str) -> None:
    """Nothing that has a dot before its name …"""
    assert (made / "root/blog/.git/config").is_file()
    assert is_not_found(server.ask(path), made)


def test_well_known_files_are_shown(server: Server) -> None:
    """… but what RFC 8615 gives a place."""
    assert server.ask("/blog/.well-known/here.txt").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../etc/passwd",
        "/blog/../../etc/passwd",
        "/blog/..%2f..%2fetc/passwd",
        "/blog/%2e%2e/%2e%2e/etc/passwd",
        "/blog/..\\..\\etc\\passwd",
        "/blog//../../policies.json",
        "/blog/%00/../../policies.json",
        "/blog../policies.json",
    ],
)
def test_no_path_leads_out(server: Server, made: Path, path: str) -> None:
    """What lies beside the site is not there."""
    answer = server.ask(path)
    assert answer.status in {400, 404}
    assert b"root:x:" not in answer.body
    assert b"default-src" not in answer.body
    assert (made / "policies.json").is_file()


def test_addresses_of_folders(server: Server) -> None:
    """A folder's address ends in a slash, and a redirect to it stays on the host that was asked."""
    for path, target in (("/blog/about", "/blog/about/"), ("/blog", "/blog/"), ("/blog/posts/trams", "/blog/posts/trams/")):
        answer = server.ask(path)
        assert (answer.status, answer.headers["location"]) in {(301, target), (308, target)}
        assert "etag" not in answer.headers
    # Caddy 2.6 leaves the query out; nothing on a page of ours asks for one.
    assert server.ask("/blog/about?a=b").headers["location"] in {"/blog/about/?a=b", "/blog/about/"}


@pytest.mark.parametrize(
    "path", ["//evil.example/%2e%2e/blog/about", "//evil.example/..", "/\\evil.example/blog/../../blog/about", "//blog/about"]
)
def test_no_redirect_leads_to_another_host(server: Server, path: str) -> None:
    """However many slashes a path begins with."""
    assert not server.ask(path).headers.get("location", "").startswith(("//", "/\\", "http"))


def test_redirects(server: Server) -> None:
    """From exactly the paths that are named, to exactly where they are to lead; for good."""
    for path, target in (("/blog/old", "/blog/about/"), ("/caf%C3%A9", "https://elsewhere.example/menu?of=today"), ("/", "/blog/")):
        answer = server.ask(path)
        assert (answer.status, answer.headers["location"]) == (301, target)
        assert "etag" not in answer.headers
    for path in ("/blog/old/", "/blog/OLD", "/blog/older"):
        assert server.ask(path).status == 404


def test_pages_of_older_addresses_remain(server: Server) -> None:
    """An alias of a post is a page of the site, which leads to the post."""
    assert b'content="0; url=/blog/posts/trams/"' in server.ask("/blog/2026/trams.html").body


@pytest.mark.parametrize("path", ["/blog/", "/blog/gone", "/blog/old", "/blog/feed.xml", "/blog/about", "/blog/.git/config"])
def test_every_answer_has_the_headers(server: Server, path: str) -> None:
    """Pages, errors and redirects alike; what was taken out is out, and what was added is there."""
    headers = server.ask(path).headers
    assert {name: headers.get(name) for name in SECURITY} == SECURITY
    assert "cross-origin-opener-policy" not in headers
    assert headers["content-security-policy"].startswith("default-src 'none'; base-uri 'none'; ")


def test_policies(server: Server) -> None:
    """Nothing is fetched or run but what the site has; WebAssembly and requests on the search page alone."""
    usual = server.ask("/blog/").headers["content-security-policy"]
    assert not re.search(r"unsafe|connect-src|script-src[^;]*'self'|https?:|\*", usual)
    assert server.ask("/blog/posts/everything/").headers["content-security-policy"] == usual
    assert server.ask("/blog/gone").headers["content-security-policy"] == usual
    for path in ("/blog/search/", "/blog/search/index.html"):
        search = server.ask(path).headers["content-security-policy"]
        assert "'wasm-unsafe-eval'" in search
        assert "connect-src 'self'" in search
        assert len(search) < 1000
    assert len(usual) < 1000


def test_no_version_is_told(server: Server) -> None:
    """Neither in a header nor in a page of the server's own."""
    for answer in (server.ask("/blog/"), server.ask("/gone"), server.ask("/blog/", "POST")):
        assert not re.search(r"\d", answer.headers.get("server", ""))
        assert not re.search(rb"(?i)(nginx|caddy)/\d", answer.body)


def test_a_page_is_asked_about_each_time(server: Server) -> None:
    """It is kept, with the validator of the whole site and no time; who has it is told so in a few bytes."""
    for path in ("/blog/", "/blog/posts/trams/", "/blog/feed.xml", "/blog/pagefind/pagefind.js"):
        page = server.ask(path)
        assert (page.headers["cache-control"], page.headers["etag"]) == ("no-cache", ETAG)
        assert "last-modified" not in page.headers
        for held in (ETAG, f'"{VALIDATOR}"', f'"other", {ETAG}'):
            again = server.ask(path, If_None_Match=held)
            assert (again.status, again.body) == (304, b"")
            assert (again.headers["etag"], again.headers["cache-control"]) == (ETAG, "no-cache")
            assert again.headers["content-security-policy"] == page.headers["content-security-policy"]


def test_another_site_is_no_match(server: Server) -> None:
    """A validator of yesterday's site, or a time, brings the page as it is now."""
    for headers in ({"If_None_Match": '"another"'}, {"If_Modified_Since": "Thu, 01 Jan 2037 00:00:00 GMT"}):
        answer = server.ask("/blog/", **headers)
        assert (answer.status, answer.headers["etag"]) == (200, ETAG)
        assert answer.body


def test_what_has_its_hash_in_its_name_is_kept_for_ever(server: Server, made: Path) -> None:
    """Nobody asks again for what can't have changed."""
    names = [path for path in files(made, "") if re.search(r"\.[0-9a-f]{10}\.\w+$|_[0-9a-f]+\.pf_\w+$", path)]
    assert any(name.endswith(".js") for name in names)
    assert any(name.endswith(".pf_fragment") for name in names)
    for name in names:
        assert server.ask(name).headers["cache-control"] == FOR_EVER
        assert server.ask(name, If_None_Match=ETAG).headers["cache-control"] == FOR_EVER


def test_compressed(server: Server, made: Path) -> None:
    """Who can read gzip is sent the twin that was made with the site, and caches are told that there are two."""
    page = server.ask("/blog/posts/everything/", Accept_Encoding="gzip")
    assert (page.headers["content-encoding"], page.headers["etag"]) == ("gzip", ETAG)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "accept-encoding" in page.headers["vary"].lower()
    assert page.body == (made / "root/blog/posts/everything/index.html.gz").read_bytes()
    plain = server.ask("/blog/posts/everything/")
    assert gzip.decompress(page.body) == plain.body
    assert "content-encoding" not in plain.headers
    assert len(page.body) < len(plain.body) / 2
    missing = server.ask("/blog/gone", Accept_Encoding="gzip")
    assert (missing.status, gzip.decompress(missing.body)) == (404, server.ask("/blog/gone").body)


def test_brotli(server: Server, made: Path) -> None:
    """Who can read Brotli as well is sent that, which is smaller."""
    twin = made / "root/blog/posts/everything/index.html.br"
    if not twin.exists():
        lacking("brotli")
    page = server.ask("/blog/posts/everything/", Accept_Encoding="gzip, deflate, br")
    if page.headers["content-encoding"] == "gzip" and not BROTLI.exists():
        lacking("Brotli for nginx")
    assert (page.status, page.headers["content-encoding"], page.body) == (200, "br", twin.read_bytes())
    assert len(page.body) < len(server.ask("/blog/posts/everything/", Accept_Encoding="gzip").body)


def test_other_methods(server: Server, made: Path) -> None:
    """Nothing is done to a site but reading; HEAD says what GET does, without the body."""
    for method in ("POST", "PUT", "DELETE"):
        assert server.ask("/blog/", method, Content_Length="0", If_None_Match=ETAG).status == 405
    (script,) = files(made, ".js")[-1:]
    assert server.ask(script, "POST", Content_Length="0").headers["cache-control"] == "no-cache"
    head, get = server.ask("/blog/", "HEAD"), server.ask("/blog/")
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


def test_a_part_of_a_file(server: Server, made: Path) -> None:
    """Film and sound are fetched in parts; of a file that has changed since, the whole is sent."""
    (picture,) = (path for path in files(made, ".png"))
    whole = server.ask(picture).body
    part = server.ask(picture, Range="bytes=3-9")
    assert (part.status, part.body) == (206, whole[3:10])
    assert server.ask(picture, Range="bytes=3-9", If_Range='"another"').body == whole


def counts(message: ConsoleMessage) -> bool:
    """Whether a message is a complaint; a drawing that is opened by itself names no icon, and Chromium looks for one."""
    return message.type in {"error", "warning"} and not message.location["url"].endswith("/favicon.ico")


@pytest.fixture
def visited(browser: Browser, server: Server) -> Iterator[tuple[Page, list[str]]]:
    """A fresh tab on a server, and what the browser complains of."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}", color_scheme="light")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if counts(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, complaints
    context.close()


def test_no_page_is_hindered_by_its_policy(visited: tuple[Page, list[str]], made: Path) -> None:
    """Chromium refuses nothing of any page there is, drawings that are opened by themselves included."""
    page, complaints = visited
    for path in (*files(made, ".html"), *files(made, ".svg")):
        # Neither what is not there by that name, nor what leads on at once.
        if path != f"{BASE}/404.html" and b'http-equiv="refresh"' not in (made / "root" / path[1:]).read_bytes():
            page.goto(path.removesuffix("index.html"))
            assert complaints == [], path


def test_switch_and_search_work(visited: tuple[Page, list[str]]) -> None:
    """The theme's script and style, the search page's script, its worker and its WebAssembly are let through."""
    page, complaints = visited
    page.goto(f"{BASE}/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("radio", name="dark").check(force=True)
    assert page.evaluate(ground) != light
    page.goto(f"{BASE}/search/")
    page.get_by_role("searchbox").fill("funiculars")
    page.locator("main a", has_text="Funiculars").first.wait_for()
    assert complaints == []


def test_what_is_not_of_the_site_does_nothing(visited: tuple[Page, list[str]]) -> None:
    """Neither a script nor a style that somebody brings into a page, nor a request to another host."""
    page, complaints = visited
    page.goto(f"{BASE}/")
    page.evaluate(
        """() => {
          const script = Object.assign(document.createElement("script"), { textContent: "window.stranger = true" })
          const style = Object.assign(document.createElement("style"), { textContent: "html { color: rgb(1, 2, 3) }" })
          document.head.append(script, style)
          document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.stranger = true'><p style='color: red'>")
        }"""
    )
    assert page.evaluate("window.stranger") is None
    assert page.evaluate("getComputedStyle(document.documentElement).color") != "rgb(1, 2, 3)"
    assert page.evaluate("fetch('/blog/feed.json').then(() => 'let', () => 'refused')") == "refused"
    page.wait_for_timeout(200)
    assert page.evaluate("window.stranger") is None
    assert len([text for text in complaints if "Content Security Policy" in text]) >= 5
