"""A blog as a value: what its files say, and what a build of it is asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Front", "Journal", "Post", "moment"]

Value = TypeVar("Value")

# What a key of the front matter says: text, or a list of texts.
Front = str | tuple[str, ...]


def moment(text: str) -> datetime:
    """A moment, from RFC 3339 without an offset."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Post:
    """A post or page: its file below content/, its front matter, its body. `plain` says that its header is of Pelican's form."""

    path: str
    front: Mapping[str, Front]
    body: str
    plain: bool = False

    def saying(self, key: str, value: Front | None) -> Post:
        """The same with another value for a key; None takes it out."""
        front = {**self.front, key: value} if value is not None else {name: said for name, said in self.front.items() if name != key}
        return replace(self, front=front)

    def text(self) -> str:
        """The whole file."""
        if self.path.endswith(".rst"):
            title = str(self.front["title"])
            rest = "".join(f":{key}: {_listed(value)}\n" for key, value in self.front.items() if key != "title")
            return f"{title}\n{'#' * len(title)}\n\n{rest}\n{self.body}"
        if self.plain:
            return "".join(f"{key.title()}: {_listed(value)}\n" for key, value in self.front.items()) + f"\n{self.body}"
        return "---\n" + "".join(f"{key}: {_yaml(value)}\n" for key, value in self.front.items()) + f"---\n\n{self.body}"


def _listed(value: Front) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _yaml(value: Front) -> str:
    return value if isinstance(value, str) else f"[{', '.join(value)}]"


@dataclass(frozen=True)
class Journal:
    """A blog, the moment of its build, and whether drafts are shown.

    `posts` are named for whoever edits them, `files` by their paths below the blog's folder, where they count before all else. `code` and `settings` are what
    pelicanconf.py says, in their order: pieces of a program, and the source of each value.
    """

    posts: Mapping[str, Post]
    files: Mapping[str, bytes]
    code: Mapping[str, str]
    settings: Mapping[str, str]
    now: datetime
    drafts: bool = False
    _written: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def with_post(self, name: str, post: Post | None) -> Journal:
        """The same with another post of this name; None takes it out."""
        return replace(self, posts=_with(self.posts, name, post))

    def with_file(self, path: str, data: bytes | None) -> Journal:
        """The same with another file here; None takes it out."""
        return replace(self, files=_with(self.files, path, data))

    def with_code(self, name: str, source: str | None) -> Journal:
        """The same with another piece of program in pelicanconf.py; None takes it out."""
        return replace(self, code=_with(self.code, name, source))

    def with_setting(self, name: str, source: str | None) -> Journal:
        """The same with another value of a setting; None takes it out."""
        return replace(self, settings=_with(self.settings, name, source))

    def written(self) -> Mapping[str, bytes]:
        """All files, by their paths below the blog's folder."""
        if not self._written:
            said = "".join(f"{name} = {source}\n" for name, source in self.settings.items())
            program = "from alcatraz.starter import *\n\n" + "".join(f"{source}\n" for source in self.code.values()) + said
            self._written.update({f"content/{post.path}": post.text().encode() for post in self.posts.values()})
            self._written["pelicanconf.py"] = program.encode()
            self._written.update(self.files)
        return self._written

    def digest(self) -> bytes:
        """A name for all that a build depends on."""
        made = hashlib.sha256(f"{self.now} {self.drafts}".encode())
        for path, data in sorted(self.written().items()):
            made.update(f"\n{path} {len(data)}\n".encode() + data)
        return made.digest()


def _with(values: Mapping[str, Value], name: str, value: Value | None) -> Mapping[str, Value]:
    return {key: kept for key, kept in values.items() if key != name} if value is None else {**values, name: value}
