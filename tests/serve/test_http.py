"""The preview as a client sees it: files, pages, conditions, ranges, and what is refused."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from pathlib import Path

import pytest

from alcatraz.serve.application import application
from alcatraz.serve.live import Live
from tests.serve.conftest import Answer, Site, ask


def test_a_page_is_served_as_html_to_be_asked_for_again(site: Site) -> None:
    """A folder's address gives its index.html, with its media type, and no cache keeps it without asking."""
    answer = site.get("/posts/first/")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<title>First</title>" in answer.text


def test_a_page_has_the_live_script_at_the_end_of_its_body(site: Site) -> None:
    """The script goes before the end tag of the body, or to the end of a page that leaves that out, and knows whose page it is in."""
    tag = f'<script src="/.alcatraz/live.js" data-build="{site.live.state.build}" data-page="%s" data-version="[0-9a-f-]+" async></script>'
    assert re.search(f"<p>Welcome</p>{tag % '/index.html'}</body></html>$", site.get("/").text)
    assert re.search(f"<p>Words{tag % '/posts/first/index.html'}$", site.get("/posts/first/").text)


def test_the_live_script_is_told_which_file_the_page_is(site: Site) -> None:
    """By its path at the site's address, decoded; a page that stands in for another is none of its own."""
    site.write("a & b.html", "A")
    site.live.built("/bl%C3%B6g")
    assert 'data-page="/blög/a &amp; b.html"' in site.get("/bl%C3%B6g/a%20%26%20b").text
    assert "data-page" not in site.get("/bl%C3%B6g/nowhere/").text
    assert "data-page" not in site.get("/nowhere/").text


def test_a_page_that_is_saved_again_has_another_version(site: Site) -> None:
    """The live script can tell two pages from one another that came with the same build."""
    before = site.get("/").text
    assert site.get("/").text == before
    site.write("new", "<title>Home</title>")
    (site.output / "new").replace(site.output / "index.html")
    versions = [re.findall('data-version="(.+?)"', text) for text in (before, site.get("/").text)]
    assert versions[0] != versions[1]


def test_a_page_is_given_out_without_its_ending_as_hosts_do(site: Site) -> None:
    """`/odd` is odd.html where there is nothing else of that name, and `/odd/` is not."""
    site.write("odd.html", "<title>Odd</title>")
    assert "<title>Odd</title>" in site.get("/odd").text
    assert site.get("/odd/").status == 404


def test_a_long_page_is_whole(site: Site) -> None:
    """A page of many pieces arrives with every byte in order, and the length it said."""
    text = "".join(f"<p>{number}" for number in range(50_000))
    site.write("long/index.html", f"<body>{text}</body>")
    answer = site.get("/long/")
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.text.startswith(f"<body>{text}<script ")


def test_other_files_are_served_as_they_are(site: Site) -> None:
    """Nothing is put into a file that is not a page."""
    assert site.get("/style.css").body == b"body { color: black }\n"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("feed.xml", "application/xml"),
        ("a.svg", "image/svg+xml"),
        ("a.JPG", "image/jpeg"),
        ("a.woff2", "font/woff2"),
        ("a.wasm", "application/wasm"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.unknown", "application/octet-stream"),
        ("README", "application/octet-stream"),
    ],
)
def test_media_types(site: Site, name: str, media_type: str) -> None:
    """A file has the media type of its suffix; what is unknown is bytes."""
    site.write(name, "x")
    assert site.get(f"/{name}").headers["content-type"] == media_type


