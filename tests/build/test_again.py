"""Where nothing has changed nothing is done, and Pelican is not even loaded; and whatever may have changed is seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import alcatraz
from alcatraz import starter
from alcatraz.look import look
from tests.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Blog

SOURCE = str(Path(alcatraz.__file__).parents[1])
PROGRAM = """
import sys
from alcatraz.cli import main
looked_at = []
sys.addaudithook(lambda event, about: looked_at.append(about[0]) if event == "open" and str(about[0]).endswith("/told.txt") else None)
try:
    main(sys.argv[1:])
finally:
    print("Pelican" if "pelican" in sys.modules else "no Pelican", file=sys.stderr)
    print(f"looked {len(looked_at)} times", file=sys.stderr)
"""


class Told:
    """What a build by the program has said, and whether it has loaded Pelican."""

    def __init__(self, blog: Blog, *arguments: str, source: str = SOURCE) -> None:
        kept = {key: value for key, value in os.environ.items() if key not in {"CI", "SOURCE_DATE_EPOCH", "ALCATRAZ_ROOT"}}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "build", f"--now={NOW.isoformat()}", "--no-search", *arguments],
            cwd=blog.root,
            env={**kept, "PYTHONPATH": source, "XDG_CONFIG_HOME": str(blog.root / ".config")},
            capture_output=True,
            text=True,
            check=False,
        )
        *told, looks = done.stderr.splitlines()
        self.findings = [line for line in told if "Pelican" not in line]
        self.looks = int(looks.split()[1])  # at each file of the name told.txt
        self.has_built = "no Pelican\n" not in done.stderr
        self.status = done.returncode
        self.summary = " ".join(word for word in done.stdout.split() if not word[0].isdigit() or "." not in word)  # without its seconds


def is_known(blog: Blog) -> bool:
    """Whether a second build does nothing."""
    blog.again()
    return is_still_known(blog)


def is_still_known(blog: Blog, **options: object) -> bool:
    """Whether a build does nothing: then not one step of it is told."""
    steps: list[str] = []
    blog.again(progress=lambda stage, _done, _total: steps.append(stage), **options)
    return not steps


def test_nothing_is_touched(blog: Blog) -> None:
    """No file of the site, and no folder; the report is that of the build before."""
    blog.post("one", label="")
    blog.post("two", draft="true")
    first = blog.again()
    before = {path: path.stat().st_mtime_ns for path in (blog.root / "output").rglob("*")}, blog.written()
    second = blog.again()
    assert ({path: path.stat().st_mtime_ns for path in (blog.root / "output").rglob("*")}, blog.written()) == before
    assert second.changed == frozenset()
    for name in ("posts", "pages", "drafts", "future", "files", "findings", "sources"):
        assert getattr(second, name) == getattr(first, name), name
    assert len(second.findings) == 1


def test_the_program_says_the_same_without_pelican(blog: Blog) -> None:
    """Findings and summary; --strict still refuses, and --no-cache builds."""
    blog.post("one", label="")
    first, second = Told(blog), Told(blog)
    assert (first.has_built, second.has_built) == (True, False)
    assert (second.findings, second.summary, second.status) == (first.findings, first.summary, 0)
    assert len(second.findings) == 1
    strict = Told(blog, "--strict")
    assert (strict.status, strict.has_built) == (1, True)
    assert "content/posts/one/index.md" in strict.findings[0]
    assert Told(blog, "--no-cache").has_built


def test_files_are_looked_at_once(blog: Blog) -> None:
    """Whether there is something to do or not; what was seen to find that out is what the build goes by."""
    blog.post("one")
    blog.write("content/told.txt", "which is in no page")
    assert Told(blog).looks == 1
    blog.post("two")
    for has_built in (True, False):
        told = Told(blog)
        assert (told.has_built, told.looks) == (has_built, 1)
    assert "posts/two/index.html" in blog.files()


def test_what_was_seen_counts_for_the_same_folders(blog: Blog) -> None:
    """A build goes by it, and where the settings have come to name other folders it looks by itself."""
    blog.post("one")
    blog.again()
    folders: list[str | Path] = [blog.root / "content", starter.THEME]
    seen, of_others = look(folders), look([*folders, blog.root / "mine"])
    assert is_still_known(blog, look=seen)
    blog.post("one", "Another text.\n")
    assert is_still_known(blog, look=seen)
    assert not is_still_known(blog, look=of_others)
    assert "Another text" in blog.page("posts/one/index.html")


def test_another_engine_builds(blog: Blog, tmp_path: Path) -> None:
    """A byte of any of its files makes it another."""
    shutil.copytree(Path(SOURCE, "alcatraz"), tmp_path / "src/alcatraz", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(starter.THEME, tmp_path / "src/alcatraz/theme")
    blog.post("one")
    engine = str(tmp_path / "src")
    Told(blog, source=engine)
    assert not Told(blog, source=engine).has_built
    with (tmp_path / "src/alcatraz/words.py").open("a") as file:
        file.write("# Another.\n")
    assert Told(blog, source=engine).has_built


def test_another_package_builds(blog: Blog, tmp_path: Path) -> None:
    """One that is installed beside the engine, or comes in another version, in either form in which it is told."""
    blog.post("one")
    beside = tmp_path / "beside"
    beside.mkdir()
    source = f"{SOURCE}{os.pathsep}{beside}"
    Told(blog, source=source)
    for name in ("told-1.dist-info", "old-1.egg-info", "old-2.egg-info"):
        (beside / name).mkdir()
        assert [Told(blog, source=source).has_built for _ in range(2)] == [True, False], name


EDITS: dict[str, Callable[[Blog], object]] = {
    "a post": lambda blog: blog.post("one", "Tekst.\n"),
    "a file beside a post": lambda blog: blog.write("content/posts/one/list.txt", "b"),
    "a file of its own": lambda blog: blog.write("content/static/told.txt", "b"),
    "a file that is new": lambda blog: blog.write("content/static/new.txt", ""),
    "a template that takes the place of the theme's": lambda blog: blog.write("mine/tag.html", "Another."),
    "the theme": lambda blog: blog.write("theme/templates/tags.html", "Another."),
    "the settings": lambda blog: blog.write(
        "pelicanconf.py", (blog.root / "pelicanconf.py").read_text().replace("told_by_a_test.NAME", "told_by_a_test.NAME.lower()")
    ),
    "what the settings import": lambda blog: blog.write("told_by_a_test.py", "NAME = 'C'\n"),
    "the output": lambda blog: (blog.root / "output/index.html").touch(),
    "what is in the output": lambda blog: (blog.root / "output/new").write_text(""),
    "a folder in the output": lambda blog: (blog.root / "output/new").mkdir(),
}


@pytest.fixture
def themed(blog: Blog) -> Blog:
    """A blog with a theme, a template and a module of its own."""
    shutil.copytree(starter.THEME, blog.root / "theme")
    blog.post("one", "[List](list.txt)\n", tags="[a]")
    blog.write("content/posts/one/list.txt", "a")
    blog.write("content/static/told.txt", "a")
    blog.write("mine/tag.html", "One.")
    blog.write("told_by_a_test.py", "NAME = 'A'\n")
    blog.write(
        "pelicanconf.py",
        """\
        import sys
        sys.path.insert(0, __file__.rpartition("/")[0])
        sys.modules.pop("told_by_a_test", None)
        from alcatraz.starter import *
        import told_by_a_test
        SITENAME = told_by_a_test.NAME
        SITEURL = "https://test.example"
        THEME = "theme"
        THEME_TEMPLATES_OVERRIDES = ["mine"]
        """,
    )
    return blog


def test_whatever_may_have_changed_is_seen(themed: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte of content, theme, templates, settings or what they import, and a touch of the output."""
    monkeypatch.setattr(sys, "path", sys.path[:])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert is_known(themed)
    for what, edit in EDITS.items():
        edit(themed)
        assert not is_still_known(themed), what
        assert is_still_known(themed), what
    sys.modules.pop("told_by_a_test", None)


