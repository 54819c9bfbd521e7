"""What is measured: each scenario a change of the site, or none, and the build after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.speed.corpus import TAGS, Post, Prose
from bench.speed.workshop import FailedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.speed.workshop import Site

__all__ = ["BODY", "COLD", "SCENARIOS", "Scenario", "marked"]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A build, after an edit of the newest post, which is on the index's first page and in the feed, or after none.

    `edit` gives another version of the post at each `run`. A `cold` build finds nothing that an earlier one has made.
    `shows` names a page and what it must say afterwards.
    """

    name: str
    edit: Callable[[Post, int], Post] | None = None
    shows: Callable[[Post], tuple[str, str]] | None = None
    cold: bool = False

    def measure(self, site: Site, post: Post) -> float:
        """The seconds of the build, `post` being the newest as it is now. Raises FailedError where the edit is not to be seen."""
        if self.cold:
            site.forget()
        if self.edit:
            site.write(post)
        seconds = site.build()
        if self.shows:
            path, text = self.shows(post)
            if text not in (site.output / path).read_text(encoding="utf-8"):
                raise FailedError(f"{site.generator.name}: after {self.name}, {path} does not say {text!r}")
        return seconds


def marked(post: Post, mark: str) -> Post:
    """The post with another last paragraph, which has `mark` in it."""
    body = post.blocks[:-1] if isinstance(post.blocks[-1], Prose) else post.blocks
    return replace(post, blocks=(*body, Prose((f"One more sentence, {mark}.",))))


def _retagged(post: Post, run: int) -> Post:
    others = [tag for tag in TAGS if tag not in post.tags]
    return replace(post, tags=(*post.tags[:-1], others[run % len(others)]))


COLD = Scenario("a first build", cold=True)
BODY = Scenario(
    "the body of a post is edited",
    edit=lambda post, run: marked(post, f"edit{run}"),
    shows=lambda post: (f"posts/{post.slug}/index.html", post.blocks[-1].paragraphs[0] if isinstance(post.blocks[-1], Prose) else ""),
)
SCENARIOS = (
    COLD,
    BODY,
    Scenario(
        "its title is edited",
        edit=lambda post, run: replace(post, title=f"Another title {run}"),
        shows=lambda post: ("index.html", post.title),
    ),
    Scenario(
        "a tag of it is edited",
        edit=_retagged,
        shows=lambda post: (f"tags/{post.tags[-1]}/index.html", post.title),
    ),
    Scenario("nothing is changed"),
)
