"""The Pelican generator of what a site has beside its pages: feeds, site map, robots.txt, and redirects from aliases."""

from __future__ import annotations

from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from pelican.generators import Generator, PelicanTemplateNotFound

from alcatraz.content.complete import source_name
from alcatraz.feeds.absolute import address
from alcatraz.feeds.entries import channels, feed_folder, feed_of, is_public
from alcatraz.feeds.formats import atom, atom_entry, json_entry, json_feed
from alcatraz.fingerprint import digest
from alcatraz.output import File
from alcatraz.shipped import THEME
from alcatraz.site.addresses import claims
from alcatraz.site.aliases import Aliased, Redirect, redirects
from alcatraz.site.contents import contents_of
from alcatraz.site.sitemap import Location, robots, sitemap
from alcatraz.site.taxonomy import merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from alcatraz.assets import Remember
    from alcatraz.build.keys import Keys
    from alcatraz.feeds.entries import Channel
    from alcatraz.feeds.formats import Entry, Feed
    from alcatraz.findings import Finding
    from alcatraz.ledger import Watch
    from alcatraz.output import Sink

__all__ = ["SiteExtras"]

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
FAVICON = "favicon.svg"
MARK = "marks/favicon.svg"  # in the theme; other people's have none
UNMAPPED = frozenset({"404", "search"})


class _DependsOnMoreError(Exception):
    def __init__(self, text: bytes) -> None:
        super().__init__(text)
        self.text = text


