"""The Python of a blog's own: what its settings and plugins import from its folder, to be watched and imported anew."""

from __future__ import annotations

import importlib
import os
import sys
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Imports"]


class Imports:
    """The modules that come from the folders of a blog, and not from the environment, which may lie in those as well.

    Python imports a module once, so an author who saves one would see nothing of it until the preview is started again.
    """

    def __init__(self, *blog: Path) -> None:
        self._blog = self._folders = blog
        self._path = list(sys.path)
        self._environment = tuple(f"{folder}{os.sep}" for folder in map(os.path.abspath, filter(None, self._path)) if _is_in(folder, blog))
        self._there = {name.partition(".")[0] for name in sys.modules}
        self._files: set[Path] = set()

    def forget(self) -> None:
        """Lets all of them be imported anew, by an import path that is as it was before the settings changed it."""
        for name, file in list(self._imported()):
            self._files.add(file)
            del sys.modules[name]
        sys.path[:] = self._path
        importlib.invalidate_caches()

    def places(self, settings: Mapping[str, Any]) -> list[Path]:
        """The files and folders of them, where the settings have just been read: their imports, and the plugins they name.

        What a plugin imports from elsewhere in the blog is known once it was built with.
        """
        paths = [Path(path) for path in settings["PLUGIN_PATHS"]]
        whole = {path for path in paths if any(folder.is_relative_to(path) for folder in self._blog)}  # the output as well
        self._folders = (*self._blog, *paths)
        plugins = self._plugins(settings["PLUGINS"] or (), [str(path) for path in paths])
        self._files.update(file for _, file in self._imported())
        return sorted({*plugins, *self._files, *paths} - whole)

    def _imported(self) -> Iterator[tuple[str, Path]]:
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if file and name.partition(".")[0] not in self._there and self._is_own(file):
                yield name, Path(os.path.abspath(file))  # noqa: PTH100 (by the name that it is watched by)

    def _plugins(self, names: Iterable[object], paths: list[str]) -> Iterator[Path]:
        """Where the plugins are, before a build imports them: a file, or the folder of a package."""
        for top in sorted({name.partition(".")[0] for name in names if isinstance(name, str)} - self._there):
            found = PathFinder.find_spec(top, paths) or PathFinder.find_spec(top)
            places = (found.submodule_search_locations or [found.origin or ""]) if found else ()
            yield from (Path(place) for place in places if self._is_own(place))

    def _is_own(self, file: str) -> bool:
        path = os.path.abspath(file)  # noqa: PTH100 (as above)
        return _is_in(path, self._folders) and not path.startswith(self._environment)


def _is_in(path: str, folders: Iterable[Path]) -> bool:
    return path.startswith(tuple(f"{folder}{os.sep}" for folder in folders))
