"""The preview as a whole: a server in a process of its own, an author who saves, and a browser that listens."""

from __future__ import annotations

import signal
import socket
import time
from typing import TYPE_CHECKING

import pytest

from tests.serve.conftest import PATIENCE, Serve, Served, start, until

if TYPE_CHECKING:
    from pathlib import Path


def test_it_says_where_it_is_and_what_it_built(serve: Serve) -> None:
    """The first line is the address; each build is told in one."""
    served = serve()
    assert served.url == f"http://127.0.0.1:{served.port}/"
    served.told("Built 0 posts and 1 page in ")
    assert "<p>one" in served.get("/").text


def test_findings_are_told(serve: Serve) -> None:
    """What a build finds is printed, with its place and what to do."""
    served = serve()
    served.save("content/index.html", "no label")
    assert served.told("no label") == "content/index.html:1: no label; give one"


def test_a_save_reaches_the_open_page(serve: Serve) -> None:
    """After a save the page hears of another build, and gets the new text."""
    served = serve()
    with served.events() as events:
        before = next(events)
        served.save("content/index.html", "<p>two")
        after = next(events)
    assert before["build"] != after["build"]
    assert "<p>two" in served.get("/").text
    assert f'data-build="{after["build"]}"' in served.get("/").text


def test_a_save_during_a_build_is_not_lost(serve: Serve) -> None:
    """What is saved after a build has read it, and before it is done, is built next."""
    served = serve()
    served.shows("one")
    for text in ("second", "fourth", "sixth"):
        (served.root / "hold").touch()
        served.save("content/index.html", text)
        until((served.root / "reading-done").exists)
        served.save("content/index.html", f"after {text}")
        time.sleep(0.3)  # the change is seen, and waits
        (served.root / "reading-done").unlink()
        (served.root / "hold").unlink()
        served.shows(f"after {text}")


def test_a_save_during_the_first_build_is_not_lost(tmp_path: Path, serve: Serve) -> None:
    """The watchers are open before the first build reads anything."""
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / "hold").touch()
    served = serve()
    until((served.root / "reading-done").exists)
    served.save("content/index.html", "two")
    (served.root / "hold").unlink()
    served.shows("two")


def test_the_old_site_is_served_during_a_build(serve: Serve) -> None:
    """A request during a build is answered at once, with the last good site."""
    served = serve()
    served.shows("one")
    (served.root / "hold").touch()
    served.save("content/index.html", "two")
    until((served.root / "reading-done").exists)
    assert "one" in served.get("/").text
    (served.root / "hold").unlink()
    served.shows("two")


def test_many_saves_in_a_row_end_with_the_last(serve: Serve) -> None:
    """However fast an author saves, what is shown in the end is what was saved last."""
    served = serve()
    for number in range(100):
        served.save("content/index.html", f"save {number:03}")
        time.sleep(0.005)
    served.shows("save 099")


def test_a_failed_build_is_told_and_the_old_page_stays(serve: Serve) -> None:
    """An error comes to the terminal and to the page; the next good build takes it away."""
    served = serve()
    with served.events() as events:
        before = next(events)
        served.save("content/error.txt", "a <b>bad</b> word")
        failed = next(events)
        sentence = "content/error.txt:1: a <b>bad</b> word; remove it"
        assert failed == {"build": before["build"], "error": sentence, "changed": []}
        assert served.told("bad") == sentence
        assert "one" in served.get("/").text
        (served.root / "content" / "error.txt").unlink()
        good = next(events)
        assert good["error"] is None
        assert good["build"] != before["build"]


def test_a_page_is_told_what_changed_since_the_build_that_it_shows(serve: Serve) -> None:
    """With each build, and at first with all that it missed: by the paths at which the site has it, those that are gone included."""
    served = serve("--port", "0", "--base", "/blog")
    served.shows("one", "/blog/")
    with served.events() as events:
        first = next(events)
        served.save("content/a b.html", "new")
        second = next(events)
        served.save("content/error.txt", "a bad word")
        failed = next(events)
        served.save("content/c.css", "")
        (served.root / "content" / "a b.html").unlink()
        (served.root / "content" / "error.txt").unlink()
        while (third := next(events))["error"]:
            pass
    assert second["changed"] == ["/blog/a b.html"]
    assert failed["changed"] == []
    assert set(third["changed"]) == {"/blog/a b.html", "/blog/c.css"}
    with served.events(since=first["build"]) as events:
        assert next(events) == {**third, "changed": ["/blog/a b.html", "/blog/c.css"]}
    with served.events(since=third["build"]) as events:
        assert next(events) == {**third, "changed": []}


