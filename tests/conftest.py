"""What the tests share: a small blog in a temporary folder, and a build of it."""

from __future__ import annotations

import os
import shutil
import textwrap
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from alcatraz.build import Report, Request, build
from alcatraz.errors import RefusedError
from alcatraz.settings import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from alcatraz.findings import Finding

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
# Chromium as root, without a screen and without asking anybody anything.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SETTINGS = """\
from alcatraz.starter import *
SITENAME = "A test"
SITEURL = "https://test.example"
AUTHOR = "Ada"
"""


@dataclass
class Blog:
    """A blog in a folder, written and built by a test."""

    root: Path
    overrides: dict[str, Any] = field(default_factory=dict)

    def write(self, path: str, text: str | bytes) -> Path:
        """Writes a file of the blog; `path` is relative to its folder."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            target.write_bytes(text)
        else:
            target.write_text(textwrap.dedent(text), encoding="utf-8")
        return target

    def post(self, slug: str, body: str = "Text.\n", **front: str) -> Path:
        """Writes a bundle with a lawful front matter, changed by `front`; a value of "" takes a key out."""
        values = {"title": slug.replace("-", " ").title(), "date": "2026-11-01", "label": "human", **front}
        header = "".join(f"{key}: {value}\n" for key, value in values.items() if value)
        return self.write(f"content/posts/{slug}/index.md", f"---\n{header}---\n\n{textwrap.dedent(body)}")

    def other(self, reader: str, body: str = "Text.\n", **front: str) -> str:
        """Writes the post `one` for a reader of Pelican's, with a lawful header changed by `front`; gives the file's name."""
        values = {"date": "2026-11-01", "label": "human", **front}
        if reader == "python-markdown":
            self.overrides["MARKDOWN_READER"] = reader
            form, text = "md", "Title: One\n" + "".join(f"{key}: {value}\n" for key, value in values.items() if value)
        elif reader == "rst":
            form, text = "rst", "One\n###\n\n" + "".join(f":{key}: {value}\n" for key, value in values.items() if value)
        else:
            metas = "".join(f'<meta name="{key}" content="{value}">\n' for key, value in values.items() if value)
            form, text, body = "html", f"<html><head><title>One</title>\n{metas}</head>", f"<body>{body}</body></html>\n"
        self.write(f"content/posts/one.{form}", f"{text}\n{textwrap.dedent(body)}")
        return f"content/posts/one.{form}"

    def refusal(self, **options: Any) -> tuple[Finding, ...]:
        """The findings for which a build is refused."""
        with pytest.raises(RefusedError) as refused:
            self.build(**options)
        return refused.value.findings

    def build(self, **options: Any) -> Report:
        """Builds into output/."""
        settings = read(self.root, overrides=dict(self.overrides))
        progress = options.pop("progress", None)
        options = {"now": NOW, "output": self.root / "output", "search": False, **options}
        return build(Request(settings=settings, **options), progress)

    def again(self, **options: Any) -> Report:
        """Builds into output/ upon what the build before has left, and leaves the same for the next."""
        return self.build(cache=self.root / ".alcatraz/cache", **options)

    def page(self, path: str) -> str:
        """The text of a built file."""
        return (self.root / "output" / path).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every built file."""
        output = self.root / "output"
        return {path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}

    def written(self) -> dict[str, tuple[int, int]]:
        """By what one can tell that a built file was not written again: its number and its time."""
        output = self.root / "output"
        return {name: ((about := (output / name).stat()).st_ino, about.st_mtime_ns) for name in self.files()}


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    """An empty blog."""
    made = Blog(tmp_path / "blog")
    made.write("pelicanconf.py", SETTINGS)
    (made.root / "content").mkdir()
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium. For one module of tests, since Playwright keeps an event loop running meanwhile."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        lacking("Chromium")
    try:  # a group of dependencies of its own, which Nix does not install
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("Playwright")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


def needs_index(said: str) -> None:
    """Skips or fails a test whose launcher said that there is no way to the package index, as in a sealed build."""
    if "package index cannot be reached" in said or "TLS CA certificate bundle" in said:
        lacking("the package index")


def lacking(what: str) -> NoReturn:
    """Skips a test for want of a tool, or fails it where nothing may be skipped (ALCATRAZ_REQUIRE=all, as in CI)."""
    if os.environ.get("ALCATRAZ_REQUIRE") == "all":
        pytest.fail(f"{what} is required here")
    pytest.skip(f"{what} is not here")
