"""Where the preview listens."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

from alcatraz.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["listen", "url"]

PORT = 8000
PORTS = 20


def listen(host: str, port: int | None = None) -> list[socket.socket]:
    """Sockets that listen on every address of `host`: on `port`, else on the first free one from 8000. UsageError."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise UsageError(f"the host {host!r} has no address", remedy="leave `--host` out, or write `--host ::1`") from error
    addresses = list(dict.fromkeys((family, str(where[0])) for family, _, _, _, where in found))
    for candidate in range(PORT, PORT + PORTS) if port is None else [port]:
        try:
            return _bind(addresses, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise UsageError(
                    f"the preview cannot listen on {host}, port {candidate} ({error.strerror})",
                    remedy="choose another with `--host` or `--port`",
                ) from error
        except OverflowError as error:
            raise UsageError(f"there is no port {candidate}", remedy="choose one from 1024 to 65535") from error
    taken = f"the ports from {PORT} to {PORT + PORTS - 1} are" if port is None else f"port {port} is"
    raise UsageError(f"{taken} taken by other programs", remedy="choose another with `--port`, or end the other program")


def _bind(addresses: Sequence[tuple[socket.AddressFamily, str]], port: int) -> list[socket.socket]:
    sockets: list[socket.socket] = []
    absent: OSError | None = None
    try:
        for family, address in addresses:
            try:
                listener = _listener(family, address, port)
            except OSError as error:
                # A name such as `localhost` has an IPv6 address on machines without IPv6, too.
                if error.errno not in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}:
                    raise
                absent = error
                continue
            sockets.append(listener)
            port = listener.getsockname()[1]
        if absent and not sockets:
            raise absent  # noqa: TRY301 (what is open must be closed, as on any other error)
    except BaseException:
        for listener in sockets:
            listener.close()
        raise
    return sockets


def _listener(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(1024)
    except BaseException:
        listener.close()
        raise
    return listener


def url(host: str, sockets: Sequence[socket.socket], base: str) -> str:
    """The address of the site, for the author to open."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{sockets[0].getsockname()[1]}{base}/"