def test_a_picture_cannot_run_a_script(site: Site) -> None:
    """An SVG file opened by itself is a document, so it is told not to run what scripts it has."""
    site.write("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert site.get("/a.svg").headers["content-security-policy"] == "script-src 'none'"


@pytest.mark.parametrize("target", ["/", "/style.css", "/.alcatraz/live.js", "/nowhere/"])
def test_head_is_get_without_the_body(site: Site, target: str) -> None:
    """HEAD gives the status and headers that GET gives, and nothing else."""
    get, head = site.get(target), site.get(target, "HEAD")
    assert (head.status, head.headers) == (get.status, get.headers)
    assert head.body == b"" or target.startswith("/.alcatraz")  # the server drops what a static answer has


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND"])
@pytest.mark.parametrize("target", ["/", "/style.css", "/.alcatraz/events", "/nowhere"])
def test_other_methods_are_refused(site: Site, method: str, target: str) -> None:
    """A preview is for reading: any other method gets 405 and the two that are allowed."""
    answer = site.get(target, method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_folder_without_its_slash_redirects(site: Site) -> None:
    """The address of a folder gets its slash, and keeps its query."""
    answer = site.get("/posts/first?q=a%20b")
    assert (answer.status, answer.headers["location"]) == (307, "/posts/first/?q=a%20b")


@pytest.mark.parametrize("target", ["/nowhere", "/posts/", "/posts/first/nowhere.png", "/style.css/", "/index.html/"])
def test_what_is_not_there_gets_the_sites_own_page(site: Site, target: str) -> None:
    """A missing page, a folder without an index and a file with a slash give the site's 404.html with status 404."""
    answer = site.get(target)
    assert answer.status == 404
    assert "<title>Lost</title>" in answer.text
    assert "live.js" in answer.text


def test_what_is_not_there_in_a_site_without_a_page_for_it(site: Site) -> None:
    """Without a 404.html there is a plain sentence."""
    (site.output / "404.html").unlink()
    answer = site.get("/nowhere")
    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    "name",
    ["with space.txt", "grüße.txt", "🦆.txt", "100%.txt", "a+b&c=d.txt", "new\nline.txt", "q?.txt", "a#b.txt", "%2e%2e.txt"],
)
def test_odd_names(site: Site, name: str) -> None:
    """A file is found by its percent-encoded name, whatever is in that."""
    site.write(name, "here")
    assert site.get("/" + "".join(f"%{byte:02X}" for byte in name.encode())).text == "here"


def test_a_site_that_is_replaced_while_it_is_read(site: Site) -> None:
    """A page that is in the old site and in the new one is found at every moment between."""
    other, old = site.output.with_name("other"), site.output.with_name("old")
    shutil.copytree(site.output, other)
    done = threading.Event()

    def replace() -> None:
        while not done.is_set():
            site.output.rename(old)
            time.sleep(0.001)
            other.rename(site.output)
            old.rename(other)
            time.sleep(0.005)

    thread = threading.Thread(target=replace)
    thread.start()
    try:
        assert {site.get("/posts/first/").status for _ in range(200)} == {200}
    finally:
        done.set()
        thread.join()


# Conditional requests.


def test_what_the_browser_has_is_not_sent_again(site: Site) -> None:
    """A request that names the version there is, alone or among others, is answered 304 without a body."""
    for target in ("/", "/style.css"):
        etag = site.get(target).headers["etag"]
        for condition in (etag, f'"other", W/{etag}', "*"):
            answer = site.get(target, If_None_Match=condition)
            assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", etag)
        assert site.get(target, If_None_Match='"other"').status == 200


def test_an_edit_is_another_version_even_when_time_and_size_stay(site: Site) -> None:
    """A build may set the time of its files, so the version does not rest on that."""
    path = site.write("feed.xml", "<a/>")
    os.utime(path, (0, 0))
    before = site.get("/feed.xml").headers["etag"]
    path.unlink()
    os.utime(site.write("feed.xml", "<b/>"), (0, 0))
    answer = site.get("/feed.xml", If_None_Match=before)
    assert (answer.status, answer.text) == (200, "<b/>")


def test_a_page_is_another_version_after_each_build(site: Site) -> None:
    """A page says which build it is of, so it is sent again after the next one; a picture is not."""
    page, style = site.get("/").headers["etag"], site.get("/style.css").headers["etag"]
    site.live.built()
    assert site.get("/", If_None_Match=page).status == 200
    assert site.get("/style.css", If_None_Match=style).status == 304


# Ranges.


@pytest.mark.parametrize(
    ("range_", "part", "content_range"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ],
)
def test_a_part_of_a_file(site: Site, range_: str, part: bytes, content_range: str) -> None:
    """One range of bytes is given as asked for, as far as there are bytes."""
    site.write("film.mp4", b"0123456789")
    answer = site.get("/film.mp4", Range=range_)
    assert (answer.status, answer.body) == (206, part)
    assert (answer.headers["content-range"], answer.headers["content-length"]) == (content_range, str(len(part)))


@pytest.mark.parametrize("range_", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_part_that_is_not_there(site: Site, range_: str) -> None:
    """A range beyond the end gets 416 and the size."""
    site.write("film.mp4", b"0123456789")
    answer = site.get("/film.mp4", Range=range_)
    assert (answer.status, answer.headers["content-range"], answer.body) == (416, "bytes */10", b"")


@pytest.mark.parametrize("range_", ["lines=1-2", "bytes=5-2", "bytes=a-b", "bytes=-", "bytes=0-1,3-4", "bytes=" + "9" * 5000 + "-"])
def test_ranges_that_are_ignored(site: Site, range_: str) -> None:
    """Another unit, a malformed range, or several at once: the whole file."""
    site.write("film.mp4", b"0123456789")
    answer = site.get("/film.mp4", Range=range_)
    assert (answer.status, answer.body) == (200, b"0123456789")


def test_a_part_of_the_version_that_was_meant(site: Site) -> None:
    """If-Range gives the part of the same version, and the whole of another."""
    site.write("film.mp4", b"0123456789")
    etag = site.get("/film.mp4").headers["etag"]
    assert site.get("/film.mp4", Range="bytes=0-1", If_Range=etag).status == 206
    assert site.get("/film.mp4", Range="bytes=0-1", If_Range='"old"').status == 200
    assert site.get("/film.mp4", "HEAD", Range="bytes=0-1").status == 200


# Who may ask.


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]", "[::1]:8000"])
def test_names_of_this_machine(site: Site, host: str) -> None:
    """The preview answers to the names of the loopback interface, at any port."""
    assert site.get("/", Host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil@127.0.0.1",
        "192.0.2.1",
        "",
        "[::1",
        "127.0.0.1:x",
        "[::2]",
    ],
)
@pytest.mark.parametrize("target", ["/", "/.alcatraz/events", "/.alcatraz/live.js"])
def test_other_names_are_refused(site: Site, host: str, target: str) -> None:
    """A page elsewhere whose name was made to resolve to this machine reads nothing (DNS rebinding)."""
    answer = site.get(target, Host=host)
    assert answer.status == 421
    assert "Welcome" not in answer.text