class SiteExtras(Generator):  # type: ignore[misc]
    """Computes everything from Pelican's context, and hands it to the sink as bytes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._redirects: list[Redirect] = []
        # Templates name a page as feeds and site map do, to the letter.
        self.context.update(full_address=partial(address, self.settings["SITEURL"]), served_at=_served_at, feed_folder=feed_folder)

    def plan(self) -> list[Finding]:
        """Once all content is known: decides which aliases become pages; says what is wrong with others, and with names."""
        context = self.context
        aliased = [
            Aliased(source_name(content), getattr(content, "header_lines", {}).get("aliases", 1), content.url, content.aliases)
            for content in contents_of(context)
            if content.aliases
        ]
        taken = dict(claims(context, self.settings)) if aliased else {}
        taken.update(dict.fromkeys((SITEMAP, ROBOTS, FAVICON), "the site itself"))
        self._redirects, found = redirects(aliased, taken)
        return [*found, *merged(context["articles"])]

    def generate_output(self, _writer: Any) -> None:
        """Makes the files. Called by Pelican, whose writer has no use for bytes."""
        sink: Sink = self.settings["SINK"]
        site: str = self.settings["SITEURL"]
        mark = Path(self.settings["THEME"], MARK)
        if mark.is_file():  # a file of the blog's own takes its place, since Pelican copies those last
            sink(File(FAVICON, mark))
        has_icon = mark.is_file() or any(static.save_as == FAVICON for static in self.context["staticfiles"])
        keys: Keys | None = self.settings["KEYS"]
        icon = address(site, FAVICON) if has_icon else None
        feed, forms = feed_of(self.context, icon), self._forms(keys)
        for channel in channels(self.context):
            key = keys.several(channel.folder, channel.title, channel.home, channel.description, icon) if keys else None
            for name, form in forms.items():
                path = f"{channel.folder}{name}"
                written = partial(_written, form, feed, channel, address(site, path))
                sink(File(path, written, key=key, posts=channel.posts))
        key = keys.several(contents_of(self.context)) if keys else None
        sink(File(SITEMAP, lambda: sitemap(_locations(self.context, self.settings)), key=key))
        sink(File(ROBOTS, robots(address(site, SITEMAP))))
        if keys and self._redirects:
            keys.page(self._redirect_template, self.context, {})  # so that they know whether it shows the moment of the build
        for redirect in self._redirects:
            sink(File(redirect.path, partial(self._redirect, redirect), redirect.source))

    def _forms(self, keys: Keys | None) -> dict[str, Callable[[Feed, str], bytes]]:
        """What writes a feed, by the name of its file. Of most posts it is remembered how they stand there."""
        remember: Remember = self.settings["REMEMBER_TEXT"]
        posts = {address(self.settings["SITEURL"], post.url): post for post in self.context["articles"]} if keys else {}
        base = keys.several() if keys else None
        watch: Watch | None = self.settings["WATCH"]
        depending: set[str] = set()  # on more than themselves

        def remembered(write: Callable[..., bytes]) -> Callable[..., bytes]:
            def made(entry: Entry, *about: str | None) -> bytes:
                post = posts.get(entry.url)
                name = keys.whole(base, (post,)) if keys and post else None
                if name is None or entry.url in depending:
                    return write(entry, *about)
                key = digest(name, write.__name__.encode(), "\0".join(map(str, about)).encode())
                try:
                    return remember(key, lambda: self._of_itself(lambda: write(entry, *about)))
                except _DependsOnMoreError as error:
                    depending.add(entry.url)
                    return error.text

            at_hand: dict[tuple[str | None, ...], tuple[Entry, bytes]] = {}

            def written(entry: Entry, *about: str | None) -> bytes:
                where = (entry.url, *about)
                if where not in at_hand or at_hand[where][0] is not entry:  # the one that is not of this build any more goes
                    at_hand[where] = entry, made(entry, *about)
                if watch and entry.url in depending:  # each feed does that holds it, though its text is made once
                    watch.look_beyond(entry.url)
                return at_hand[where][1]

            return written

        return {"feed.xml": partial(atom, written=remembered(atom_entry)), "feed.json": partial(json_feed, written=remembered(json_entry))}

    def _of_itself(self, write: Callable[[], bytes]) -> bytes:
        """A text that depends on its post alone. Raises _DependsOnMoreError, with the text, where it may depend on more."""
        watch: Watch | None = self.settings["WATCH"]
        before = watch.beyond if watch else 0
        text = write()
        if watch and watch.beyond != before:
            raise _DependsOnMoreError(text)
        return text

    def _redirect(self, redirect: Redirect) -> bytes:
        html: str = self._redirect_template.render({
            **self.context,
            "output_file": redirect.path,
            "target": f"{self.context['BASE']}/{redirect.url}",
            "canonical": address(self.settings["SITEURL"], redirect.url),
        })  # fmt: skip
        return html.encode()

    @cached_property
    def _redirect_template(self) -> jinja2.Template:
        """The theme's, or ours where another's theme has none."""
        try:
            template: jinja2.Template = self.get_template("redirect")
        except PelicanTemplateNotFound:
            loader = jinja2.FileSystemLoader(THEME / "templates")
            return jinja2.Environment(loader=loader, autoescape=False, **self.settings["JINJA_ENVIRONMENT"]).get_template("redirect.html")  # noqa: S701 (as in Pelican, templates escape)
        return template


def _written(form: Callable[[Feed, str], bytes], feed: Callable[[Channel], Feed], channel: Channel, where: str) -> bytes:
    return form(feed(channel), where)


def _locations(context: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[Location]:
    """The pages that a search engine should know: not drafts, unlisted posts, redirects, the search page, the 404 page."""
    site: str = settings["SITEURL"]
    newest = _newest(context["articles"])
    for template in settings["DIRECT_TEMPLATES"]:
        save_as = settings.get(f"{template.upper()}_SAVE_AS", f"{template}.html")
        if save_as and template not in UNMAPPED:
            yield Location(address(site, _served_at(save_as, settings.get(f"{template.upper()}_URL"))), newest)
    for content in contents_of(context):
        if is_public(content):
            yield Location(address(site, content.url), _changed(content))
    for wrapper, articles in chain(context["categories"], context["tags"], context["authors"]):
        if wrapper.save_as and (changed := _newest(articles)):
            yield Location(address(site, wrapper.url), changed)
    for period in chain.from_iterable(context["period_archives"].values()):
        yield Location(address(site, period["url"]), _newest(period["articles"]))


def _changed(content: Any) -> datetime | None:
    moment: datetime | None = getattr(content, "modified", None) or getattr(content, "date", None)
    return moment


def _newest(articles: Iterable[Any]) -> datetime | None:
    moments = (_changed(article) for article in articles if is_public(article))
    return max((moment for moment in moments if moment), default=None)


def _served_at(path: str, url: str | None) -> str:
    """The address under which servers give the file at `path`: without index.html, and without .html where `url` says so."""
    if f"{url}.html" == path:
        return str(url)
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
