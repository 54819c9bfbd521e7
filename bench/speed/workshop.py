"""A site of each generator in a folder: written, edited, made ready for a first build, built."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import struct
import subprocess
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.speed.corpus import posts
from bench.speed.generators import SITES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from bench.speed.corpus import Post
    from bench.speed.generators import Generator

__all__ = ["FailedError", "Site", "write"]

# What would have a generator build something else, or elsewhere.
FOREIGN = ("ALCATRAZ_", "HUGO_", "ELEVENTY_", "PELICAN_")
GRACE = 5  # seconds that a server has to end


class FailedError(Exception):
    """A generator ended with an error, or did not do what was asked; the sentence says which and what it told."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site of one generator, in a folder of its own."""

    generator: Generator
    folder: Path

    @property
    def output(self) -> Path:
        """Where the built site is."""
        return self.folder / self.generator.output

    def page(self, post: Post) -> Path:
        """The built page of a post."""
        return self.output / "posts" / post.slug / "index.html"

    def write(self, post: Post) -> None:
        """Writes a post, or another version of it."""
        (self.folder / self.generator.posts / f"{post.slug}.md").write_text(self.generator.dialect(post), encoding="utf-8")

    def forget(self) -> None:
        """Removes all that was built and kept, so that the next build is a first one."""
        for name in self.generator.made:
            path = self.folder / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def environment(self) -> Mapping[str, str]:
        """The variables of a run: the caller's, without what is about other sites or about a run in CI."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(FOREIGN) and name not in {"CI", "SOURCE_DATE_EPOCH"}
        }
        own = {name: str(self.folder / value) for name, value in self.generator.variables.items()}
        return {**kept, **own, "PYTHONDONTWRITEBYTECODE": ""}

    @contextlib.contextmanager
    def running(self, command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
        """A command in the site's folder, with a session of its own, which ends with the block; what it says goes to a file."""
        with self._log.open("wb") as said:
            process = subprocess.Popen(  # noqa: S603 (the generators' own programs)
                command, cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
            )
        try:
            yield process
        finally:
            for how in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, how)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(GRACE)

    @property
    def _log(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.log")

    def told(self) -> str:
        """The end of what the last command said."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()

    def build(self) -> float:
        """Builds; gives the seconds that the whole process took. Raises FailedError."""
        started = time.perf_counter()
        with self.running(self.generator.build) as process:
            status = process.wait()
            seconds = time.perf_counter() - started
        if status:
            raise FailedError(f"{self.generator.name} ended with status {status}: {self.told()}")
        return seconds


def write(folder: Path, generators: Sequence[Generator], count: int) -> list[Site]:
    """A site with the same `count` posts for each of the generators."""
    sites = []
    for number, generator in enumerate(generators):
        site = Site(generator, folder / f"{number}-{generator.site}")
        shutil.copytree(SITES / generator.site, site.folder)
        for name in (generator.posts, generator.pictures):
            (site.folder / name).mkdir(parents=True, exist_ok=True)
        (site.folder / generator.pictures / "picture.png").write_bytes(_picture())
        if generator.settings:
            with (site.folder / "pelicanconf.py").open("a", encoding="utf-8") as file:
                file.write(generator.settings)
        if generator.modules:
            (site.folder / "node_modules").symlink_to(generator.modules)
        sites.append(site)
    for post, site in itertools.product(posts(count), sites):
        site.write(post)
    return sites


def _picture() -> bytes:
    """A small PNG. https://www.w3.org/TR/png-3/"""
    side = 16

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(part for x in range(side) for part in (x * 16, y * 16, 128)) for y in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