def test_a_host_that_was_asked_for(site: Site) -> None:
    """The preview answers to the host it listens on; where that is every address, to any address but to no other name."""
    named, every = site.app(host="devbox.lan"), site.app(host="0.0.0.0")  # noqa: S104 (nothing listens)
    assert ask(named, "/", Host="devbox.lan:8000").status == 200
    assert ask(named, "/", Host="evil.example").status == 421
    assert ask(every, "/", Host="192.0.2.1:8000").status == 200
    assert ask(every, "/", Host="[2001:db8::1]").status == 200
    assert ask(every, "/", Host="evil.example").status == 421


def test_events_and_files_are_for_the_previews_own_pages(site: Site) -> None:
    """Another site's page gets no events, and may not embed what is previewed."""
    assert site.get("/.alcatraz/events", Sec_Fetch_Site="cross-site").status == 403
    assert site.get("/.alcatraz/events", Sec_Fetch_Site="same-site").status == 403
    assert site.get("/style.css").headers["cross-origin-resource-policy"] == "same-origin"


# Nothing outside.

OUTSIDE = [
    "/../secret.txt",
    "/posts/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/.%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "/%252e%252e%252fsecret.txt",
    "/..%5csecret.txt",
    "/..\\secret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
    "/%2Fetc/passwd",
    "/posts//etc/passwd",
    "/file:///etc/passwd",
    "/secret.txt%00.html",
    "/%00",
    "/index.html%00",
    "/%ff%fe",
    "/./index.html",
    "/posts/./first/",
    "secret.txt",
    "",
    "*",
    "http://127.0.0.1/secret.txt",
    "/" + "a" * 5000,
    "/" + "a/" * 3000,
]


@pytest.mark.parametrize("target", OUTSIDE)
def test_no_path_leads_outside(site: Site, target: str) -> None:
    """However a path is written, it names a file of the site or none."""
    site.output.with_name("secret.txt").write_text("secret", encoding="utf-8")
    answer = site.get(target)
    assert answer.status == 404
    assert "secret" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("target", ["//evil.example", "//evil.example/", "/%2fevil.example", "/\\evil.example", "/%5cevil.example"])
def test_no_redirect_leads_to_another_host(site: Site, target: str) -> None:
    """A folder that is called like a host does not make the preview redirect there."""
    (site.output / "evil.example").mkdir()
    assert site.get(target).status == 404


def test_links_within_the_site_are_followed_and_others_are_not(site: Site) -> None:
    """A symbolic link gives what is inside the site; one that leaves it, dangles or loops gives nothing."""
    outside = site.output.with_name("outside")
    outside.mkdir()
    (outside / "secret.txt").write_text("secret", encoding="utf-8")
    links = {"inside": "style.css", "out": "../outside/secret.txt", "folder": "../outside", "gone": "nothing", "loop": "loop"}
    for name, target in links.items():
        (site.output / name).symlink_to(target)
    assert site.get("/inside").status == 200
    for target in ("/out", "/folder/secret.txt", "/folder", "/gone", "/loop"):
        assert site.get(target).status == 404


