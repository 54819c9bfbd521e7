"""An account of a build: how long its stages took, what was not done again, and what each plugin cost. For `build --explain`."""

from __future__ import annotations

import contextlib
import functools
import inspect
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from alcatraz.build import handlers
from alcatraz.pelican_parts import PARTS, is_stock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from alcatraz.build.steps import Site
    from alcatraz.content.conversions import Conversions

__all__ = ["Account"]

# What any plugin keeps a blog of ours from.
AT_LEAST = ("every post is read, and every file made, since nobody knows what it depends on",)


class Account:
    """Told of each stage as it begins. Within `listening`, the time of each plugin's handlers is taken as well."""

    def __init__(self) -> None:
        self._stages: dict[str, float] = {}
        self._stage = ""
        self._since = time.perf_counter()
        self._calls: Counter[handlers.Stranger] = Counter()
        self._seconds: Counter[handlers.Stranger] = Counter()

    def begin(self, stage: str) -> None:
        """What follows is `stage`."""
        now = time.perf_counter()
        if self._stage:
            self._stages[self._stage] = now - self._since
        self._stage, self._since = stage, now

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Takes the time of handlers that are not known."""
        channels = list(handlers.channels())
        for name, channel in channels:
            # An attribute of the signal, which hides the method that `send` asks for whom to call.
            channel.receivers_for = functools.partial(self._timed, name, channel.receivers_for)  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            for _, channel in channels:
                del channel.receivers_for

    def _timed(self, name: str, receivers_for: Callable[[Any], Iterator[Any]], sender: Any) -> Iterator[Any]:
        for receiver in receivers_for(sender):
            stranger = handlers.Stranger(handlers.module_of(receiver), name)
            if handlers.is_known(stranger.plugin) or inspect.iscoroutinefunction(receiver):
                yield receiver
            else:
                yield self._counted(stranger, receiver)

    def _counted(self, stranger: handlers.Stranger, receiver: Any) -> Any:
        def call(*arguments: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return receiver(*arguments, **more)
            finally:
                self._calls[stranger] += 1
                self._seconds[stranger] += time.perf_counter() - began  # type: ignore[assignment] # typeshed's are whole

        call.__module__ = stranger.plugin
        return call

    def told(self, site: Site, conversions: Conversions, memory: Iterable[str] = (), *, ours: bool = False) -> tuple[str, ...]:
        """The account so far, a sentence a line, with what is to be said of the `memory`. To be asked while plugins are connected."""
        self.begin("")
        stages = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in self._stages.items())
        return (
            f"time: {stages}",
            *memory,
            *_of_conversions(conversions),
            *self._of_plugins(AT_LEAST if ours else ()),
            *_of_readers(site),
            *_of_parts(),
        )

    def _of_plugins(self, at_least: Sequence[str]) -> Iterator[str]:
        for stranger in handlers.strangers():
            calls, seconds = self._calls[stranger], self._seconds[stranger]
            cost = f"called {calls:,} time{'s' * (calls != 1)}, {seconds:.2f} s" if calls else "not called"
            spoiled = [*at_least, *(step.instead for step in handlers.STEPS if stranger.signal in step.signals)]
            yield f"plugin {stranger.plugin} connects `{stranger.signal}` ({cost}): {'; '.join(spoiled) or 'nothing is slower for it'}"


def _of_conversions(conversions: Conversions) -> Iterator[str]:
    if conversions.refused:
        yield (
            f"{conversions.refused}: posts are converted one after the other, in one process, each by a converter of its own, "
            "and none is kept for the next build"
        )
    elif total := conversions.remembered + conversions.ahead + conversions.here:
        yield (
            f"python-markdown: {total:,} text{'s' * (total != 1)}, of which {conversions.remembered:,} known from an earlier build, "
            f"{conversions.ahead:,} converted by other processors, {conversions.here:,} by this one"
        )


def _of_readers(site: Site) -> Iterator[str]:
    """Readers of a plugin's: nothing is known of them."""
    found: dict[str, list[str]] = {}
    for generator in site.generators:
        for end, reader in generator.readers.readers.items():
            module = type(reader).__module__
            if module != "pelican.readers" and not module.startswith("alcatraz."):
                ends = found.setdefault(f"{module}.{type(reader).__qualname__}", [])
                ends += [f"`.{end}`"] * (f"`.{end}`" not in ends)
    for reader, ends in found.items():
        yield f"{', '.join(ends)} is read by {reader}: its files are read one after the other, in one process, and none is kept for the next build"


def _of_parts() -> Iterator[str]:
    """Parts of Pelican that a plugin has replaced: what it does there is its own."""
    for part in PARTS:
        module = handlers.module_of(part.current)
        if not is_stock(part.current) and not module.startswith("alcatraz."):
            yield f"{module} has put its own {part.name} into {part.owner.__name__}: our quicker one is not used"
