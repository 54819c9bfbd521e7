"""Where the preview listens."""

from __future__ import annotations

import errno
import os
import socket
from typing import TYPE_CHECKING

from alcatraz.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LOOPBACK", "adopt", "listen", "url"]

LOOPBACK = "127.0.0.1"
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


def adopt(descriptors: Sequence[int]) -> list[socket.socket]:
    """The socket that this process was started with, by its descriptor; none where there is none. UsageError for any other.

    One alone, since the preview has one address to tell the author, and to answer to.
    """
    if len(descriptors) > 1:
        raise UsageError(
            f"{len(descriptors)} sockets were handed over, and the preview takes one", remedy="keep one `ListenStream=` in the socket unit"
        )
    return [_adopted(descriptor) for descriptor in descriptors]


def _adopted(descriptor: int) -> socket.socket:
    try:
        os.set_inheritable(descriptor, False)  # the editor's, or git's, it is not
        adopted = socket.socket(fileno=descriptor)
    except OSError as error:
        raise UsageError(
            f"the descriptor {descriptor}, which was handed over, is no socket ({error.strerror})", remedy="start this by a socket unit"
        ) from error
    listens = adopted.type == socket.SOCK_STREAM and adopted.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    if listens and adopted.family in {socket.AF_INET, socket.AF_INET6}:
        return adopted
    adopted.close()
    raise UsageError(
        "the socket that was handed over does not listen on a port",
        remedy="write `ListenStream=127.0.0.1:8000`, and no `Accept=yes`, in the socket unit",
    )


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