@pytest.mark.parametrize(
    "since", ["", "0-0", "x", "%s-", "%s-99", "%s--1", "%s-1x", "%s-%%C2%%B2", pytest.param("%s-" + "9" * 5000, id="endless")]
)
def test_a_page_of_a_build_that_nobody_knows(serve: Serve, since: str) -> None:
    """Whatever it says of the build that it shows, such as one of an earlier server, it hears that what changed is not known."""
    served = serve()
    served.shows("one")
    with served.events() as events:
        run = next(events)["build"].split("-")[0]
    with served.events(since.replace("%s", run).replace("%%", "%")) as events:
        assert next(events)["changed"] is None


def test_a_build_that_does_not_say_what_it_changed(serve: Serve) -> None:
    """Neither do those pages know that were open before."""
    served = serve()
    served.shows("one")
    with served.events() as events:
        first = next(events)
        (served.root / "unknown").touch()
        served.save("content/index.html", "two")
        assert next(events)["changed"] is None
        (served.root / "unknown").unlink()
        served.save("content/index.html", "three")
        assert next(events)["changed"] == ["/index.html"]
    with served.events(first["build"]) as events:
        assert next(events)["changed"] is None


def test_a_first_build_that_fails(tmp_path: Path, serve: Serve) -> None:
    """A preview starts with a broken blog too: it says what is wrong, and shows the site once that is mended."""
    (tmp_path / "blog" / "content").mkdir(parents=True)
    (tmp_path / "blog" / "content" / "error.txt").write_text("broken", encoding="utf-8")
    served = serve()
    answer = served.get("/")
    assert answer.status == 503
    assert "content/error.txt:1: broken" in answer.text
    (served.root / "content" / "error.txt").unlink()
    served.shows("one")


def test_a_build_that_breaks_in_an_unexpected_way(serve: Serve) -> None:
    """Whatever a build raises is told in a sentence, and the preview goes on."""
    served = serve()
    served.shows("one")
    (served.root / "settings.txt").rename(served.root / "moved")
    assert served.told("FileNotFoundError").startswith("the build failed: FileNotFoundError: ")
    (served.root / "moved").rename(served.root / "settings.txt")
    served.save("content/index.html", "two")
    served.shows("two")


def test_settings_that_are_renamed_into_place(serve: Serve) -> None:
    """A watched file is followed by its name: each save puts another file there, and each is seen."""
    served = serve()
    for name in ("Farallon", "Angel Island", "Treasure Island"):
        served.save("settings.txt", name)
        served.shows(name)


def test_a_folder_that_is_replaced(serve: Serve) -> None:
    """Another content folder in the place of the old one, as `git switch` makes, is built and watched."""
    served = serve()
    served.shows("one")
    (served.root / "content").rename(served.root / "old")
    (served.root / "content").mkdir()
    served.save("content/index.html", "two")
    served.shows("two")
    served.save("content/index.html", "three")
    served.shows("three")


def test_a_folder_that_comes_later(serve: Serve) -> None:
    """A watched folder that is not there at first is watched once it is; so is a new folder in a watched one."""
    served = serve()
    served.shows("one")
    (served.root / "theme").mkdir()
    for text in ("Pelican", "Gull"):
        served.save("theme/base.html", text)
        served.shows(text)
    (served.root / "content" / "posts" / "new").mkdir(parents=True)
    served.save("content/posts/new/index.html", "new")
    served.shows("new", "/posts/new/")
    served.save("content/posts/new/index.html", "newer")
    served.shows("newer", "/posts/new/")


def test_an_editors_own_files_are_no_changes(serve: Serve) -> None:
    """Swap and backup files do not cause a build."""
    served = serve()
    served.shows("one")
    before = served.get("/").headers["etag"]
    for name in (".index.html.swp", "index.html~", ".#index.html", "#index.html#"):
        (served.root / "content" / name).touch()
    time.sleep(0.5)
    assert served.get("/").headers["etag"] == before


