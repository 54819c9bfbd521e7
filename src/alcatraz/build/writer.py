"""Pelican's writer and its copying of files, which hand what they make to a sink and write nothing themselves."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.writers import FileOverwriteFailedError, Writer

from alcatraz.content.complete import source_name
from alcatraz.output import File

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from pelican.contents import Content, Static
    from pelican.generators import StaticGenerator

    from alcatraz.ledger import Ledger
    from alcatraz.output import Sink

__all__ = ["SiteWriter", "hand_over"]


class SiteWriter(Writer):  # type: ignore[misc] # Pelican has no types
    """Renders templates into files for the sink; `current` is the one that is being made, for the message when it cannot be."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings=settings)
        self._ledger: Ledger = settings["LEDGER"]
        self._sink: Sink = settings["SINK"]
        self._content: Content | None = None
        self.current = ""

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **kwargs: Any) -> None:
        """Renders a template into the file `name`, and tells it the address that Pelican gives the page, as `page_url`."""
        self.current = name
        self._content = kwargs.get("article") or kwargs.get("page")
        self._ledger.step()
        super().write_file(name, template, context, *args, **kwargs, page_url=kwargs.get("url"))

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> _Made:
        """What Pelican writes a file's text to: the one place where it would open a file.

        Raises FileOverwriteFailedError for a name it has written before. Pelican lets a template replace another's file
        once, for its setting TEMPLATE_PAGES and `save_as` in a post; whichever comes first, the post's stays.
        """
        if filename in self._overridden_files:
            if override:
                raise FileOverwriteFailedError(f"{self._name(filename)} is replaced twice")
            return _Made(encoding)
        if filename in self._written_files and not override:
            raise FileOverwriteFailedError(f"{self._name(filename)} is written twice")
        self._written_files.add(filename)
        if override:
            self._overridden_files.add(filename)
        source = source_name(self._content) if self._content is not None else None
        return _Made(encoding, lambda data: self._sink(File(self._name(filename), data, source, content=source is not None)))

    def _name(self, filename: str) -> str:
        return Path(filename).relative_to(self.output_path).as_posix()


class _Made(io.StringIO):
    """A text file in memory, whose bytes are handed on when it is closed whole."""

    def __init__(self, encoding: str, hand_on: Callable[[bytes], None] | None = None) -> None:
        super().__init__()
        self._encoding = encoding
        self._hand_on = hand_on

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None and self._hand_on:
            self._hand_on(self.getvalue().encode(self._encoding))
        super().__exit__(kind, error, trace)


def hand_over(generator: StaticGenerator, sink: Sink) -> None:
    """Has Pelican's generator of static files hand them to the sink, where it would copy each into the output itself."""

    def copy(static: Static) -> None:
        sink(File(static.save_as, Path(generator.path, static.source_path)))

    generator._copy_staticfile = copy  # noqa: SLF001 (Pelican has no setting for it)
