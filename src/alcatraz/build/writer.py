"""Pelican's writer, which also notes from which source each page came, and writes bytes that are no template's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.utils import sanitised_join
from pelican.writers import Writer

from alcatraz.content.complete import source_name

if TYPE_CHECKING:
    from alcatraz.build.ledger import Ledger

__all__ = ["SiteWriter"]


class SiteWriter(Writer):  # type: ignore[misc] # Pelican has no types
    """Writes into one folder; `current` is the page that is being made, for the message when it cannot be."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings=settings)
        self._ledger: Ledger = settings["LEDGER"]
        settings["WRITER"] = self
        self.current = ""

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **kwargs: Any) -> None:
        """Renders a template into the file `name`."""
        self.current = name
        self._ledger.step()
        content = kwargs.get("article") or kwargs.get("page")
        if content is not None:
            self._ledger.sources[name] = source_name(content)
        super().write_file(name, template, context, *args, **kwargs)

    def write_bytes(self, path: str, data: bytes, source: str | None = None) -> None:
        """Writes a file that is not made by a template."""
        target = Path(sanitised_join(self.output_path, path))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        if source:
            self._ledger.sources[path] = source
