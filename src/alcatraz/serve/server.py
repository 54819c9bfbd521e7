"""Runs the preview: one process, one event loop, until Ctrl-C, or until nobody has looked for long enough."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn

from alcatraz.serve.address import LOOPBACK, listen, url
from alcatraz.serve.application import application
from alcatraz.serve.building import Builder
from alcatraz.serve.live import Live
from alcatraz.serve.presence import Presence

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Sequence

    from alcatraz.serve.preview import Preview

__all__ = ["serve"]

GRACE = 1  # seconds that a response under way may take when the server ends


def serve(
    preview: Preview,
    *,
    console: Callable[[str], None],
    host: str | None = None,
    port: int | None = None,
    sockets: Sequence[socket.socket] = (),
    idle: float | None = None,
) -> None:
    """Builds and serves `preview` until SIGINT or SIGTERM; each change is built, and the open pages reload.

    Listens on `port`, or where none is given on the first free one from 8000; or on `sockets` that listen already
    (socket activation). Ends by itself when for `idle` seconds there was no request and no open page. `console` gets what
    the author is told, as plain text. Raises UsageError, ToolError.
    """
    host = host or (str(sockets[0].getsockname()[0]) if sockets else LOOPBACK)
    listening = list(sockets) or listen(host, port)
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(preview, console, host, listening, idle))
    finally:
        for listener in listening:
            listener.close()


async def _serve(preview: Preview, console: Callable[[str], None], host: str, sockets: list[socket.socket], idle: float | None) -> None:
    live = Live()
    builder = Builder(preview, live, console, lambda base: console(f"Serving {url(host, sockets, base)} (Ctrl-C ends it)"))
    presence = Presence(application(preview.output, live, builder.index, search=preview.search, host=host))
    config = uvicorn.Config(
        presence,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config, live, presence, idle)
    building = asyncio.create_task(builder.run())
    building.add_done_callback(lambda _: server.stop())
    await server.serve(sockets=sockets)
    if server.is_idle:
        console(f"Nobody has looked for {idle:g} s: this server ends")
    building.cancel()
    with suppress(asyncio.CancelledError):
        await building


class _Server(uvicorn.Server):
    """uvicorn's server, ended promptly and quietly: it would wait for the event streams, which never end."""

    def __init__(self, config: uvicorn.Config, live: Live, presence: Presence, idle: float | None) -> None:
        super().__init__(config)
        self._live = live
        self._presence = presence
        self._idle = idle
        self.is_idle = False

    def stop(self) -> None:
        """Ends the server as soon as it looks."""
        self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        """Whether to end, asked ten times a second.

        Nothing comes between this answer and the end of listening: who connects later waits in the socket, and where that
        is systemd's, it starts the next server for them.
        """
        if await super().on_tick(counter):
            return True
        self.is_idle = self._idle is not None and self._presence.absence(self.server_state.connections) >= self._idle
        return self.is_idle

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends the event streams first; what a slow client does not get any more is nothing to tell the author."""
        self._live.close()
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # in which they close

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ends the server on a signal, and leaves it at that: uvicorn would raise the signal again afterwards."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
