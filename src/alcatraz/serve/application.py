"""The preview as an ASGI application: the site under its base path, and the live events beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, Router

from alcatraz.serve.files import File, Folder, look_up, segments
from alcatraz.serve.guard import Guard
from alcatraz.serve.live import EVENTS, SCRIPT
from alcatraz.serve.responses import respond

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

    from alcatraz.serve.live import Live

__all__ = ["application"]

INDEX = "index.html"
BUNDLE = "pagefind"  # the folder of the search index


def application(
    output: Path, live: Live, index: Callable[[], Awaitable[None]], *, search: Path | None = None, host: str = "127.0.0.1"
) -> ASGIApp:
    """The site at `output`, under the base path that `live` knows, for who asks by the name `host` or by one of this machine's.

    `index` makes the search index, in the output or in the folder `search`, and is awaited when that, or the search page, is asked for.
    """
    site = _Site(output, live, index, search)
    # The site is the default, not a route: a route's pattern knows no file name with a line feed in it.
    routes = [Route(SCRIPT, live.script), Route(EVENTS, live.events)]
    return Guard(Router(routes, redirect_slashes=False, default=site), host)


class _Site:
    """Gives out the files of the last good build."""

    def __init__(self, output: Path, live: Live, index: Callable[[], Awaitable[None]], search: Path | None) -> None:
        self._output = output
        self._live = live
        self._index = index
        self._search = search

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(Request(scope))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        path = segments(request.scope["raw_path"])
        await self._live.settled()
        if not self._live.state.generation:
            return self._live.unbuilt()
        base = tuple(unquote(name) for name in self._live.state.base.split("/") if name)
        depth = len(base)
        if path == ("",) and depth:
            return self._redirect(base, request)
        if path is None or path[:depth] != base:
            return await self._not_found(request)

        *names, last = path[depth:] or (None,)  # None: the base path itself, without its slash
        if last:
            names.append(last)
        site = await self._searched() if names[:1] == [BUNDLE] else self._output
        # The page for searching need not wait: it asks for the index when it needs it.
        after = BackgroundTask(self._index) if names[:1] == ["search"] else None

        # Before the file is opened: a page may then be newer than it says, which costs a look, but never older.
        state = self._live.state
        found = await look_up(site, names)
        if isinstance(found, Folder):
            if last != "":
                return self._redirect(path, request)
            names.append(INDEX)
            found = await look_up(site, names)
        elif isinstance(found, File) and last == "":
            found.handle.close()
            found = None
        elif found is None and last:  # many hosts give out x.html at x, and a blog may count on that
            names[-1] = f"{last}.html"
            found = await look_up(site, names)
        if not isinstance(found, File):
            return await self._not_found(request)
        return respond(found, request, build=state.build, tag=self._live.tag(state, names, found.version), after=after)

    async def _searched(self) -> Path:
        """The folder that has the search index."""
        await self._index()
        return self._search if self._search and (self._search / BUNDLE).is_dir() else self._output

    async def _not_found(self, request: Request) -> Response:
        state = self._live.state
        found = await look_up(self._output, ["404.html"])
        if isinstance(found, File):
            return respond(found, request, build=state.build, tag=self._live.tag(state, version=found.version), status=404)
        return PlainTextResponse("There is no such page.", 404)

    def _redirect(self, path: Sequence[str], request: Request) -> Response:
        """To the same path with a slash at its end; no name in it is empty, so it stays on this host."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{'/'.join(quote(name, safe='') for name in path)}/{query}", 307)
