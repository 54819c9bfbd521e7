"""A name for all that an output depends on: where it is what it was, the file that is there needs not be made again.

A template shows what it names, so the key of a page is made of the values of those names, found by reading the templates, and
of whatever is the same for all pages: engine, settings, theme. A post in a list counts by its face; that somebody looked into it
is told by a Watch while the page is made, and kept with the file.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import jinja2
import msgspec
from jinja2 import meta
from markupsafe import Markup
from pelican.paginator import Page as ListPage
from pelican.paginator import Paginator
from pelican.urlwrappers import URLWrapper

from alcatraz.content.posts import Post
from alcatraz.fingerprint import OF_ONE_BUILD, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from alcatraz.cache import Cache

__all__ = ["Keys", "UnknownError"]

encode = msgspec.msgpack.Encoder().encode
decode_names = msgspec.msgpack.Decoder(list[str] | None).decode
# What templates are given besides, and is made of the settings and the engine alone.
MADE_OF_SETTINGS = frozenset(
    {"ALCATRAZ_VERSION", "BASE", "PELICAN_VERSION", "feed_folder", "full_address", "localsiteurl", "served_at", "t"}
)
PLAIN = {str, int, bool, float, type(None), Markup}


class UnknownError(TypeError):
    """A value of a kind that nobody here knows, so that it is not known what an output depends on."""


class Keys:
    """The keys of one build. `base` is a name for what is the same for all pages, the blog's `settings` among it."""

    def __init__(self, base: bytes, settings: Mapping[str, Any], cache: Cache) -> None:
        self._base = base
        self._settings = {name: value for name, value in settings.items() if name not in OF_ONE_BUILD}
        self._cache = cache
        self._names: dict[str, list[str] | None] = {}
        self._own: dict[str, tuple[set[str], set[str | None]]] = {}
        self._shared: dict[tuple[Any, ...], bytes] = {}
        self._faces: dict[int, bytes] = {}
        self._lists: dict[int, tuple[Any, bytes]] = {}

    def page(self, template: jinja2.Template, context: Mapping[str, Any], local: Mapping[str, Any]) -> bytes | None:
        """The key of a page: `local` are the values that it has beside those of `context`."""
        name = template.name or ""
        if name not in self._names:
            self._names[name] = self._names_in(template.environment, name)
        names = self._names[name]
        if names is None:
            return None
        try:
            shared = (name, id(context), *local)
            if shared not in self._shared:
                wanted = [each for each in names if each in context and each not in local]
                self._shared[shared] = self._of_names(wanted, context)
            return digest(
                self._base,
                name.encode(),
                self._shared[shared],
                *(self.of(value) for key, value in local.items() if key in names),
            )
        except UnknownError:
            return None

    @property
    def shows_now(self) -> bool:
        """Whether a template asks for the moment of the build."""
        return any(names is None or "NOW" in names for names in self._names.values())

    def several(self, *values: Any) -> bytes | None:
        """The key of what is made of these values."""
        try:
            return digest(self._base, *map(self.of, values))
        except UnknownError:
            return None

    def whole(self, key: bytes | None, posts: Iterable[Post]) -> bytes | None:
        """The key of what has this one, and may show all that is within these posts."""
        try:
            return key and digest(key, *map(self.inside, posts))
        except UnknownError:
            return None

    def of(self, value: Any) -> bytes:
        """A name for a value. Raises UnknownError."""
        if isinstance(value, Post):
            return self.face(value)
        kind = type(value)
        if kind in PLAIN:
            return encode(value)
        if kind in {list, tuple}:
            known = self._lists.get(id(value))
            if known is None or known[0] is not value:
                known = self._lists[id(value)] = value, digest(*map(self.of, value))
            return known[1]
        return digest(*self._parts(value))

    def _parts(self, value: Any) -> Iterator[bytes]:
        match value:
            case dict():
                for key, each in value.items():
                    yield self.of(key)
                    yield self.of(each)
            case URLWrapper():
                yield encode([type(value).__name__, value.name, value.slug])
            case date():
                yield encode([value.isoformat(), str(getattr(value, "tzinfo", None))])
            case ListPage():
                yield from map(self.of, value.object_list)
                yield encode([value.number, value.url, value.save_as])
                yield self.of(value.paginator)
            case Paginator():
                yield self.of(value.object_list)
                yield encode([value.num_pages, value.per_page])
            case _:
                raise UnknownError(type(value))

    def face(self, post: Post) -> bytes:
        """A name for what any page may show of a post."""
        found = self._faces.get(id(post))
        if found is None:
            if post.record is None:
                raise UnknownError(type(post))
            names = ("_summary" if name == "summary" else name for name in post.settings["FORMATTED_FIELDS"])
            formatted = [str(getattr(post, name, "")) for name in names]
            found = self._faces[id(post)] = digest(post.record.face, encode([post.image, formatted]))  # type: ignore[attr-defined]
        return found

    def inside(self, post: Post) -> bytes:
        """A name for all that a post's own page can show of it, links and neighbours included."""
        face, values = self.face(post), post.__dict__
        found: bytes | None = values.get("_inside")
        if found is None:
            record, series = post.record, values.get("series")
            if record is None:
                raise UnknownError(type(post))
            faces = self._faces
            around = (
                values["previous"],
                values["next"],
                None,
                *values["related"],
                None,
                *values["translations"],
                None,
                *(series.posts if series else ()),
            )
            found = values["_inside"] = digest(
                face,
                record.within,
                record.document,
                encode((post.resolution, series and (series.name, series.position))),
                *[b"" if each is None else faces.get(id(each)) or self.face(each) for each in around],
            )
        return found

    def _of_names(self, names: Iterable[str], context: Mapping[str, Any]) -> bytes:
        there = self._settings
        differing = [name for name in names if name not in MADE_OF_SETTINGS and not (name in there and there[name] is context[name])]
        return digest(*(part for name in differing for part in (name.encode(), self.of(context[name]))))

    def _names_in(self, environment: jinja2.Environment, template: str) -> list[str] | None:
        """The names that a template, and those that it is made of, look up; None where one chooses a template by itself."""
        key = digest(self._base, b"names", template.encode())
        if (kept := self._cache.get(key)) is not None:
            read_before: list[str] | None = decode_names(kept)
            return read_before
        found: set[str] = set()
        to_read, read = [template], set()
        while to_read:
            name = to_read.pop()
            read.add(name)
            looked_up, others = self._own_names(environment, name)
            found |= looked_up
            if None in others:
                self._cache.put(key, encode(None))
                return None
            to_read += [other for other in others if other is not None and other not in read]
        names = sorted(found)
        self._cache.put(key, encode(names))
        return names

    def _own_names(self, environment: jinja2.Environment, template: str) -> tuple[set[str], set[str | None]]:
        """The names that one template looks up, and the templates that it is made of; None among these for one that it chooses."""
        if template not in self._own:
            try:
                source, _, _ = environment.loader.get_source(environment, template)  # type: ignore[union-attr] # Pelican gives one
                tree = environment.parse(source)
                self._own[template] = meta.find_undeclared_variables(tree), set(meta.find_referenced_templates(tree))
            except jinja2.TemplateNotFound:  # whoever asks for it can do without, or says so
                self._own[template] = set(), set()
            except jinja2.TemplateSyntaxError:
                self._own[template] = set(), {None}
        return self._own[template]
