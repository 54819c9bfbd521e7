"""A small site behind the preview's application, and whole preview servers in processes of their own."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from alcatraz.serve.application import application
from alcatraz.serve.live import Live

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message

FAKE_BLOG = Path(__file__).with_name("fake_blog.py")
PATIENCE = 20  # seconds after which something that should have happened has not


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """A build that a preview has begun and not waited for ends before the next test: in one process there is one at a time."""
    yield
    for thread in threading.enumerate():
        if thread.name == "build":
            thread.join(PATIENCE)


@dataclass(frozen=True)
class Answer:
    """A response as a client sees it."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(app: ASGIApp, target: str, method: str = "GET", **headers: str) -> Answer:
    """Asks the application for `target`, byte for byte; a header `If_Match` is `If-Match`."""
    path, _, query = target.partition("?")
    given = {"host": "127.0.0.1:8000"} | {name.lower().replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "server": ("127.0.0.1", 8000),
    }
    sent: list[Message] = []

    async def once() -> None:
        requests: list[Message] = [{"type": "http.request"}]

        async def receive() -> Message:
            if requests:
                return requests.pop()
            await asyncio.sleep(PATIENCE)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await app(scope, receive, send)

    asyncio.run(once())
    start = sent[0]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body)


@dataclass
class Site:
    """A folder of built files, and the application that shows it as if a build had just succeeded."""

    output: Path
    live: Live = field(default_factory=Live)
    indexed: int = 0

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def app(self, host: str = "127.0.0.1", index: Callable[[], Awaitable[None]] | None = None) -> ASGIApp:
        return application(self.output, self.live, index or self.index, host=host)

    async def index(self) -> None:
        self.indexed += 1

    def get(self, target: str, method: str = "GET", **headers: str) -> Answer:
        return ask(self.app(), target, method, **headers)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A built site of a few files."""
    site = Site(tmp_path / "output")
    site.write("index.html", "<!DOCTYPE html><title>Home</title><body><p>Welcome</p></body></html>")
    site.write("posts/first/index.html", "<!DOCTYPE html><title>First</title><p>Words")
    site.write("404.html", "<!DOCTYPE html><title>Lost</title><p>Not here")
    site.write("style.css", "body { color: black }\n")
    site.live.built()
    return site


class Served:
    """A preview server of a fake blog, in a process of its own."""

    def __init__(self, root: Path, process: subprocess.Popen[str]) -> None:
        self.root = root
        self.process = process
        self.lines: list[str] = []
        self._told: queue.Queue[str] = queue.Queue()
        assert process.stdout
        threading.Thread(target=self._listen, args=[process.stdout], daemon=True).start()
        self.url = self.told("Serving ").split()[1]
        self.port = int(self.url.rsplit(":", 1)[1].split("/")[0])

    def _listen(self, output: IO[str]) -> None:
        for line in output:
            self._told.put(line.rstrip("\n"))

    def told(self, text: str) -> str:
        """The next line in the terminal that has `text` in it."""
        while True:
            line = self._told.get(timeout=PATIENCE)
            self.lines.append(line)
            if text in line:
                return line

    def save(self, name: str, text: str) -> None:
        """Saves a file as editors do: written beside its place, then renamed."""
        path = self.root / name
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)

    def get(self, target: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        finally:
            connection.close()

    def shows(self, text: str, target: str = "/") -> None:
        """Waits until the page has `text` in it."""
        until(lambda: text in self.get(target).text)

    @contextmanager
    def events(self, since: str = "") -> Iterator[Iterator[dict[str, Any]]]:
        """What an open page that shows the build `since` is told, event by event."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"/.alcatraz/events?since={since}")
        response = connection.getresponse()
        assert response.status == 200
        try:
            yield (json.loads(line[5:]) for line in iter(response.readline, b"") if line.startswith(b"data:"))
        finally:
            response.close()
            connection.close()

    def stop(self, number: int = signal.SIGINT) -> tuple[int, float, str]:
        """Ends the server as Ctrl-C does: its exit status, the seconds it took, and what it said on standard error."""
        started = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        took = time.monotonic() - started
        assert self.process.stderr
        return status, took, self.process.stderr.read()


Serve = Callable[..., Served]


def until(happened: Callable[[], bool]) -> None:
    """Waits until `happened` says so."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Starts a preview server of the fake blog at `root`."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(FAKE_BLOG), str(root), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"},
    )


@contextmanager
def serving(root: Path, *arguments: str) -> Iterator[Served]:
    """A preview server of the fake blog at `root`, which is made where it is missing."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    if not (root / "content" / "index.html").exists():
        (root / "content" / "index.html").write_text("<title>Home</title><body><p>one</body>", encoding="utf-8")
        (root / "settings.txt").write_text("Alcatraz", encoding="utf-8")
    process = start(root, *(arguments or ["--port", "0"]))
    try:
        yield Served(root, process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts preview servers of one fake blog; they end with the test."""
    with ExitStack() as servers:
        yield lambda *arguments: servers.enter_context(serving(tmp_path / "blog", *arguments))


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview server that a whole module asks."""
    with serving(tmp_path_factory.mktemp("raw") / "blog") as served:
        served.shows("one")
        yield served
