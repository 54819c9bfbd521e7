"""The preview on demand: started with a socket at the first request, ended when nobody looks any more."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alcatraz import surroundings
from tests.conftest import lacking
from tests.serve.conftest import PATIENCE, Serve, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Blog

    Start = Callable[..., subprocess.Popen[str]]

LAUNCHER = Path(__file__).parents[2] / "alcatraz"

# What systemd does between fork and exec: the sockets from descriptor 3 on, and the variables that say so.
HAND_OVER = """
import fcntl, os, sys
above = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 100) for number in sys.argv[1].split(",")]
for place, number in enumerate(above, start=3):
    os.dup2(number, place)
    os.close(number)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(len(above)))
os.execv(sys.executable, [sys.executable, "-m", "alcatraz", *sys.argv[2:]])
"""


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"CI", "SOURCE_DATE_EPOCH", "ALCATRAZ_ROOT"}}
    return kept | {"PYTHONPATH": os.pathsep.join(sys.path), "ALCATRAZ_PYTHON": sys.executable}


@pytest.fixture
def start(blog: Blog) -> Iterator[Start]:
    """Starts the program in the blog, with sockets in its hands."""
    with ExitStack() as running:

        def begin(*arguments: str, sockets: tuple[socket.socket, ...] = (), **variables: str) -> subprocess.Popen[str]:
            numbers = [each.fileno() for each in sockets]
            by_systemd = ["-c", HAND_OVER, ",".join(map(str, numbers))]
            process = subprocess.Popen(
                [sys.executable, *(by_systemd if sockets else ("-m", "alcatraz")), *arguments],
                cwd=blog.root,
                env=environment() | variables,
                pass_fds=numbers,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            running.callback(process.communicate)
            running.callback(process.kill)
            return process

        yield begin


def answer(port: int, path: str) -> tuple[int, str]:
    """The status of a page, and its text."""
    try:
        return 200, page(port, path)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def page(port: int, path: str = "/") -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
        text: str = answer.read().decode()
        return text


def test_systemd_starts_it_at_the_first_request(blog: Blog) -> None:
    """The first request waits in the socket, then for the build, and is answered; when nobody asks any more, all ends well."""
    activate = shutil.which("systemd-socket-activate")
    if activate is None:
        lacking("systemd-socket-activate")
    blog.post("one", "A first word.\n")
    shutil.copy(LAUNCHER, blog.root)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    variables = [f"--setenv={name}={value}" for name, value in environment().items() if name in {"PYTHONPATH", "ALCATRAZ_PYTHON"}]
    command = [activate, f"--listen=127.0.0.1:{port}", *variables, str(blog.root / "alcatraz"), "serve", "--idle=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            until(lambda: listens(port))
            assert "A first word." in page(port, "/posts/one/")
            said, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert process.returncode == 0
    assert f"Serving http://127.0.0.1:{port}/" in said
    assert said.endswith("Nobody has looked for 1 s: this server ends\n")


def test_one_server_follows_the_other_on_one_socket(blog: Blog, start: Start) -> None:
    """A request that comes while no server runs waits in the socket, and the next server answers it."""
    blog.post("one", "A first word.\n")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        for _ in range(2):
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
                client.sendall(b"GET /posts/one/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                process = start("serve", "--idle=1", sockets=(listener,))
                answer = b"".join(iter(lambda client=client: client.recv(65536), b""))  # type: ignore[misc]
            assert answer.startswith(b"HTTP/1.1 200 ")
            assert b"A first word." in answer
            _, said = process.communicate(timeout=PATIENCE)
            assert (process.returncode, said) == (0, "")


def test_drafts_can_be_left_out(blog: Blog, start: Start) -> None:
    """Drafts and posts to come are shown, and with --no-drafts the site is what it would be if it were published now."""
    blog.post("one")
    blog.post("two", draft="true")
    blog.post("three", date="2999-01-01")
    for flags, shown in (((), True), (("--drafts",), True), (("--no-drafts",), False)):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            process = start("serve", *flags, sockets=(listener,))
            text = page(listener.getsockname()[1])
            assert "One" in text
            assert ("Two" in text, "Three" in text) == (shown, shown)
            process.terminate()
            process.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("by_socket", [True, False])
def test_settings_that_are_broken_when_it_starts(blog: Blog, start: Start, by_socket: bool) -> None:
    """Every page shows what is wrong until it is mended; the site is then where the settings say, and so is what is watched."""
    lawful = (blog.root / "pelicanconf.py").read_text()
    (blog.root / "content").rename(blog.root / "texts")
    blog.write("pelicanconf.py", "SITENAME =\n")
    with ExitStack() as sockets:
        if by_socket:
            listener = sockets.enter_context(socket.create_server(("127.0.0.1", 0)))
            process, port = start("serve", sockets=(listener,)), listener.getsockname()[1]
        else:
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            process = start("serve", f"--port={port}")
        assert process.stdout
        assert process.stdout.readline() == f"Serving http://127.0.0.1:{port}/ (Ctrl-C ends it)\n"
        sentence = "pelicanconf.py:1: the settings do not run (SyntaxError: invalid syntax (pelicanconf.py, line 1)); mend that line"
        assert process.stdout.readline() == f"{sentence}\n"
        for path in ("/", "/posts/one/"):
            status, text = answer(port, path)
            assert status == 503
            assert "Not built yet" in text
            assert sentence in text
            assert "/.alcatraz/live.js" in text
        blog.write("pelicanconf.py", f"{lawful}SITEURL = 'https://test.example/blog'\nPATH = 'texts'\n")
        assert process.stdout.readline() == f"Serving http://127.0.0.1:{port}/blog/ (Ctrl-C ends it)\n"
        assert process.stdout.readline().startswith("Built 0 posts ")
        assert answer(port, "/")[0] == 200, "it leads to where the site is"
        blog.write("texts/posts/one/index.md", "---\ntitle: One\ndate: 2026-11-01\nlabel: human\n---\nA first word.\n")
        until(lambda: "A first word." in answer(port, "/blog/posts/one/")[1])
        assert answer(port, "/posts/one/")[0] == 404


def test_content_that_is_not_there_when_it_starts(blog: Blog, start: Start) -> None:
    """It is watched for all the same, and so are the files that the settings are made of."""
    (blog.root / "content").rmdir()
    settings = (blog.root / "pelicanconf.py").read_text()
    blog.write("pelicanconf.py", f"import sys\nsys.path.append({str(blog.root)!r})\nfrom names import *\n{settings}")
    blog.write("names.py", "Farallon\n")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        start("serve", sockets=(listener,))
        port = listener.getsockname()[1]
        assert "NameError" in answer(port, "/")[1]
        blog.write("names.py", "Farallon = 1\n")
        until(lambda: "PATH names " in answer(port, "/")[1])
        (blog.root / "content").mkdir()
        until(lambda: answer(port, "/")[0] == 200)


@pytest.mark.parametrize(
    ("arguments", "variables", "words"),
    [
        (["--settings=none.py"], {}, "there are no settings"),
        ([], {"ALCATRAZ_ROOT": "/no/blog"}, "there are no settings"),
        ([], {"SOURCE_DATE_EPOCH": "x"}, "SOURCE_DATE_EPOCH is 'x'"),
    ],
)
def test_what_no_edit_of_the_blog_mends_ends_it(start: Start, arguments: list[str], variables: dict[str, str], words: str) -> None:
    """No such file of settings, no blog, a moment that is none: one sentence and status 1, as ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = start("serve", *arguments, sockets=(listener,), **variables)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert words in said
    assert said.count("\n") == 1


