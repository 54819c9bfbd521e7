"""Keeps out of the preview what has no business in it: other methods than reading, and other names than its own."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Guard"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:/@?#\s]+)(?::[0-9]+)?", re.IGNORECASE)
METHODS = ("GET", "HEAD")


class Guard:
    """Answers for `app` where a request must not reach it, and gives each of its responses the headers they share.

    A web page anywhere can have its own name resolve to 127.0.0.1 and so read the preview as if it were its own
    (DNS rebinding); what it cannot change is the Host header. So the preview answers to the names of this machine and
    to the `host` it was told to listen on. Where that is every address, it answers to any address but to no other name.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = LOOPBACK | {f"[{host}]".lower() if ":" in host else host.lower()}
        self._addresses = _is_address(host) and ip_address(host).is_unspecified

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request that is none of the site's business, or passes it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-content-type-options"] = "nosniff"
                headers["cross-origin-resource-policy"] = "same-origin"
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        app = self._app
        if not self._answers_to(Headers(scope=scope).get("host", "")):
            app = PlainTextResponse("This preview does not answer to that name.", 421)
        elif scope["method"] not in METHODS:
            app = PlainTextResponse("This preview is for reading.", 405, {"allow": ", ".join(METHODS)})
        await app(scope, receive, send_guarded)

    def _answers_to(self, host: str) -> bool:
        match = HOST.fullmatch(host)
        if match is None:
            return False
        name = match[1].lower()
        return name in self._names or (self._addresses and _is_address(name.strip("[]")))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
