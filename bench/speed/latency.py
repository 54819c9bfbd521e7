"""From a save to the page that a preview server gives: the servers run side by side, and are asked in turn."""

from __future__ import annotations

import contextlib
import socket
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.speed.scenarios import marked
from bench.speed.workshop import FailedError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from bench.speed.corpus import Post
    from bench.speed.workshop import Site

__all__ = ["Preview", "serving"]

PATIENCE = 180.0  # seconds, for a server to begin and for a page to be given
PAUSE = 0.005  # between two requests
REST = 1.0  # after a page was given, for what is still being written; Pelican loses a save that comes in that time


@dataclass(frozen=True, slots=True)
class Preview:
    """A site that is being served."""

    site: Site
    address: str

    def measure(self, post: Post, mark: str) -> float:
        """The seconds from the end of a save of the post, with `mark` in it, to the page that says so. Raises FailedError."""
        self.site.write(marked(post, mark))
        saved = time.perf_counter()
        while mark not in _given(f"{self.address}/posts/{post.slug}/"):
            if time.perf_counter() - saved > PATIENCE:
                raise FailedError(f"{self.site.generator.name}: what was saved is not served after {PATIENCE:.0f} s: {self.site.told()}")
            time.sleep(PAUSE)
        seconds = time.perf_counter() - saved
        time.sleep(REST + seconds)
        return seconds


@contextlib.contextmanager
def serving(site: Site, post: Post) -> Iterator[Preview]:
    """A server for the block, once it has built the site and has seen a first save. Raises FailedError."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with site.running([part.format(port=port) for part in site.generator.serve]) as process:
        preview = Preview(site, f"http://127.0.0.1:{port}")
        _wait(preview, post, process)
        yield preview


def _wait(preview: Preview, post: Post, process: subprocess.Popen[bytes]) -> None:
    """Until the page is there, and another save of it has come through: only then does the server watch."""
    end = time.perf_counter() + PATIENCE
    tries = 0
    while time.perf_counter() < end and process.poll() is None:
        if not tries and not _given(f"{preview.address}/posts/{post.slug}/"):
            time.sleep(10 * PAUSE)
            continue
        tries += 1
        preview.site.write(marked(post, f"first{tries}"))
        soon = time.perf_counter() + 3 * tries
        while time.perf_counter() < soon:
            if "first" in _given(f"{preview.address}/posts/{post.slug}/"):
                time.sleep(2 * REST)
                return
            time.sleep(10 * PAUSE)
    raise FailedError(f"{preview.site.generator.name} does not serve the site: {preview.site.told()}")


def _given(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 (the server that was started here)
            text: bytes = answer.read()
            return text.decode()
    except (urllib.error.URLError, ConnectionError):
        return ""