def test_what_is_handed_over_must_be_one_socket_that_listens(start: Start, tmp_path: Path) -> None:
    """More than one, one that is connected, one of another kind, or one beside --port, is told in a sentence."""
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as two,
        socket.create_connection(one.getsockname()) as connected,
        socket.socket(socket.AF_UNIX) as local,
    ):
        local.bind(str(tmp_path / "socket"))
        local.listen()
        for sockets, flags, words in (
            ((one, two), [], "2 sockets were handed over, and the preview takes one"),
            ((connected,), [], "does not listen on a port"),
            ((local,), [], "does not listen on a port"),
            ((one,), ["--port=8001"], "--port asks for another"),
        ):
            process = start("serve", *flags, sockets=sockets)
            _, said = process.communicate(timeout=PATIENCE)
            assert process.returncode == 1
            assert said.startswith("alcatraz: ")
            assert words in said
            assert said.count("\n") == 1


def test_sockets_are_for_the_process_they_were_given_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that one starts which was given sockets has none, and in neither case do those it starts hear of any."""
    for owner, found in ((os.getpid(), [3, 4]), (os.getppid(), [])):
        monkeypatch.setenv("LISTEN_PID", str(owner))
        monkeypatch.setenv("LISTEN_FDS", "2")
        monkeypatch.setenv("LISTEN_FDNAMES", "a:b")
        assert surroundings.passed_descriptors() == found
        assert [name for name in os.environ if name.startswith("LISTEN_")] == []
    assert surroundings.passed_descriptors() == []


def test_an_open_page_keeps_the_server(serve: Serve) -> None:
    """While a page listens for builds the server stays, however long; once it is closed and nobody asks, it ends."""
    served = serve("--port", "0", "--idle", "0.5")
    served.shows("one")
    with served.events() as events:
        next(events)
        time.sleep(1.5)
        assert served.process.poll() is None
    assert served.process.wait(PATIENCE) == 0
    served.told("Nobody has looked for 0.5 s")


def test_a_request_that_takes_long_keeps_the_server(serve: Serve, tmp_path: Path) -> None:
    """The first request waits for the first build, and the server for both."""
    (tmp_path / "blog").mkdir()
    hold = tmp_path / "blog" / "hold"
    hold.touch()
    served = serve("--port", "0", "--idle", "0.5")
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        time.sleep(1.5)
        hold.unlink()
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")
    assert served.process.wait(PATIENCE) == 0


def test_a_connection_that_asks_for_nothing_does_not_keep_the_server(serve: Serve) -> None:
    """Browsers open connections that they may need, and keep them; nobody looks at anything through those."""
    served = serve("--port", "0", "--idle", "0.5")
    with socket.create_connection(("127.0.0.1", served.port)):
        assert served.process.wait(PATIENCE) == 0


def listens(port: int) -> bool:
    """Whether somebody listens on a port: looked up, since a connection would be a first request."""
    return f":{port:04X} 00000000:0000 0A" in Path("/proc/net/tcp").read_text(encoding="ascii")
