"""Who listens to Pelican's signals, and what a listener that is not known keeps a build from.

A plugin may do anything when it is called. So a step that does things in another order than stock Pelican, in another process or not
at all names the signals at which somebody would notice, and is done as stock Pelican does it where somebody unknown listens to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import blinker
from pelican.plugins import signals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["FORESEEN", "STEPS", "Step", "Stranger", "channels", "is_known", "is_safe", "module_of", "strangers"]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done in another way than stock Pelican's. `instead` says what it is where one of `signals` has a stranger."""

    signals: frozenset[str]
    instead: str


@dataclass(frozen=True, slots=True, order=True)
class Stranger:
    """A handler that is not known: the module that it is of, and the signal."""

    plugin: str
    signal: str


FORESEEN = Step(
    frozenset({"article_generator_preread", "page_generator_preread"}),
    "a post that an earlier build has converted is read all the same, since the plugin may change it first",
)
STEPS: tuple[Step, ...] = (FORESEEN,)


def channels() -> Iterator[tuple[str, blinker.Signal]]:
    """Pelican's signals, by the names that plugins know them by."""
    return ((name, channel) for name, channel in vars(signals).items() if isinstance(channel, blinker.Signal))


def strangers(among: Collection[str] | None = None) -> list[Stranger]:
    """Who listens to these signals, or to any, and is not known."""
    found = {
        Stranger(module, name)
        for name, channel in channels()
        if among is None or name in among
        for receiver in channel.receivers_for(blinker.ANY)
        if not is_known(module := module_of(receiver))
    }
    return sorted(found)


def is_safe(step: Step) -> bool:
    """Whether the step can be done as we do it."""
    return not strangers(step.signals)


def is_known(module: str) -> bool:
    """Whether a handler of this module is known: ours are written for what we do, and Pelican has none but for its plugins."""
    return module.partition(".")[0] == "alcatraz"


def module_of(receiver: Any) -> str:
    """The module that a handler is of: a function, a method, or whatever else can be called."""
    return str(getattr(receiver, "__module__", None) or type(receiver).__module__)
