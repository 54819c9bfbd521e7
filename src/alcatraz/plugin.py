"""The Pelican plugin: connects Pelican's signals to the functions that do the work.

https://docs.getpelican.com/en/stable/plugins.html#how-to-create-plugins
"""

from __future__ import annotations

import importlib.metadata
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import SourceFileGenerator, StaticGenerator
from pelican.plugins import signals
from pelican.readers import HTMLReader

from alcatraz import __version__, surroundings
from alcatraz.assets import Assets
from alcatraz.build.templates import Asking, Compiled, promising
from alcatraz.build.writer import SiteWriter, hand_over, hand_over_sources
from alcatraz.content import markdown
from alcatraz.content.bundles import only_indexes
from alcatraz.content.complete import complete, prepare
from alcatraz.content.conversions import Conversions
from alcatraz.content.pelican_readers import HtmlRstReader, PlainHtmlReader, PlainMarkdownReader
from alcatraz.content.reader import PostReader
from alcatraz.content.visibility import decide
from alcatraz.dates import iso, written_date
from alcatraz.feeds.entries import is_public
from alcatraz.ledger import Ledger
from alcatraz.output import File, into
from alcatraz.settings import base_path, from_root
from alcatraz.site import files, links
from alcatraz.site.extras import SiteExtras
from alcatraz.site.taxonomy import add_relations, all_categories, once
from alcatraz.site.theme_pages import choose_pages, links_of_settings
from alcatraz.words import words_of

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
    from pelican.readers import Readers

    from alcatraz.output import Sink

__all__ = ["register"]


def register() -> None:
    """Called by Pelican for each plugin in PLUGINS; connecting twice does nothing."""
    signals.initialized.connect(set_defaults)
    signals.readers_init.connect(add_readers)
    signals.generator_init.connect(furnish)
    signals.article_generator_init.connect(only_indexes)
    signals.page_generator_init.connect(only_indexes)
    signals.article_generator_context.connect(receive)
    signals.page_generator_context.connect(receive)
    signals.content_object_init.connect(complete)
    signals.article_generator_finalized.connect(relate)
    signals.page_generator_finalized.connect(follow_links)
    signals.all_generators_finalized.connect(settle)
    signals.get_generators.connect(extras)
    signals.get_writer.connect(writer)
    signals.finalized.connect(finish)


def set_defaults(pelican: Pelican) -> None:
    """What `alcatraz` hands to a build, for a build that was started by `pelican` itself."""
    settings = pelican.settings
    settings.setdefault("LEDGER", Ledger())
    settings.setdefault("SINK", into(Path(settings["OUTPUT_PATH"])))
    settings.setdefault("ROOT", Path(settings["PATH"]).parent)
    settings.setdefault("NOW", surroundings.now())
    settings.setdefault("DRAFTS", False)
    settings.setdefault("REVISION", None)
    settings.setdefault("IMAGES", None)
    settings.setdefault("RENDER", markdown.render)
    settings.setdefault("KEYS", None)
    settings.setdefault("COMPILED", Compiled())
    settings.setdefault("REMEMBER", lambda _, make: make())
    settings.setdefault("REMEMBER_TEXT", settings["REMEMBER"])
    settings.setdefault("WATCH", None)
    settings.setdefault("CONVERSIONS", Conversions())
    settings["WORDS"] = words_of(settings, settings["REMEMBER"])
    choose_pages(settings)
    settings["ASSETS"] = Assets(Path(settings["THEME"]), base_path(settings), settings["REMEMBER"])


def add_readers(readers: Readers) -> None:
    """Our reader for Markdown, unless the blog keeps Pelican's, and Pelican's others held to our rules."""
    markdown = PostReader if readers.settings["MARKDOWN_READER"] == "pyromark" else PlainMarkdownReader
    for extension in PostReader.file_extensions:
        readers.reader_classes[extension] = markdown
    readers.reader_classes["rst"] = HtmlRstReader
    for extension in PlainHtmlReader.file_extensions:
        if readers.reader_classes.get(extension) is HTMLReader:  # a blog may have another, or none
            readers.reader_classes[extension] = PlainHtmlReader


def furnish(generator: Generator) -> None:
    """What templates may ask for beyond Pelican's own names."""
    settings = generator.settings
    base = base_path(settings)
    generator.context.update(
        BASE=base,
        localsiteurl=base,  # links inside posts start at the site's root, wherever it is
        t=settings["WORDS"],
        NOW=settings["NOW"],
        REVISION=settings["REVISION"],
        ALCATRAZ_VERSION=__version__,
        PELICAN_VERSION=importlib.metadata.version("pelican"),
    )
    assets: Assets = settings["ASSETS"]
    generator.env.globals.update(inline=assets.inline, inline_address=assets.inline_address, asset=assets.asset)
    generator.env.filters.update(date=partial(written_date, settings["WORDS"]), from_root=partial(from_root, base), iso=iso)
    generator.env.auto_reload = False  # one build has one theme: its files are not asked for their times at every page
    generator.env.bytecode_cache = settings["COMPILED"]
    if settings["KEYS"]:
        generator.env.template_class = Asking
        generator.get_template = promising(generator)


def receive(generator: ArticlesGenerator | PagesGenerator, metadata: dict[str, Any]) -> None:
    """A post's metadata as the reader gave it, before the post is made."""
    settings = generator.settings
    ledger: Ledger = settings["LEDGER"]
    ledger.step()
    ledger.errors.extend(metadata.pop("faults", ()))
    prepare(metadata, settings)
    decide(metadata, now=settings["NOW"], drafts=settings["DRAFTS"], ledger=ledger)


def relate(generator: ArticlesGenerator) -> None:
    """All posts are read: what they have to do with one another."""
    generator.categories = all_categories(generator.articles)
    generator.context["categories"] = generator.categories
    once(generator.tags)
    add_relations(generator.articles, generator.settings["REMEMBER"])


def follow_links(generator: PagesGenerator) -> None:
    """Posts and pages are read, files are not: the moment to say which files are asked for."""
    links.follow_links(generator.context, generator.settings["LEDGER"])


def settle(generators: list[Generator]) -> None:
    """Everything is read: files get their names, pictures their sizes, aliases their pages, and the menu its addresses."""
    context = generators[0].context
    context.update(links_of_settings(context), has_feed=any(map(is_public, context["articles"])))
    files.name_files(context)
    files.fill_in(context)
    for generator in generators:
        if isinstance(generator, SiteExtras):
            context["LEDGER"].findings.extend(generator.plan())
        if isinstance(generator, StaticGenerator):
            hand_over(generator, context["SINK"])
        if isinstance(generator, SourceFileGenerator):
            hand_over_sources(generator, context["SINK"])


def extras(_pelican: Pelican) -> type[Generator]:
    """Feeds, the site map, redirects."""
    return SiteExtras


def writer(_pelican: Pelican) -> type[SiteWriter]:
    """A writer that hands on what it renders."""
    return SiteWriter


def finish(pelican: Pelican) -> None:
    """Every template has been rendered, so it is known which of the theme's files they ask for."""
    settings = pelican.settings
    sink: Sink = settings["SINK"]
    assets: Assets = settings["ASSETS"]
    for path, data in assets.used.items():
        sink(File(path, data))
