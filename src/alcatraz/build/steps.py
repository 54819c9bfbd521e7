"""Pelican's run, taken apart into its steps: read, then render, then write.

Replaces `pelican.Pelican.run`, which does all three at once, writes into the final folder and prints its own summary.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import locale
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import blinker
import jinja2
from pelican import Pelican
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, PagesGenerator, PelicanTemplateNotFound
from pelican.plugins import signals
from pelican.utils import memoized
from pelican.writers import FileOverwriteFailedError

from alcatraz import bytecode, pelican_parts
from alcatraz.build import blame, handlers
from alcatraz.build.converting import converts, rest_of, to_be_converted
from alcatraz.cache import LostError
from alcatraz.content.conversions import Conversions
from alcatraz.errors import AlcatrazError, OutputError, TemplateError
from alcatraz.pelican_parts.markdown_reader_read import SETTING as CONVERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from alcatraz.content.known import Known

from pelican.generators import Generator

__all__ = ["Site", "contained", "finalize", "read", "render"]

# Errors that are about the disk, whichever file they name.
UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}


class Site:
    """A site that has been read: Pelican, its generators and the context they share."""

    def __init__(self, pelican: Pelican, generators: list[Generator], context: dict[str, Any]) -> None:
        self.pelican = pelican
        self.generators = generators
        self.context = context
        self.writer: Any = None

    def set(self, **values: Any) -> None:
        """Gives settings other values, in all places where they are looked up."""
        self.pelican.settings.update(values)
        self.context.update(values)

    def generator(self, kind: type[Generator]) -> Any:
        """The generator of one kind."""
        return next(generator for generator in self.generators if isinstance(generator, kind))

    @property
    def posts(self) -> int:
        """How many posts will have a page."""
        articles = self.generator(ArticlesGenerator)
        return sum(
            len(group)
            for group in (
                articles.articles,
                articles.translations,
                articles.hidden_articles,
                articles.hidden_translations,
                articles.drafts,
                articles.drafts_translations,
            )
        )

    @property
    def pages(self) -> int:
        """How many pages of the author's own there will be."""
        pages = self.generator(PagesGenerator)
        return sum(len(group) for group in (pages.pages, pages.translations, pages.hidden_pages, pages.hidden_translations))

    @property
    def expected_files(self) -> int:
        """About how many files templates will make."""
        lists = sum(len(self.context.get(name) or ()) for name in ("tags", "categories", "authors"))
        return self.posts + self.pages + lists + len(self.pelican.settings["DIRECT_TEMPLATES"])


@contextlib.contextmanager
def contained(locales: str | Sequence[str]) -> Iterator[None]:
    """Lets go of what Pelican would keep for the life of the process: locale, import path, plugins, every text it has made.

    Its slow parts are replaced meanwhile, before a plugin can replace them in turn.
    The first of `locales` that this machine has is in force meanwhile: Pelican's own setting LOCALE.
    """
    caller, path, collects = locale.setlocale(locale.LC_ALL), list(sys.path), gc.isenabled()
    gc.disable()  # a fifth of the time of ten thousand posts: it would look through all of them again and again, and find nothing
    for name in [locales] if isinstance(locales, str) else locales:
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_ALL, name)
            break
    channels = [channel for _, channel in handlers.channels()]
    before = {id(channel): list(channel.receivers_for(blinker.ANY)) for channel in channels}
    try:
        with pelican_parts.replaced(pelican_parts.PARTS):
            yield
    finally:
        for channel in channels:
            for receiver in list(channel.receivers_for(blinker.ANY)):
                if receiver not in before[id(channel)]:
                    channel.disconnect(receiver)
        for attribute in vars(Content).values():
            if isinstance(attribute, memoized):
                attribute.cache.clear()
        locale.setlocale(locale.LC_ALL, caller)
        sys.path[:] = path
        if collects:
            gc.enable()


def read(settings: dict[str, Any], known: Known | None = None, conversions: Conversions | None = None, about: bytes = b"") -> Site:
    """Content to posts and pages. Nothing is written. Raises PluginError, SettingsError.

    `known` renders the bodies of posts that our reader reads, `conversions` the others'; and where `about` names all of the settings,
    the posts are known, too.
    """
    if known:
        settings["RENDER"] = known.render
    with blame.placed(settings):
        with bytecode.none_kept() if settings.get("PLUGIN_PATHS") else contextlib.nullcontext():  # which are the author's files, too
            pelican = Pelican(settings)
        return _read(pelican, settings, known, conversions, about)


