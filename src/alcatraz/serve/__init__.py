"""The preview server: the site as its author sees it while writing.

One process for the whole session: a watcher (watching.py) says that something changed, a builder (building.py) builds
in a thread of its own, the server (server.py, application.py) goes on giving out the last good site, and the pages in
the browser hear of each build (live.py, live.js).
"""

from __future__ import annotations

from alcatraz.serve.address import adopt
from alcatraz.serve.preview import Preview, Site
from alcatraz.serve.server import serve

__all__ = ["Preview", "Site", "adopt", "serve"]
