"""The theme's files: written into the page, or linked under a name that holds a hash of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from jinja2.utils import url_quote
from markupsafe import Markup

from alcatraz.compact import compact
from alcatraz.errors import TemplateError
from alcatraz.fingerprint import digest, engine

__all__ = ["Assets", "hashed_name"]

HASH_LENGTH = 10

# What gives the value of a key, and makes it where it is not known.
Remember = Callable[[bytes, Callable[[], bytes]], bytes]


def hashed_name(path: str, data: bytes) -> str:
    """`style.css` as `style.0123456789.css`: a browser may keep it for ever, since other bytes have another name."""
    pure = PurePosixPath(path)
    return pure.with_name(f"{pure.stem}.{hashlib.sha256(data).hexdigest()[:HASH_LENGTH]}{pure.suffix}").as_posix()


class Assets:
    """What the templates of one build ask for.

    `used` maps output paths to the bytes that are to be written there; `asked` are the names of those that were asked for
    since somebody has emptied it. What is made of a file is asked of `remember`.
    """

    def __init__(self, theme: Path, base: str, remember: Remember) -> None:
        self.used: dict[str, bytes] = {}
        self.asked: set[str] = set()
        self._theme = theme
        self._base = base
        self._remember = remember
        self._inlined: dict[str, Markup] = {}
        self._addresses: dict[str, str] = {}

    def inline(self, name: str) -> Markup:
        """A style sheet, script or drawing of the theme as text for the page itself, without what only people read."""
        if name not in self._inlined:
            text = self._compact(self._read(name), PurePosixPath(name).suffix)
            self._inlined[name] = Markup(text)  # noqa: S704 (the theme is trusted as the templates are)
        return self._inlined[name]

    def inline_address(self, name: str) -> str:
        """A drawing of the theme as an address that holds all of it."""
        if name not in self._addresses:
            self._addresses[name] = f"data:image/svg+xml,{url_quote(self.inline(name))}"
        return self._addresses[name]

    def asset(self, name: str) -> str:
        """The address of a file of the theme, from the root of the host; whatever is asked for so is put there."""
        self.asked.add(name)
        data = self._read(name)
        path = hashed_name(f"theme/{name}", data)
        self.used[path] = data
        return f"{self._base}/{path}"

    def _compact(self, data: bytes, suffix: str) -> str:
        key = digest(engine(), b"compact", suffix.encode(), data)
        return self._remember(key, lambda: compact(data.decode(), suffix).encode()).decode()

    def _read(self, name: str) -> bytes:
        path = self._theme / name
        try:
            return path.read_bytes()
        except OSError as error:
            raise TemplateError(
                f"the theme has no file {name}", where=str(self._theme), remedy="add it, or mend the template that asks for it"
            ) from error
