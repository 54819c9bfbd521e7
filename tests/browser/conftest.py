"""A real browser on the golden site, served under its path with a strict Content-Security-Policy."""

from __future__ import annotations

import base64
import hashlib
import http.server
import re
import shutil
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alcatraz.build import Request, build
from alcatraz.settings import read
from tests.golden.site import HERE, NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

BASE = "/blog"
INLINE = re.compile(r"<(style|script)(?![^>]*\ssrc=)[^>]*>(.*?)</\1>", re.DOTALL)


def policy(html: str) -> str:
    """The strictest policy that a page of ours works under: what is inline is named by its hash."""
    hashes: dict[str, list[str]] = {"style": [], "script": []}
    for kind, text in INLINE.findall(html):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[kind].append(f"'sha256-{digest}'")
    return (
        "default-src 'none'; base-uri 'none'; form-action 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
        f"style-src {' '.join(hashes['style'])}; script-src 'self' 'wasm-unsafe-eval' {' '.join(hashes['script'])}"
    )


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site below its path, as a host of the author's would."""

    timeout = 2  # for connections that a browser opens in case it should need one

    def do_GET(self) -> None:
        """Answers one request."""
        if not self.path.startswith(f"{BASE}/"):
            self.send_error(404)
            return
        self.path = self.path.removeprefix(BASE)
        super().do_GET()

    def end_headers(self) -> None:
        """Adds the policy that fits the page."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix == ".html" and file.is_file():
            self.send_header("Content-Security-Policy", policy(file.read_text(encoding="utf-8")))
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Visit:
    """A page in the browser, and everything it asked for or complained of."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def goto(self, path: str) -> Page:
        """Opens a page of the site; `path` begins with a slash."""
        self.page.goto(f"{self.origin}{BASE}{path}")
        return self.page


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The golden site with its search index, on a port of this machine; gives its origin."""
    folder = tmp_path_factory.mktemp("golden")
    shutil.copytree(HERE / "blog", folder / "blog")
    build(Request(settings=read(folder / "blog"), now=NOW, output=folder / "output"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder / "output")))
    server.daemon_threads = False  # so that closing waits for them
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """A fresh tab, wide and light."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield Visit(context.new_page(), site)
    context.close()
