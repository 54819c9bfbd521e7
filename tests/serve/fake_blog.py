"""Serves a fake blog: its build copies content/ to the output and puts settings.txt and theme/ into each page.

The build fails with what content/error.txt says, if that is there. While the file `hold` is there, a build stops after
it has read and before it writes, and says so with the file `reading-done`. While `unknown` is there, it does not say what changed.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from alcatraz.errors import AlcatrazError
from alcatraz.findings import Finding
from alcatraz.serve import Preview, Site, serve

if TYPE_CHECKING:
    from alcatraz.build import Report


def build(root: Path) -> Report:
    content = root / "content"
    extra = [(root / "settings.txt"), *(root / "theme").glob("*.html")]
    settings = "".join(path.read_text(encoding="utf-8") for path in extra)
    pages = {path.relative_to(content): path.read_bytes() for path in sorted(content.rglob("*")) if path.is_file()}
    if problem := pages.get(Path("error.txt")):
        raise AlcatrazError(problem.decode(), where="content/error.txt:1", remedy="remove it")
    if (root / "hold").exists():
        (root / "reading-done").touch()
        while (root / "hold").exists():
            time.sleep(0.01)
    beside = root / "cache" / "beside"
    shutil.rmtree(beside, ignore_errors=True)
    for name, text in pages.items():
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        (beside / name).write_bytes(text.replace(b"</body>", f"<p>{settings}</body>".encode()))
    before, after = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (root / "cache" / "site", beside)
    )
    changed = frozenset(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    shutil.rmtree(root / "cache" / "site", ignore_errors=True)
    beside.replace(root / "cache" / "site")
    findings = [Finding("content/index.html", 1, "label", "no label", "give one")] if b"no label" in b"".join(pages.values()) else []
    # Not a Report itself: to import that takes Pelican, and most of the time that a server takes to start.
    report = SimpleNamespace(posts=0, pages=len(pages), seconds=0, findings=tuple(findings), remark=None)
    report.changed = None if (root / "unknown").exists() else changed
    return cast("Report", report)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("root", type=Path)
    arguments.add_argument("--port", type=int)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--base", default="")
    arguments.add_argument("--socket", action="store_true", help="open the socket here, as systemd would")
    arguments.add_argument("--idle", type=float)
    given = arguments.parse_args()
    root = given.root
    paths = (root / "content", root / "theme", root / "settings.txt")
    site = Preview(lambda: Site(paths, partial(build, root), base=given.base), paths[-1:], root / "cache" / "site")
    try:
        if given.socket:
            serve(site, console=print, sockets=[socket.create_server(("127.0.0.1", 0))])
        else:
            serve(site, console=print, host=given.host, port=given.port, idle=given.idle)
    except AlcatrazError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
