"""Pelican's writer and its copying of files, which hand what they make to a sink and write nothing themselves."""

from __future__ import annotations

import fnmatch
import io
import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pelican.writers import FileOverwriteFailedError, Writer

from alcatraz.content.complete import source_name
from alcatraz.output import File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from pelican.contents import Content, Static
    from pelican.generators import SourceFileGenerator, StaticGenerator

    from alcatraz.build.keys import Keys
    from alcatraz.ledger import Ledger, Watch
    from alcatraz.output import Sink

__all__ = ["SiteWriter", "hand_over", "hand_over_sources"]


class SiteWriter(Writer):  # type: ignore[misc] # Pelican has no types
    """Has templates rendered into files by the sink; `current` is the one that is being made, for the message when it cannot be.

    Where somebody listens to what Pelican writes, each is rendered at once, as Pelican does.
    """

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings=settings)
        self._ledger: Ledger = settings["LEDGER"]
        self._sink: Sink = settings["SINK"]
        self._keys: Keys | None = settings["KEYS"]
        self._watch: Watch | None = settings["WATCH"]
        self._content: Content | None = None
        self._shared: dict[str, Any] | None = None
        self.current = ""

    def write_file(self, name: str, template: Any, context: Any, *args: Any, **kwargs: Any) -> None:
        """Renders a template into the file `name`, and tells it the address that Pelican gives the page, as `page_url`."""
        self.current = name
        self._content = kwargs.get("article") or kwargs.get("page")
        url = kwargs.get("url")
        if self._keys is None:
            self._ledger.step()
            super().write_file(name, _Rendered(template), context, *args, **kwargs, page_url=url)
            return
        if self._shared is None:
            self._shared = context  # the one that all generators share
        elif context is not self._shared:
            kwargs = {name: value for name, value in context.items() if self._shared.get(name) is not value} | kwargs
            context = self._shared
        if kwargs.get("template_name") in self.settings["PAGINATED_TEMPLATES"]:
            super().write_file(name, _Planned(self, template, context), context, *args, **kwargs, page_url=url)
        elif name:
            local = {key: value for key, value in kwargs.items() if key not in PARAMETERS}
            self.plan(
                name, template, context, {**local, "output_file": name, "page_url": url}, override=kwargs.get("override_output", False)
            )

    def plan(self, name: str, template: Any, context: Any, local: dict[str, Any], *, override: bool) -> None:
        """Hands on a page that is made of a template with these values, when it is asked for."""
        if not self._is_wanted(f"{self.output_path}/{name}", override=override):
            return
        own = self._content
        local["posts_here"] = _posts_here(local)

        def make() -> bytes:
            self.current = name
            self._ledger.step()
            html: str = template.render({**context, **local})
            if own is not None and self._watch is not None and self._watch.seen is not None:
                self._watch.seen.discard(own.relative_source_path)
            return html.encode()

        key = self._keys.page(template, context, local) if self._keys else None
        if own is None:
            self._sink(File(name, make, key=key))
        else:  # by whatever name the template comes to it
            self._sink(File(name, make, source_name(own), content=True, key=key, posts=(own,)))

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> _Made:
        """What Pelican writes a file's text to: the one place where it would open a file."""
        if self._keys is not None or not self._is_wanted(filename, override=override):
            return _Made(encoding)
        source = source_name(self._content) if self._content is not None else None
        return _Made(encoding, lambda data: self._sink(File(self._name(filename), data, source, content=source is not None)))

    def _is_wanted(self, filename: str, *, override: bool) -> bool:
        """Whether a file is to be made. Raises FileOverwriteFailedError for a name that was written before.

        Pelican lets a template replace another's file once, for its setting TEMPLATE_PAGES and `save_as` in a post; whichever
        comes first, the post's stays.
        """
        if filename in self._overridden_files:
            if override:
                raise FileOverwriteFailedError(f"{self._name(filename)} is replaced twice")
            return False
        if filename in self._written_files and not override:
            raise FileOverwriteFailedError(f"{self._name(filename)} is written twice")
        self._written_files.add(filename)
        if override:
            self._overridden_files.add(filename)
        return True

    def _name(self, filename: str) -> str:
        return Path(filename).relative_to(self.output_path).as_posix()


# What Pelican's write_file takes for itself.
PARAMETERS = frozenset({"relative_urls", "paginated", "template_name", "override_output", "url"})


def _posts_here(values: Mapping[str, Any]) -> Any:
    """The posts that one page of a list shows."""
    return values["articles_page"].object_list if "articles_page" in values else values.get("articles", ())


class _Rendered:
    """A template, for Pelican to render."""

    def __init__(self, template: Any) -> None:
        self._template = template

    def render(self, values: dict[str, Any]) -> str:
        """As the template's own, with what ours are told."""
        text: str = self._template.render({**values, "posts_here": _posts_here(values)})
        return text


class _Planned:
    """A template, for Pelican's way to make a list of several pages: each is planned where it would be rendered."""

    def __init__(self, writer: SiteWriter, template: Any, context: Any) -> None:
        self._writer = writer
        self._template = template
        self._context = context

    def render(self, values: dict[str, Any]) -> str:
        """Plans the page; what it gives is written nowhere."""
        context = self._context
        local = {name: value for name, value in values.items() if name not in context or context[name] is not value}
        self._writer.plan(values["output_file"], self._template, context, local, override=False)
        return ""


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

    def copy_theme(paths: Iterable[str], source: str, destination: str, output: str, final_path: str | None = None) -> None:
        del output
        ignored = generator.settings["IGNORE_FILES"]
        for name in paths:
            at = Path(source, name)
            into = PurePosixPath(destination, name if not final_path else at.name if at.is_file() else ".")
            if any(fnmatch.fnmatch(at.name, pattern) for pattern in ignored):
                continue
            for file in [at] if at.is_file() else _files_in(at, ignored):
                sink(File((into if file == at else into / file.relative_to(at).as_posix()).as_posix(), file))

    generator._copy_staticfile = copy  # noqa: SLF001 (Pelican has no setting for it)
    generator._copy_paths = copy_theme  # noqa: SLF001 (nor for the files of a theme)


def hand_over_sources(generator: SourceFileGenerator, sink: Sink) -> None:
    """The same for the sources of posts, where a blog gives them away (Pelican's OUTPUT_SOURCES)."""

    def hand_on(content: Content) -> None:
        sink(File(f"{os.path.splitext(content.save_as)[0]}{generator.output_extension}", Path(content.source_path)))  # noqa: PTH122 (as Pelican)

    generator._create_source = hand_on  # noqa: SLF001 (as above)


def _files_in(folder: Path, ignored: Iterable[str]) -> Iterator[Path]:
    for at, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)]
        for name in sorted(names):
            if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored) and Path(at, name).is_file():
                yield Path(at, name)
