"""From a file of the site to a response: conditional and partial requests, and the live script in pages.

Not Starlette's FileResponse: it opens the file after it has sent the headers, and by then a build may have put another
file in its place; and its tags rest on the time of modification.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from starlette.responses import Response, StreamingResponse

from alcatraz.serve.media import media_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.background import BackgroundTask
    from starlette.requests import Request

    from alcatraz.serve.files import File

__all__ = ["respond"]

CHUNK = 64 * 1024
TAIL = 4 * 1024
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def respond(file: File, request: Request, *, build: str, tag: bytes, status: int = 200, after: BackgroundTask | None = None) -> Response:
    """The response that gives `file` out; `tag` is put into it where it is a page, which then depends on `build`."""
    kind = media_type(file.path)
    page = kind == "text/html"
    etag = f'"{file.version}-{build}"' if page else f'"{file.version}"'
    headers = {"etag": etag, "accept-ranges": "none" if page else "bytes"}
    if kind == "image/svg+xml":
        headers["content-security-policy"] = "script-src 'none'"
    if status == 200 and _has(request, etag):
        file.handle.close()
        return Response(status_code=304, headers={"etag": etag}, background=after)

    start, end, inserted = 0, file.size, b""
    if page:
        inserted = tag
    elif status == 200 and (part := _part(request, etag, file.size)):
        start, end = part
        if start >= end:
            file.handle.close()
            return Response(status_code=416, headers={"content-range": f"bytes */{file.size}"})
        status = 206
        headers["content-range"] = f"bytes {start}-{end - 1}/{file.size}"
    headers["content-length"] = str(end - start + len(inserted))
    if request.method == "HEAD":
        file.handle.close()
        return Response(status_code=status, headers=headers, media_type=kind, background=after)
    body = _closing(file, _with(file, inserted) if page else _bytes(file, start, end))
    if page or end - start <= CHUNK:  # at once: a stream is read in threads, each of which waits for a build that runs
        return Response(b"".join(body), status, headers, kind, after)
    return StreamingResponse(body, status, headers, kind, after)


def _has(request: Request, etag: str) -> bool:
    """Whether the client has this version already. RFC 9110, section 13.1.2."""
    tags = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    return etag in tags or "*" in tags


def _part(request: Request, etag: str, size: int) -> tuple[int, int] | None:
    """The bytes from start up to end that were asked for; start ≥ end where there are none such, None for the whole.

    A range of another unit, a malformed one, or one of another version must or may be ignored, and so may several at
    once, which no browser asks for. RFC 9110, sections 13.1.5 and 14.2.
    """
    match = RANGE.fullmatch(request.headers.get("range", ""))
    if match is None or request.method != "GET" or request.headers.get("if-range", etag) != etag:
        return None
    first, last = match.groups()
    if first:
        start, end = int(first), int(last) + 1 if last else size
        return None if last and end <= start else (start, min(end, size))
    return (max(size - int(last), 0), size) if last else None


def _bytes(file: File, start: int, end: int) -> Iterator[bytes]:
    file.handle.seek(start)
    while start < end and (chunk := file.handle.read(min(CHUNK, end - start))):
        start += len(chunk)
        yield chunk


def _with(file: File, tag: bytes) -> Iterator[bytes]:
    """The page with `tag` before the end of its body, or after all of it where that end is left out, as HTML allows."""
    tail = max(file.size - TAIL, 0)
    file.handle.seek(tail)
    found = file.handle.read(TAIL).lower().rfind(b"</body")
    place = file.size if found < 0 else tail + found
    return chain(_bytes(file, 0, place), [tag], _bytes(file, place, file.size))


def _closing(file: File, body: Iterator[bytes]) -> Iterator[bytes]:
    with file.handle:
        yield from body
