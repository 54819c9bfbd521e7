"""The media types of files, from a table of our own: the host's would differ from machine to machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath

__all__ = ["media_type"]

# https://www.iana.org/assignments/media-types/; text/javascript by RFC 9239, fonts by RFC 8081.
TYPES = {
    "application/gzip": "gz tgz",
    "application/json": "json map",
    "application/manifest+json": "webmanifest",
    "application/pdf": "pdf",
    "application/wasm": "wasm",
    "application/xhtml+xml": "xhtml",
    "application/xml": "xml",
    "application/zip": "zip",
    "audio/flac": "flac",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "oga ogg opus",
    "audio/wav": "wav",
    "font/otf": "otf",
    "font/ttf": "ttf",
    "font/woff": "woff",
    "font/woff2": "woff2",
    "image/avif": "avif",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/jpeg": "jpg jpeg",
    "image/jxl": "jxl",
    "image/png": "png apng",
    "image/svg+xml": "svg",
    "image/vnd.microsoft.icon": "ico",
    "image/webp": "webp",
    "text/calendar": "ics",
    "text/css": "css",
    "text/csv": "csv",
    "text/html": "html htm",
    "text/javascript": "js mjs",
    "text/markdown": "md",
    "text/plain": "txt asc conf diff ini lock log nix patch py rs rst sh toml yaml yml",
    "text/vtt": "vtt",
    "video/mp4": "mp4 m4v",
    "video/ogg": "ogv",
    "video/webm": "webm",
}
BY_SUFFIX = {f".{suffix}": name for name, suffixes in TYPES.items() for suffix in suffixes.split()}


def media_type(path: PurePath) -> str:
    """The media type of the file at `path`, by its suffix; bytes, where that says nothing."""
    return BY_SUFFIX.get(path.suffix.lower(), "application/octet-stream")