def _read(pelican: Pelican, settings: dict[str, Any], known: Known | None, conversions: Conversions | None, about: bytes) -> Site:
    context: dict[str, Any] = settings.copy()
    context.update(generated_content={}, static_links=set(), static_content={}, localsiteurl=settings["SITEURL"])
    settings[CONVERSIONS] = conversions = conversions or Conversions()  # for readers alone: a theme does not see it
    generators = [
        kind(context=context, settings=settings, path=settings["PATH"], theme=settings["THEME"], output_path=settings["OUTPUT_PATH"])
        for kind in pelican._get_generator_classes()  # noqa: SLF001 (replaces `run`, which calls it)
    ]
    with (
        known.attending(generators, about) if known is not None and about else contextlib.nullcontext(),
        conversions.foreseeing(
            partial(to_be_converted, generators), settings, rest=rest_of(settings), once=handlers.is_safe(handlers.FORESEEN)
        )
        if converts(generators)
        else contextlib.nullcontext(),
    ):
        for generator in generators:
            if hasattr(generator, "generate_context"):
                generator.generate_context()
            if hasattr(generator, "check_disabled_readers"):
                generator.check_disabled_readers()
    signals.all_generators_finalized.send(generators)
    for generator in generators:
        if hasattr(generator, "refresh_metadata_intersite_links"):
            generator.refresh_metadata_intersite_links()
    return Site(pelican, generators, context)


def render(site: Site, make: Callable[[], None] = lambda: None) -> None:
    """Posts and pages to files, for the sink of the settings. Raises TemplateError with the template's line, OutputError, PluginError.

    `make` has that sink make what it has put off. A site that has no sink is stock Pelican's, which writes into OUTPUT_PATH.
    """
    site.writer = site.pelican._get_writer()  # noqa: SLF001 (as above)

    def generate() -> None:
        for generator in site.generators:
            if hasattr(generator, "generate_output"):
                generator.generate_output(site.writer)
        make()

    finalize(site, generate)


def finalize(site: Site, make: Callable[[], None]) -> None:
    """Has the files of a site made, and tells plugins that they are. Raises as `render`."""
    with blame.placed(site.pelican.settings):
        _explained(site, make)
        signals.finalized.send(site.pelican)


def _explained(site: Site, make: Callable[[], None]) -> None:
    writer = site.writer
    try:
        make()
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(
            f"the template cannot be read: {error.message}", where=f"{error.filename or error.name}:{error.lineno}", remedy="mend that line"
        ) from error
    except PelicanTemplateNotFound as error:
        raise TemplateError(str(error), remedy="add the template to the theme") from error
    except jinja2.TemplateError as error:
        raise TemplateError(
            f"{type(error).__name__}: {error}", where=_template_place(error), remedy=f"it happened on the page {_current(writer)}"
        ) from error
    except FileOverwriteFailedError as error:
        raise OutputError(str(error), remedy="two things have one address: give one of them another slug") from error
    except (AlcatrazError, LostError):
        raise
    except OSError as error:
        if error.errno not in UNWRITABLE and not str(error.filename or "").startswith(site.pelican.output_path):
            raise
        raise OutputError(
            f"the site cannot be written ({error.strerror or error})",
            where=str(error.filename or site.pelican.output_path),
            remedy="make room, or the folder writable; the site that was there is untouched",
        ) from error
    except Exception as error:
        place = _template_place(error)
        if not place:
            raise
        raise TemplateError(
            f"{type(error).__name__}: {error}", where=place, remedy=f"it happened on the page {_current(writer)}"
        ) from error


def _current(writer: Any) -> str:
    return getattr(writer, "current", "") or "being made"


def _template_place(error: BaseException) -> str | None:
    """The template and line where an error came from: Jinja rewrites tracebacks so that its frames name templates."""
    place = None
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        if code.co_filename.endswith((".html", ".xml", ".txt")):
            place = f"{code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
