"""What a preview of a real blog watches: all that its pages are made of, wherever that lies."""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from alcatraz.build import Request
from alcatraz.serve.building import Builder
from alcatraz.serve.live import Live
from alcatraz.serve.of_blog import preview
from alcatraz.settings import read
from tests.conftest import NOW, Blog
from tests.serve.conftest import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass
class Shown:
    """The preview of a blog, and what its author is told."""

    output: Path
    told: list[str]

    def says(self, text: str, path: str = "index.html") -> None:
        """Waits until the page says this."""
        until(lambda: (self.output / path).is_file() and text in (self.output / path).read_text(encoding="utf-8"))

    def tells(self, text: str) -> None:
        """Waits until the author is told this."""
        until(lambda: any(text in line for line in self.told))


def shown(blog: Blog, author: Callable[[Shown], None]) -> Shown:
    """Runs a preview while the author works."""
    live, root = Live(), blog.root
    made = preview(lambda: Request(settings=read(root), now=NOW, output=root / "output"), root, root / "pelicanconf.py")
    there = Shown(made.output, [])

    async def session() -> None:
        building = asyncio.create_task(Builder(made, live, there.told.append).run())
        await asyncio.to_thread(until, lambda: bool(live.state.generation or live.state.error))
        await asyncio.to_thread(author, there)
        building.cancel()

    before = list(sys.path)
    try:
        asyncio.run(session())
    finally:
        sys.path[:] = before
    return there


def settings(blog: Blog, text: str) -> None:
    """Adds to the blog's settings."""
    with (blog.root / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_theme_outside_the_blog(blog: Blog, tmp_path: Path) -> None:
    """A theme that several blogs share is watched where it is."""
    shutil.copytree(read(blog.root)["THEME"], tmp_path / "themes" / "mine")
    settings(blog, "THEME = '../themes/mine'\n")
    blog.post("one")
    base = tmp_path / "themes" / "mine" / "templates" / "base.html"

    def author(there: Shown) -> None:
        for word in ("Farallon", "Angel Island"):
            base.write_text(base.read_text(encoding="utf-8").replace("</body>", f"<p>{word}</p></body>"), encoding="utf-8")
            there.says(word)

    shown(blog, author)


def test_templates_that_take_the_place_of_the_themes(blog: Blog) -> None:
    """So are the folders of single templates."""
    settings(blog, "THEME_TEMPLATES_OVERRIDES = ['templates']\n")
    blog.write("templates/page.html", "first")
    blog.write("content/pages/about.md", "---\ntitle: About\nlabel: human\n---\n")
    address = "about/index.html"

    def author(there: Shown) -> None:
        there.says("first", address)
        blog.write("templates/page.html", "second")
        there.says("second", address)

    shown(blog, author)


def test_files_that_the_settings_import(blog: Blog) -> None:
    """A module, a package and what that imports are watched, and imported anew: a second name is another name."""
    blog.write("names_one.py", "SITENAME = 'Alcatraz'\n")
    blog.write("parts_one/__init__.py", "from parts_one.deep import *\n")
    blog.write("parts_one/deep.py", "AUTHOR = 'Bob'\n")
    settings(blog, "import sys\nsys.path.insert(0, __file__.rpartition('/')[0])\nfrom names_one import *\nfrom parts_one import *\n")
    blog.post("one")

    def author(there: Shown) -> None:
        for name in ("Farallon", "Angel Island"):
            blog.write("names_one.py", f"SITENAME = '{name}'\n")
            there.says(name)
        for name in ("Eve", "Oscar"):
            blog.write("parts_one/deep.py", f"AUTHOR = '{name}'\n")
            there.says(name, "posts/one/index.html")

    shown(blog, author)


def test_a_file_that_the_settings_import_and_that_is_broken(blog: Blog) -> None:
    """It is watched although the settings could not be read with it."""
    blog.post("one")

    def author(there: Shown) -> None:
        blog.write("names_two.py", "SITENAME =\n")
        settings(blog, "import sys\nsys.path.insert(0, __file__.rpartition('/')[0])\nfrom names_two import *\n")
        there.tells("SyntaxError")
        blog.write("names_two.py", "SITENAME = 'Farallon'\n")
        there.says("Farallon")

    shown(blog, author)


PLUGIN = """\
from pelican import signals
{imports}

def mark(generator):
    for article in generator.articles:
        article._content += "<p>{word}</p>"

def register():
    signals.article_generator_finalized.connect(mark)
"""


@pytest.mark.parametrize("path", ["plugins/gull_one.py", "plugins/gull_two/__init__.py"])
def test_a_plugin_of_the_blogs_own(blog: Blog, path: str) -> None:
    """A plugin is watched from the start, and its next form takes the place of the one before."""
    settings(blog, f"PLUGIN_PATHS = ['plugins']\nPLUGINS = [*PLUGINS, '{path.split('/')[1].removesuffix('.py')}']\n")
    blog.write(path, PLUGIN.format(imports="", word="first"))
    blog.post("one")
    page = "posts/one/index.html"

    def author(there: Shown) -> None:
        there.says("first", page)
        for word in ("second", "third"):
            blog.write(path, PLUGIN.format(imports="", word=word))
            there.says(word, page)
        assert "second" not in (there.output / page).read_text(encoding="utf-8")

    shown(blog, author)


def test_a_plugin_that_imports_from_the_blog(blog: Blog) -> None:
    """What it imports is watched as well, where it lies beside it."""
    settings(blog, "PLUGIN_PATHS = ['plugins']\nPLUGINS = [*PLUGINS, 'gull_three']\n")
    blog.write("plugins/gull_three/__init__.py", PLUGIN.format(imports="from gull_three.word import word", word='" + word + "'))
    blog.write("plugins/gull_three/word.py", "word = 'first'\n")
    blog.post("one")

    def author(there: Shown) -> None:
        for word in ("second", "third"):
            blog.write("plugins/gull_three/word.py", f"word = '{word}'\n")
            there.says(word, "posts/one/index.html")

    shown(blog, author)


def test_a_plugin_path_that_holds_the_blog(blog: Blog) -> None:
    """The whole blog is not watched for it: each build would be the cause of another."""
    settings(blog, "PLUGIN_PATHS = ['.']\nPLUGINS = [*PLUGINS, 'gull_four']\n")
    blog.write("gull_four.py", PLUGIN.format(imports="", word="first"))
    blog.post("one")

    def author(there: Shown) -> None:
        there.says("first", "posts/one/index.html")
        blog.write("gull_four.py", PLUGIN.format(imports="", word="second"))
        there.says("second", "posts/one/index.html")
        there.tells("Built")

    there = shown(blog, author)
    assert len([line for line in there.told if line.startswith("Built")]) <= 3


def test_a_plugin_that_comes_later(blog: Blog) -> None:
    """A plugin that was named before it was written is found once it is."""
    settings(blog, "PLUGIN_PATHS = ['plugins']\nPLUGINS = [*PLUGINS, 'gull_five']\n")
    (blog.root / "plugins").mkdir()
    blog.post("one")

    def author(there: Shown) -> None:
        there.tells("Cannot load plugin")
        blog.write("plugins/gull_five.py", PLUGIN.format(imports="", word="second"))
        there.says("second", "posts/one/index.html")

    shown(blog, author)