def test_a_site_that_is_a_link_itself(site: Site) -> None:
    """An output that a build exchanges by a symbolic link is served."""
    link = site.output.with_name("current")
    link.symlink_to("output")
    assert "Welcome" in ask(Site(link, site.live).app(), "/").text


def test_what_is_no_plain_file_is_not_opened(site: Site) -> None:
    """A FIFO among the files, which would be read for ever, is not there."""
    os.mkfifo(site.output / "pipe")
    assert site.get("/pipe").status == 404


def test_a_file_that_may_not_be_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be opened is answered like one that is not there."""

    def refuse(self: Path, *_: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    assert site.get("/style.css").status == 404


# A site under a path.


@pytest.mark.parametrize(
    ("target", "status", "location"),
    [
        ("/", 307, "/blog/"),
        ("/blog", 307, "/blog/"),
        ("/blog/", 200, None),
        ("/blog/posts/first", 307, "/blog/posts/first/"),
        ("/blog/posts/first/", 200, None),
        ("/blog/style.css", 200, None),
        ("/posts/first/", 404, None),
        ("/style.css", 404, None),
        ("/blogging/", 404, None),
        ("/.alcatraz/live.js", 200, None),
    ],
)
def test_a_site_under_a_path(site: Site, target: str, status: int, location: str | None) -> None:
    """A site whose address has a path is served under it, as it will be on its host."""
    site.live.built("/blog")
    answer = site.get(target)
    assert (answer.status, answer.headers.get("location")) == (status, location)


def test_a_path_with_letters_that_are_encoded(site: Site) -> None:
    """The path may have any letters; the address has them percent-encoded."""
    site.live.built("/caf%C3%A9/~u")
    assert site.get("/").headers["location"] == "/caf%C3%A9/~u/"
    assert site.get("/caf%c3%a9/~u/").status == 200


def test_a_path_that_becomes_another(site: Site) -> None:
    """The site stands where the settings of the build say that is shown; a build that fails moves nothing."""
    app = site.app()
    for base in ("/blog", "/notes/mine", ""):
        site.live.built(base)
        site.live.failed("broken")
        assert ask(app, f"{base}/").status == 200
        assert ask(app, f"{base}/style.css").status == 200
    assert ask(app, "/blog/").status == 404


# Before there is a site.


def test_before_the_first_good_build(site: Site) -> None:
    """While no build has succeeded, each address gives a page that says why, as text, and that hears of the next build."""
    site.live = Live()
    site.live.failed("a.md:3: <b> & so on")
    answer = site.get("/posts/first/")
    assert answer.status == 503
    assert "a.md:3: &lt;b&gt; &amp; so on" in answer.text
    assert f'data-build="{site.live.state.build}"' in answer.text


# Search.


def test_the_search_index_is_made_when_it_is_asked_for(site: Site) -> None:
    """The search page and the index itself have the index made; other pages do not."""
    site.write("search/index.html", "<p>Search")
    site.write("pagefind/pagefind.js", "export {}")
    site.get("/")
    assert site.indexed == 0
    assert site.get("/search/").status == 200
    assert site.indexed == 1
    assert site.get("/pagefind/pagefind.js").status == 200
    assert site.indexed == 2


def test_the_index_is_there_when_its_files_are_sent(site: Site) -> None:
    """A request for a file of the index waits until the index is made."""

    async def index() -> None:
        site.write("pagefind/pagefind.js", "made")

    site.live.built("/blog")
    answer: Answer = ask(site.app(index=index), "/blog/pagefind/pagefind.js")
    assert (answer.status, answer.text) == (200, "made")


def test_the_index_is_found_beside_the_site(site: Site, tmp_path: Path) -> None:
    """Where it is kept apart from the site it is given out all the same, and what a site has under that name where there is none."""
    site.write("pagefind/own.txt", "own")
    app = application(site.output, site.live, site.index, search=tmp_path / "search")
    assert ask(app, "/pagefind/own.txt").text == "own"
    (tmp_path / "search" / "pagefind").mkdir(parents=True)
    (tmp_path / "search" / "pagefind" / "pagefind.js").write_text("made", encoding="utf-8")
    assert ask(app, "/pagefind/pagefind.js").text == "made"
    assert ask(app, "/pagefind/../../x").status == 404
    assert ask(app, "/style.css").status == 200
