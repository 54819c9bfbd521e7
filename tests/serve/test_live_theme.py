"""Live reload of a real blog, in a browser: the whole program, with our theme."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

from alcatraz.settings import read
from tests.serve.conftest import until
from tests.serve.test_on_demand import environment, listens

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Blog


def test_the_styles_of_a_theme(blog: Blog, browser: Browser) -> None:
    """Our theme writes its styles into each page: who reads a post sees them change in place, and its text by a reload."""
    shutil.copytree(blog.root.joinpath(read(blog.root)["THEME"]), blog.root / "theme")
    with (blog.root / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("THEME = 'theme'\n")
    body = "\n\n".join(["A line."] * 300)
    blog.post("one", body)
    blog.post("two", body)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "alcatraz", "serve", f"--port={port}"]
    with subprocess.Popen(command, cwd=blog.root, env=environment(), stdout=subprocess.DEVNULL) as process:
        context = browser.new_context()
        try:
            until(lambda: listens(port))
            one, two = context.new_page(), context.new_page()
            for page, slug in ((one, "one"), (two, "two")):
                page.goto(f"http://127.0.0.1:{port}/posts/{slug}/")
                page.evaluate("loadedOnce = true; scrollTo(0, 1234)")
            style = blog.root / "theme" / "style" / "letter.css"
            style.write_text(f"{style.read_text(encoding='utf-8')}\nbody {{ outline: 1px dashed }}\n", encoding="utf-8")
            for page in (one, two):
                until(lambda page=page: page.evaluate("getComputedStyle(document.body).outlineStyle") == "dashed")  # type: ignore[misc]
                assert page.evaluate("[loadedOnce, scrollY]") == [True, 1234]
            blog.post("one", f"Another beginning.\n\n{body}")
            one.get_by_text("Another beginning.").wait_for()
            assert one.evaluate("globalThis.loadedOnce ?? false") is False
            assert two.evaluate("[loadedOnce, scrollY]") == [True, 1234]
        finally:
            context.close()
            process.kill()