def test_a_post_comes_out(blog: Blog) -> None:
    """When its moment comes something is done, and nothing before and after; and going back in time something is done again."""
    date = NOW + timedelta(hours=1)
    blog.post("one")
    blog.post("two", date=date.isoformat())
    blog.again()
    assert is_still_known(blog, now=date - timedelta(seconds=1))
    assert not is_still_known(blog, now=date)
    assert "posts/two/index.html" in blog.files()
    assert is_still_known(blog, now=date + timedelta(days=1))
    assert not is_still_known(blog, now=NOW)
    assert "posts/two/index.html" not in blog.files()


def test_a_site_that_shows_the_moment(blog: Blog) -> None:
    """Is made for each moment anew."""
    blog.post("one")
    blog.write("mine/page.html", "{{ NOW }}")
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nHello.\n")
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "mine")]
    assert is_known(blog)
    assert not is_still_known(blog, now=NOW + timedelta(seconds=1))
    assert ":31" in blog.page("about/index.html") or ":01" in blog.page("about/index.html")


def test_a_redirect_that_shows_the_moment(blog: Blog) -> None:
    """Is a page like any other: where it is all that does, nothing else is known for long either."""
    blog.write("mine/redirect.html", "{{ NOW }}")
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "mine")]
    blog.post("one", aliases="[/old/]")
    assert is_known(blog)
    assert not is_still_known(blog, now=NOW + timedelta(hours=1))
    assert "07:30" in blog.page("old/index.html")


