"""The tasks: thin. Each parses its arguments, calls what does the work, and prints what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invoke.collection import Collection

from alcatraz.tasks import blog, build, check, publish, serve

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["namespace"]


def namespace(*more: ModuleType) -> Collection:
    """The tasks of every blog, and those of the modules in `more`."""
    tasks = Collection("alcatraz")
    for module in (build, serve, blog, publish, *more):
        for task in Collection.from_module(module).tasks.values():
            tasks.add_task(task)
    tasks.add_collection(Collection.from_module(check), name="check")
    return tasks
