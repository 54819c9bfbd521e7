"""Puts replacements in and takes them out again."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

__all__ = ["Part", "is_stock", "replaced"]


@dataclass(frozen=True, slots=True)
class Part:
    """A function of Pelican's or of python-markdown's, `name` of a class or module of its, and what makes another in its place.

    `made` is called at the beginning of each build with Pelican's own, so that whatever the other remembers ends with the
    build. `rests_on` is the rest of Pelican's code that must be what it was for the two to do the same.
    """

    owner: type | ModuleType
    name: str
    made: Callable[[Callable[..., Any]], Callable[..., Any]]
    rests_on: tuple[Callable[..., Any], ...] = ()

    @property
    def current(self) -> Callable[..., Any]:
        """What stands there now."""
        found: Callable[..., Any] = vars(self.owner)[self.name]
        return found


@contextlib.contextmanager
def replaced(parts: Iterable[Part]) -> Iterator[None]:
    """Replaces the parts until the block ends, but none that a plugin has replaced before; and takes out no plugin's."""
    ours = []
    try:
        for part in parts:
            stock = part.current
            if is_stock(stock):
                new = part.made(stock)
                setattr(part.owner, part.name, new)
                ours.append((part, stock, new))
        yield
    finally:
        for part, stock, new in reversed(ours):
            if part.current is new:
                setattr(part.owner, part.name, stock)


def is_stock(function: Callable[..., Any]) -> bool:
    """Whether a function is of Pelican itself, or of what it renders with; plugins may live in its name space, and wrap what they replace."""
    module = getattr(function, "__module__", None) or ""
    if module.startswith("pelican.plugins.") or hasattr(function, "__wrapped__"):
        return False
    return module.startswith(("pelican.", "markdown.", "pygments."))