def test_a_restarted_server_has_another_build(serve: Serve) -> None:
    """A page that was open all along hears from the new server of a build that is not its own, and reloads."""
    first = serve()
    with first.events() as events:
        before = next(events)
    assert first.stop()[0] == 0
    second = serve("--port", str(first.port))
    second.shows("one")
    with second.events() as events:
        assert next(events)["build"] != before["build"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_promptly_and_quietly(serve: Serve, number: signal.Signals) -> None:
    """Ctrl-C, or SIGTERM, ends it at once with pages open, with status 0 and no word."""
    served = serve()
    with served.events() as one, served.events() as two:
        next(one), next(two)
        status, seconds, said = served.stop(number)
    assert (status, said) == (0, "")
    assert seconds < 2


def test_it_ends_promptly_during_a_build(serve: Serve) -> None:
    """Ctrl-C does not wait for a build."""
    served = serve()
    served.shows("one")
    (served.root / "hold").touch()
    served.save("content/index.html", "two")
    until((served.root / "reading-done").exists)
    status, seconds, said = served.stop()
    assert (status, said) == (0, "")
    assert seconds < 2


def test_it_ends_with_a_client_that_does_not_read(serve: Serve) -> None:
    """A client that stopped in the middle of a large file does not hold the server for long."""
    served = serve()
    (served.root / "content" / "film.mp4").write_bytes(bytes(50_000_000))
    until(lambda: served.get("/film.mp4", Range="bytes=0-0").status == 206)
    with socket.create_connection(("127.0.0.1", served.port)) as client:
        client.sendall(b"GET /film.mp4 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        client.recv(1000)
        status, seconds, said = served.stop()
    assert (status, said) == (0, "")
    assert seconds < 5


# Where it listens.


def test_the_next_port_where_the_first_is_taken(serve: Serve) -> None:
    """Without a port of the author's choice, the first free one from 8000 is taken."""
    one = serve("--host", "127.0.0.1")
    two = serve("--host", "127.0.0.1")
    assert 8000 <= one.port < two.port <= 8019


def test_a_chosen_port_that_is_taken(serve: Serve) -> None:
    """A port that the author chose is not exchanged for another: one sentence says that it is taken."""
    served = serve()
    second = start(served.root, "--port", str(served.port))
    _, said = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1
    assert said == f"port {served.port} is taken by other programs; choose another with `--port`, or end the other program\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "no..where"], "the host 'no..where' has no address"),
        (["--host", "192.0.2.1"], "the preview cannot listen on 192.0.2.1"),
        (["--port", "65536"], "there is no port 65536"),
    ],
)
def test_where_it_cannot_listen(tmp_path: Path, arguments: list[str], said: str) -> None:
    """An address that cannot be listened on is told in one sentence."""
    process = start(tmp_path, *arguments)
    _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert error.startswith(said)
    assert error.count("\n") == 1


def test_the_other_loopback_address(serve: Serve) -> None:
    """`--host ::1` listens there, and says so."""
    if not socket.has_ipv6 or not _has_ipv6_loopback():
        pytest.skip("this machine has no IPv6")
    served = serve("--host", "::1", "--port", "0")
    assert served.url == f"http://[::1]:{served.port}/"
    with socket.create_connection(("::1", served.port)) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: [::1]\r\nConnection: close\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")


def _has_ipv6_loopback() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def test_a_socket_that_is_open_already(serve: Serve) -> None:
    """The server takes over a socket that listens, as socket activation hands one over."""
    served = serve("--socket")
    served.shows("one")


def test_a_site_under_a_path_says_so(serve: Serve) -> None:
    """The address that is printed has the path of the site."""
    served = serve("--port", "0", "--base", "/blog")
    assert served.url.endswith("/blog/")
    assert "one" in served.get("/blog/").text


# Through a real server, because it parses the request.


@pytest.mark.parametrize(
    "target",
    [
        b"/../settings.txt",
        b"/%2e%2e/settings.txt",
        b"/..%2fsettings.txt",
        b"/%252e%252e/settings.txt",
        b"/..\\settings.txt",
        b"//etc/passwd",
        b"/%00",
    ],
)
def test_no_path_leads_outside(raw: Served, target: bytes) -> None:
    """However a path is written on the wire, nothing outside the site is given out."""
    answer = _send(raw.port, b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"Alcatraz" not in answer


def test_head_and_unknown_methods_on_the_wire(raw: Served) -> None:
    """HEAD has the length and no body, and an unknown method is refused, on a connection that goes on."""
    ask_twice = b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nBREW / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = _send(raw.port, ask_twice)
    head, _, rest = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert b"\r\ncontent-length: " in head
    assert rest.startswith(b"HTTP/1.1 405 ")


def _send(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
        client.sendall(request)
        return b"".join(iter(lambda: client.recv(65536), b""))
