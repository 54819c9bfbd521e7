"""From the words of a command line to a request: the blog in this folder, at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alcatraz import surroundings
from alcatraz.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from alcatraz.build import Report, Request
    from alcatraz.look import Look

__all__ = ["Asked", "asked", "here"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a task's arguments and the settings file say, as far as it is known without Pelican."""

    root: Path
    file: Path
    said: dict[str, Any]
    now: datetime
    output: Path
    drafts: bool
    search: bool
    strict: bool
    images: Path | None
    cache: Path | None
    explain: bool

    @property
    def content(self) -> Path:
        """The folder of what the author writes."""
        return self.file.absolute().parent / str(self.said.get("PATH", "."))

    def done(self) -> tuple[Report | None, Look | None]:
        """The report of the build, where it would make what is there; and what was seen of the blog's files, for `request`."""
        from alcatraz.build import again
        from alcatraz.settings.own import name_of

        if not self.cache or self.images or self.explain:
            return None, None
        same = again.Same(name_of(self.said, self.file), self.output, self.now, self.drafts, self.search, self.strict)
        return again.nothing_to_do(self.root.resolve(), same)

    def request(self, seen: Look | None = None) -> Request:
        """The request for a build that begins now, and may go by what was `seen` of the blog's files."""
        from alcatraz.build import Request
        from alcatraz.settings import read

        return Request(
            settings=read(self.root, self.file, said=self.said),
            now=self.now,
            output=self.output,
            drafts=self.drafts,
            search=self.search,
            images=self.images,
            strict=self.strict,
            cache=self.cache,
            look=seen,
            explain=self.explain,
        )


def asked(
    *,
    output: str = "",
    settings: str = "",
    now: str = "",
    drafts: bool = False,
    search: bool = True,
    strict: bool = False,
    site_url: str = "",
    revision: str = "",
    images: str = "",
    cache: bool = True,
    explain: bool = False,
) -> Asked:
    """What a task's arguments ask for; an empty argument means the blog's own choice."""
    from alcatraz.settings import address_fault
    from alcatraz.settings.own import find, own

    root = surroundings.blog_root()
    overrides: dict[str, Any] = {}
    if site_url:
        if fault := address_fault(site_url):
            raise UsageError(f"--site-url {fault[0]}", remedy=fault[1])
        overrides["SITEURL"] = site_url
    if revision:
        overrides["REVISION"] = revision
    file = find(root, surroundings.caller_path(settings) if settings else None)
    said = own(file, overrides)
    return Asked(
        root=root,
        file=file,
        said=said,
        now=surroundings.moment(now),
        output=surroundings.caller_path(output) if output else (file.absolute().parent / str(said.get("OUTPUT_PATH", "output"))).resolve(),
        drafts=drafts,
        search=search,
        strict=strict or surroundings.is_ci(),
        images=surroundings.caller_path(images) if images else None,
        cache=root / ".alcatraz" / "cache" if cache else None,
        explain=explain,
    )


def here(**arguments: Any) -> Request:
    """The request that a task's arguments describe, as `asked` has them."""
    return asked(**arguments).request()
