"""What open pages are told of the builds, and the script in them that listens.

Each page says which build and which file it came from, and hears over /.alcatraz/events of every build and of what
changed with it: as server-sent events, which the browser resumes by itself. What changed is counted from the build that
the page shows, so it does not matter how many were missed; where that is not known, as after a restart of the server,
which has other build ids, the page looks for itself.
https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from dataclasses import dataclass, replace
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.responses import PlainTextResponse, Response, StreamingResponse

from alcatraz.serve.history import History

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request

__all__ = ["EVENTS", "SCRIPT", "Live", "State"]

SCRIPT = "/.alcatraz/live.js"
EVENTS = "/.alcatraz/events"

UNBUILT = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Not built yet</title>
<h1>Not built yet</h1>
<p>This page appears when the site builds.</p>
<noscript><pre>{error}</pre></noscript>
"""


@dataclass(frozen=True, slots=True)
class State:
    """Where the preview stands: `generation` builds have succeeded in this `run`, and what the last one failed of.

    `base` is the path of the address of the site that is shown: "" or "/blog".
    """

    run: str
    generation: int = 0
    error: str | None = None
    base: str = ""

    @property
    def build(self) -> str:
        """The id of the site that is shown; no two builds have the same, of whatever run."""
        return f"{self.run}-{self.generation}"


class Live:
    """The state of the preview, and all who wait for its next change."""

    def __init__(self) -> None:
        self.state = State(secrets.token_hex(4))
        self._history = History()
        self._closed = False
        self._change = asyncio.Event()

    def built(self, base: str = "", changed: frozenset[str] | None = None) -> None:
        """A build succeeded, of a site that stands under `base`; `changed` are the output paths that are others than before."""
        self._history.add(changed if base == self.state.base else None)
        self._tell(replace(self.state, generation=self.state.generation + 1, error=None, base=base))

    def failed(self, error: str) -> None:
        """A build failed: pages stay and show `error`."""
        self._tell(replace(self.state, error=error))

    def close(self) -> None:
        """Ends every open stream, so that the server can end."""
        self._closed = True
        self._tell(self.state)

    def _tell(self, state: State) -> None:
        self.state = state
        waiting, self._change = self._change, asyncio.Event()
        waiting.set()

    async def settled(self) -> None:
        """Waits until the first build has succeeded or failed."""
        while not (self.state.generation or self.state.error or self._closed):
            await self._change.wait()

    async def states(self) -> AsyncIterator[State]:
        """The state once there is one, and after each change; who is slow misses what is out of date."""
        await self.settled()
        while not self._closed:
            change = self._change
            yield self.state
            await change.wait()

    def tag(self, state: State, names: Sequence[str] | None = None, version: str = "") -> bytes:
        """The script tag for a page that shows `state`: the file at `names` in that version, or another page in its place."""
        page = f' data-page="{escape(_path(state, "/".join(names)))}"' if names else ""
        return f'<script src="{SCRIPT}" data-build="{state.build}"{page} data-version="{version}" async></script>'.encode()

    async def script(self, _: Request) -> Response:
        """The script that listens to the events."""
        return Response((files(__package__) / "live.js").read_bytes(), media_type="text/javascript")

    async def events(self, request: Request) -> Response:
        """The stream of events, for the preview's own pages only; `since` is the build that the page shows."""
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return PlainTextResponse("These events are for the preview's own pages.", 403)
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        return StreamingResponse(self._stream(request.query_params.get("since", "")), media_type="text/event-stream")

    async def _stream(self, since: str) -> AsyncIterator[str]:
        yield "retry: 500\n\n"
        async for state in self.states():
            changed = self._changed(since, state)
            event = {"build": state.build, "error": state.error, "changed": changed}
            # JSON has no bare line feeds, which would end the field.
            yield f"data: {json.dumps(event)}\n\n"
            since = state.build

    def _changed(self, since: str, state: State) -> list[str] | None:
        """The paths of what changed after the build with the id `since`."""
        run, _, generation = since.partition("-")
        known = run == state.run and re.fullmatch("[0-9]{1,9}", generation)
        changed = self._history.since(int(generation)) if known else None
        return None if changed is None else sorted(_path(state, path) for path in changed)

    def unbuilt(self) -> Response:
        """The page that stands in for all others until a build has succeeded."""
        page = UNBUILT.format(error=escape(self.state.error or ""))
        return Response(page.encode() + self.tag(self.state), 503, media_type="text/html")


def _path(state: State, path: str) -> str:
    """The path at which the site has a file, as a browser says it once it is decoded."""
    return f"{unquote(state.base)}/{path}"
