"""The kinds of edit that an author makes to a blog: each is a function from one blog to the next, with words for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.build.edits.beginning import NEW, PLUGINS, POSTS, themed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hypothesis.vendor.pretty import RepresentationPrinter

    from tests.build.edits.journal import Front, Journal, Post

__all__ = [
    "Edit",
    "adds",
    "alters",
    "asks",
    "codes",
    "moves",
    "plugins",
    "puts",
    "removes",
    "says",
    "sets",
    "swaps",
    "takes_in_a_theme",
    "writes",
]


@dataclass(frozen=True)
class Edit:
    """An edit, by the words that a failure is told in. What is not there is put there anew by an edit of it."""

    what: str
    change: Callable[[Journal], Journal] = field(repr=False)

    def __repr__(self) -> str:
        return f"‹{self.what}›"

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        """How Hypothesis shows it, which would show how it is done."""
        printer.text(repr(self))


def says(name: str, key: str, value: Front | None) -> Edit:
    """A key of a front matter has another value."""
    return Edit(f"{name}: {key} is {value}", lambda blog: blog.with_post(name, _post(blog, name).saying(key, value)))


def writes(name: str, what: str, change: Callable[[str], str]) -> Edit:
    """A body is another."""

    def written(blog: Journal) -> Journal:
        post = _post(blog, name)
        return blog.with_post(name, replace(post, body=change(post.body)))

    return Edit(f"{name}: {what}", written)


def moves(name: str, path: str, **front: str) -> Edit:
    """A post is another file. What lies in a bundle goes with it."""

    def moved(blog: Journal) -> Journal:
        post = _post(blog, name)
        files = dict(blog.files)
        if post.path.endswith("/index.md") and path.endswith("/index.md"):
            old, new = (f"content/{file.removesuffix('index.md')}" for file in (post.path, path))
            files = {new + file.removeprefix(old) if file.startswith(old) else file: data for file, data in files.items()}
        post = replace(post, path=path)
        for key, value in front.items():
            post = post.saying(key, value)
        return replace(blog, files=files).with_post(name, post)

    return Edit(f"{name}: is now {path}", moved)


def swaps(key: str, one: str, other: str) -> Edit:
    """Two posts have each other's value of a key, or each other's file."""

    def swapped(blog: Journal) -> Journal:
        first, second = _post(blog, one), _post(blog, other)
        if key == "path":
            return blog.with_post(one, replace(first, path=second.path)).with_post(other, replace(second, path=first.path))
        values = [post.front.get(key, name) for post, name in ((first, one), (second, other))]
        return blog.with_post(one, first.saying(key, values[1])).with_post(other, second.saying(key, values[0]))

    return Edit(f"{one} and {other}: each other's {key}", swapped)


def removes(name: str, *, alone: bool = False) -> Edit:
    """A post is not there any more, nor, unless it goes `alone`, what lies in its bundle."""

    def removed(blog: Journal) -> Journal:
        post = _post(blog, name)
        folder = f"content/{post.path.removesuffix('index.md')}"
        if post.path.endswith("/index.md") and not alone:
            blog = replace(blog, files={file: data for file, data in blog.files.items() if not file.startswith(folder)})
        return blog.with_post(name, None)

    return Edit(f"{name}: is removed{' alone' * alone}", removed)


def adds(name: str) -> Edit:
    """A post as it was at first, or one that was not there."""
    return Edit(f"{name}: is added", lambda blog: blog.with_post(name, POSTS.get(name) or NEW[name]))


def puts(path: str, data: bytes | str | None, what: str = "") -> Edit:
    """A file of the blog's is there, is another, or is gone."""
    made = data.encode() if isinstance(data, str) else data
    return Edit(f"{path}: {what or ('is gone' if data is None else 'is put there')}", lambda blog: blog.with_file(path, made))


def alters(path: str, what: str, old: str, new: str) -> Edit:
    """A file of the blog's, where there is one, has other words."""

    def altered(blog: Journal) -> Journal:
        data = blog.files.get(path)
        return blog if data is None else blog.with_file(path, data.replace(old.encode(), new.encode(), 1))

    return Edit(f"{path}: {what}", altered)


def sets(name: str, source: str | None) -> Edit:
    """A setting is another, or the starter's again."""
    return Edit(f"{name} = {source}" if source else f"{name} is left out", lambda blog: blog.with_setting(name, source))


def codes(name: str, what: str, source: str) -> Edit:
    """A piece of program in pelicanconf.py is another."""
    return Edit(f"pelicanconf.py: {what}", lambda blog: blog.with_code(name, source))


def asks(what: str, *, now: datetime | None = None, drafts: bool | None = None) -> Edit:
    """No file is another, and another site is asked for."""
    return Edit(what, lambda blog: replace(blog, now=now or blog.now, drafts=blog.drafts if drafts is None else drafts))


def takes_in_a_theme() -> Edit:
    """The theme and the plugins of the blog that has its own, where they are not there."""

    def taken(blog: Journal) -> Journal:
        own = themed()
        files = {path: data for path, data in own.files.items() if path.startswith(("mine/", "plugins/"))}
        names = own.settings.keys() - blog.settings.keys()
        return replace(
            blog, files={**files, **blog.files}, settings={**blog.settings, **{name: own.settings[name] for name in sorted(names)}}
        )

    return Edit("a theme of its own is put in, with plugins", taken)


def plugins(*names: str, **code: str) -> Edit:
    """These plugins of the blog's own, and no others; `code` is that of one that was not there."""

    def chosen(blog: Journal) -> Journal:
        files = {path: text.encode() for path, text in PLUGINS.items()} | {
            f"plugins/{name}.py": text.encode() for name, text in code.items()
        }
        listed = f"[*PLUGINS, {', '.join(map(repr, names))}]" if names else None
        return replace(blog, files={**files, **blog.files}).with_setting("PLUGIN_PATHS", "['plugins']").with_setting("PLUGINS", listed)

    return Edit(f"plugins: {', '.join(names) or 'none'}", chosen)


def _post(blog: Journal, name: str) -> Post:
    return blog.posts.get(name) or POSTS.get(name) or NEW[name]
