"""Fetches one file of a package from the package index; Nix compares the hash.

    fetch_from_pypi.py PACKAGE FILE TARGET

The index is $PYPI_INDEX, which tests/nix/nix.py finds in pip's configuration, or $PIP_INDEX_URL.
Source: the simple repository API, https://packaging.python.org/en/latest/specifications/simple-repository-api/.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import sys
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from http.client import HTTPResponse

# The sandbox has no certificates, and needs none: like nixpkgs' fetchurl, we trust the hash and not the server.
UNVERIFIED = ssl._create_unverified_context()  # noqa: S323, SLF001
FORMATS = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.5, text/html;q=0.1"
TRIES = 3


def get(url: str) -> HTTPResponse:
    """Opens a URL; a server that does not answer is asked again."""
    request = Request(url, headers={"Accept": FORMATS, "User-Agent": "fetch-from-pypi"})  # noqa: S310  # pip's index, of any scheme
    for turn in range(TRIES):
        try:
            response: HTTPResponse = urlopen(request, timeout=60, context=UNVERIFIED)  # noqa: S310
        except OSError as error:
            lasting = isinstance(error, HTTPError) and error.code < 500
            if lasting or turn == TRIES - 1:
                sys.exit(f"the package index does not give {url}: {error}")
        else:
            return response
    raise AssertionError


def links(page: HTTPResponse) -> list[str]:
    """The files that a project's page lists, as URLs."""
    content = page.read().decode()
    if "json" in (page.headers.get_content_type()):
        found: list[str] = [file["url"] for file in json.loads(content)["files"]]
    else:
        found = [unescape(href) for href in re.findall(r"""href=["']([^"']+)["']""", content)]
    return [urldefrag(urljoin(page.url, link)).url for link in found]


def main() -> None:
    """Finds the file on the project's page and writes it to the target."""
    index = os.environ.get("PYPI_INDEX") or os.environ.get("PIP_INDEX_URL")
    if not index:
        sys.exit("no package index is known: set PYPI_INDEX to the one that `pip config list` names")
    package, wanted, target = sys.argv[1:]
    page = get(f"{index.rstrip('/')}/{re.sub('[-_.]+', '-', package).lower()}/")
    url = next((link for link in links(page) if unquote(link.rpartition("/")[2]) == wanted), None)
    if url is None:
        sys.exit(f"the package index has no {wanted}")
    with get(url) as source, Path(target).open("wb") as copy:
        shutil.copyfileobj(source, copy)


main()
