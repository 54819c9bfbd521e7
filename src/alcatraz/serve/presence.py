"""Knows for how long nobody has looked at the preview."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Presence"]


class Presence:
    """Passes each request on to `app`, and remembers when there was one.

    An open page is one as well: the stream of its events is a request that does not end. Connections would not do
    instead, since a browser opens some that it may need, and keeps them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._under_way = 0
        self._last = time.monotonic()
        self._known: AbstractSet[object] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""
        self._under_way += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._under_way -= 1
            self._last = time.monotonic()

    def absence(self, connections: AbstractSet[object]) -> float:
        """Seconds since the last request ended; 0 while there is one, or where one of the connections is new.

        A new connection's request is about to come, and would be lost if the server ended now.
        """
        if self._under_way or not connections <= self._known:
            self._last = time.monotonic()
        self._known = frozenset(connections)
        return time.monotonic() - self._last