def test_a_wrong_setting_that_stands_on_another_line(blog: Blog) -> None:
    """Is told with that line, though the settings say the same."""
    text = (blog.root / "pelicanconf.py").read_text(encoding="utf-8")
    told = []
    for more in ("", "\n"):
        blog.write("pelicanconf.py", f"{text}{more}SITENMAE = 'A test'\n")
        told += [finding.line for finding in blog.again().findings]
    assert told[1] == told[0] + 1


def test_what_was_known_before_builds_of_which_nothing_is(blog: Blog) -> None:
    """The last of these lies in the folder of the one that is known: it is not taken for that."""
    blog.post("one")
    blog.again()
    for text in ("One", "Two"):
        blog.write("content/posts/more.rst", f"More\n####\n\n:date: 2026-11-01\n:label: human\n\n{text}.\n")
        blog.again()
    (blog.root / "content/posts/more.rst").unlink()
    blog.again()
    assert not any("more" in name for name in blog.files())


def test_drafts_are_another_site(blog: Blog) -> None:
    """And so is one with a search index, or elsewhere."""
    blog.post("one")
    blog.post("two", draft="true")
    assert is_known(blog)
    assert is_still_known(blog, strict=True)  # and this is none
    assert not is_still_known(blog, drafts=True)
    assert is_still_known(blog, drafts=True)
    assert not is_still_known(blog)
    assert not is_still_known(blog, output=blog.root / "elsewhere")
    assert is_still_known(blog, output=blog.root / "elsewhere")
    assert not is_still_known(blog, search=True)
    assert is_still_known(blog, search=True)


def test_a_build_that_failed_is_not_known(blog: Blog) -> None:
    """It is tried again each time, and the blog as it was before is known as ever."""
    blog.post("one")
    blog.again()
    blog.post("one", date="2024")
    for _ in range(2):
        assert len(blog.refusal(cache=blog.root / ".alcatraz/cache")) == 1
    blog.post("one")
    assert is_still_known(blog)


def test_what_may_depend_on_more_is_built(blog: Blog) -> None:
    """A post in reStructuredText may include files, and what a plugin does nobody knows; python-markdown's own extensions read none."""
    blog.post("two")
    assert is_known(blog)
    for reader, known in (("rst", False), ("python-markdown", True)):
        name = blog.other(reader)
        assert is_known(blog) is known, reader
        (blog.root / name).unlink()
        blog.overrides.clear()
        assert is_known(blog), reader
    blog.write("plugins/quiet.py", "def register():\n    pass\n")
    blog.overrides.update(PLUGIN_PATHS=[str(blog.root / "plugins")], PLUGINS=["alcatraz.plugin", "quiet"])
    assert not is_known(blog)


OBJECTS = {
    "a revision": """
PATH = "one"
class Revision:
    def __html__(self): return {0!r}
    def __getitem__(self, _): return self.__html__()
REVISION = Revision()
""",
    "a folder": """
class Folder:
    def __fspath__(self): return {0!r}
PATH = Folder()
""",
}


@pytest.mark.parametrize("what", OBJECTS)
def test_an_object_among_the_settings_is_never_known(blog: Blog, what: str) -> None:
    """Nor where a build makes data of it, or it is about one build: nobody can tell whether it is what it was."""
    settings = (blog.root / "pelicanconf.py").read_text(encoding="utf-8")
    for name in ("one", "two"):
        blog.write(f"{name}/posts/one/index.md", f"---\ntitle: One\ndate: 2026-11-01\nlabel: human\n---\n\nOf {name}.\n")
        blog.write("pelicanconf.py", f"{settings}{OBJECTS[what].format(name)}")
        assert not is_known(blog)
        assert name in blog.page("posts/one/index.html")
