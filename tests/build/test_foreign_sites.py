"""Sites of somebody else's come out as from stock Pelican, to the byte: whatever is done ahead or not again, and whatever plugins do."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import markdown
import pytest
from markdown import util
from pelican.readers import MarkdownReader

from alcatraz.build import Report, Request, build
from alcatraz.settings import read
from tests.conftest import NOW, Blog

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SETTINGS = """\
SITENAME = "Theirs"
SITEURL = "https://their.example/blog"
AUTHOR = "Somebody Else"
PATH = "content"
TIMEZONE = "Europe/Rome"
THEME = "simple"
DEFAULT_LANG = "en"
DEFAULT_PAGINATION = 3
STATIC_PATHS = ["images"]
TAG_FEED_ATOM = "feeds/{slug}.xml"
FORMATTED_FIELDS = ["summary", "lead"]
"""
BODIES = (
    "A *body* with [a link]({filename}/b/p3.md), `code` and a note[^1].\n\n[^1]: The note.\n",
    '```python hl_lines="1"\ndef a():\n    return 1\n```\n\n    :::sh\n    ls\n\nA table | of\n--------|---\ntwo | columns\n',
    "## One {#it}\n\n> Said.\n\n- a\n- b\n\nTerm\n:   What it means.\n\n*[HTML]: Hyper\n\nHTML <b>here</b> &amp; there.\n",
    '![A](../images/a.png) ![]({static}/images/a.png) [gone]({filename}gone.md)\n\n<div markdown="1">\n\n*within*\n\n</div>\n',
)


class Theirs(Blog):
    """A site with posts of many kinds, some of which cannot be read."""

    def fill(self, settings: str = "") -> None:
        self.write("pelicanconf.py", f"{SETTINGS}{settings}")
        for number in range(12):
            status = {7: "draft", 8: "hidden"}.get(number, "published")
            head = f"Title: Post {number}\nDate: 2026-10-{number + 1:02} 0{number % 10}:30\nTags: C#, tag {number % 3}\nStatus: {status}\n"
            more = "Summary: In *short*,\n    on two lines.\nLead: **Lead** [^1]\nkind: a\nkind: b\n" if number % 2 else ""
            self.write(f"content/{'ab'[number % 2]}/p{number}.md", f"{head}{more}\n{BODIES[number % 4]}")
        self.write("content/b/p1-de.md", "Title: Beitrag\nDate: 2026-10-02\nLang: de\nSlug: post-1\n\nText.\n")
        self.write("content/a/twice.md", "Title: Twice\nDate: 2026-09-01\nDate: 2026-09-02\n\nText.\n")
        self.write("content/a/marked.md", b"\xef\xbb\xbfTitle: Marked\r\nDate: 2026-09-03\r\n\r\nLines of\r\nanother kind.\r\n")
        self.write("content/a/undated.md", "Title: Undated\n\nText.\n")
        self.write("content/a/wrong.md", "Title: Wrong\nDate: one day\n\nText.\n")
        self.write("content/a/latin.md", b"Title: Latin\nDate: 2026-09-04\n\n\xe9\n")
        self.write("content/a/empty.md", "")
        self.write("content/a/other.rst", "Other\n#####\n\n:date: 2026-09-05\n\nText.\n")
        self.write("content/pages/about.md", "Title: About\n\nSee [it]({filename}../a/p0.md).\n")
        self.write("content/images/a.png", b"no picture")

    def stock(self) -> dict[str, bytes]:
        """The site as Pelican itself builds it."""
        command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", "stock", "-q"]
        subprocess.run(command, cwd=self.root, env={**os.environ, "PYTHONPATH": ""}, check=True, capture_output=True)
        folder = self.root / "stock"
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def ours(self, cache: Path | None = None) -> Report:
        request = Request(settings=read(self.root), now=NOW, output=self.root / "output", search=False, cache=cache, explain=True)
        return build(request)


@pytest.fixture
def theirs(tmp_path: Path) -> Theirs:
    """A site of somebody else's."""
    return Theirs(tmp_path / "theirs")


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> int:
    """So many other processors convert."""
    number: int = request.param
    if number and not sys.platform.startswith("linux"):
        pytest.skip("elsewhere there are no children")
    monkeypatch.setattr("alcatraz.content.conversions.spare_processors", lambda: number)
    monkeypatch.setattr("alcatraz.content.conversions.children_for", lambda files: number if files else 0)
    return number


def counted(report: Report) -> Mapping[str, int]:
    """What is told of python-markdown."""
    told = next(line for line in report.explanation if line.startswith("python-markdown: "))
    _, known, ahead, here = (int("".join(filter(str.isdigit, part))) for part in told.split(","))
    return {"known": known, "ahead": ahead, "here": here}


@pytest.mark.parametrize("children", [0, 1, 3], indirect=True)
def test_it_is_the_same_whoever_converts_it_and_when(theirs: Theirs, children: int) -> None:
    """With nothing kept, with nothing known yet, with all known, and with what is known damaged."""
    theirs.fill()
    expected = theirs.stock()
    cache = theirs.root / ".alcatraz" / "cache"
    without = theirs.ours()
    assert theirs.files() == expected
    cold = theirs.ours(cache)
    assert theirs.files() == expected
    assert bool(counted(cold)["ahead"]) == bool(children)
    assert counted(cold) == counted(without)
    warm = theirs.ours(cache)
    assert theirs.files() == expected
    assert counted(warm) == {"known": sum(counted(cold).values()), "ahead": 0, "here": 0}
    assert warm.findings == cold.findings == without.findings
    (cache / "markdown.sqlite").write_bytes(b"SQLite format 3\0 and nothing more" * 100)
    damaged = theirs.ours(cache)
    assert theirs.files() == expected
    assert counted(damaged) == counted(cold)
    assert "damaged" in (damaged.remark or "")


@pytest.mark.parametrize("children", [0, 1], indirect=True)
@pytest.mark.usefixtures("children")
def test_what_has_changed_is_converted_again(theirs: Theirs) -> None:
    """A text, and all of them where the settings are others, or what they change in python-markdown."""
    theirs.fill()
    cache = theirs.root / ".alcatraz" / "cache"
    total = sum(counted(theirs.ours(cache)).values())
    theirs.write("content/a/p0.md", "Title: New\nDate: 2026-10-01\n\nAnother *text*.\n")
    edited = counted(theirs.ours(cache))
    assert theirs.files() == theirs.stock()
    assert (edited["known"], edited["ahead"] + edited["here"]) == (total - 1, 1)
    theirs.write("pelicanconf.py", SETTINGS + "from markdown import util\nutil.BLOCK_LEVEL_ELEMENTS.append('b')\n")
    assert counted(theirs.ours(cache))["known"] == 0
    assert theirs.files() == theirs.stock()
    util.BLOCK_LEVEL_ELEMENTS.remove("b")
    theirs.write("pelicanconf.py", SETTINGS + 'MARKDOWN = {"extensions": ["markdown.extensions.toc"], "output_format": "html5"}\n')
    assert counted(theirs.ours(cache))["known"] == 0
    assert theirs.files() == theirs.stock()


def test_nothing_is_kept_in_the_content(theirs: Theirs) -> None:
    """Of a site whose content is the whole folder, all files may be copied."""
    theirs.fill(
        'PATH = "."\nARTICLE_PATHS = ["content"]\nPAGE_PATHS = ["content/pages"]\nSTATIC_PATHS = [".alcatraz"]\nIGNORE_FILES = []\n'
    )
    theirs.ours(theirs.root / ".alcatraz" / "cache")
    assert not (theirs.root / ".alcatraz" / "cache").exists()


SHOUT = """
from markdown import Extension
from markdown.postprocessors import Postprocessor
class Shout(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Louder(md), "louder", 1)
class Louder(Postprocessor):
    count = 0
    def run(self, text):
        self.count += 1
        return f"{text}<p>{self.count}!</p>"
MARKDOWN = {"extensions": ["markdown.extensions.extra", Shout()]}
"""
PLUGIN = """
import os
from pelican import signals
class Plugin:
    @staticmethod
    def register():
        %s
PLUGINS = [Plugin]
"""
CHANGES = """
def signed(content):
    if content._content:
        content._content += f"<p>{content.title}</p>"
def counted(generator, metadata):
    if metadata["reader"] == "markdown":
        reader = generator.readers.readers["md"]
        metadata["title"] = f"{metadata.get('title')}, {len(reader._md.lines)} lines"
"""
REWRITES = """
def rewrite(generator):
    with open(os.path.join(generator.path, "a", "p0.md"), "w") as file:
        file.write("Title: Rewritten\\nDate: 2026-10-01\\n\\nNew.\\n")
"""
READS = """
from pelican.readers import MarkdownReader
class Louder(MarkdownReader):
    def read(self, path):
        html, metadata = super().read(path)
        return html.upper(), metadata
def replace(readers):
    readers.reader_classes["md"] = Louder
"""
CONNECTED = "signals.content_object_init.connect(signed); signals.article_generator_context.connect(counted)"


@pytest.mark.parametrize("children", [1], indirect=True)
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (SHOUT, "the Markdown extension Shout is not python-markdown's own"),
        (CHANGES + PLUGIN % CONNECTED, "connects `content_object_init` (called "),
        (REWRITES + PLUGIN % "signals.article_generator_preread.connect(rewrite)", "is read all the same"),
        (READS + PLUGIN % "signals.readers_init.connect(replace)", "`.md` is read by pelicanconf.Louder"),
        ('MARKDOWN = {"extensions": ["footnotes"], "extension_configs": {"footnotes": {"UNIQUE_IDS": True}}}\n', "numbered on"),
        ('MARKDOWN = {"extensions": ["nobodys"]}\n', "the Markdown extension nobodys"),
        ("import markdown.extensions.toc as toc\nMARKDOWN = {'extension_configs': {'toc': {'slugify': toc.slugify_unicode}}}\n", "known"),
        ("MARKDOWN = {'extension_configs': {'toc': {'slugify': lambda text, mark: 'x'}}}\n", "are not plain"),
    ],
    ids=["extension", "signals", "preread", "reader", "notes", "nobodys", "slugs", "function"],
)
@pytest.mark.usefixtures("children")
def test_what_a_plugin_could_touch_is_as_it_would_be(theirs: Theirs, settings: str, told: str) -> None:
    """And `--explain` says what was done in the safe way because of it."""
    theirs.fill(settings)
    expected = theirs.stock()
    for _ in range(2):  # the second time, a cache may know
        theirs.fill(settings)
        report = theirs.ours(theirs.root / ".alcatraz" / "cache")
        assert theirs.files() == expected
        assert told in "\n".join(report.explanation)


PATCHES = {
    "reader": "MarkdownReader.read = lambda self, path: ('<p>patched</p>', {'title': path[-6:], 'date': self.process_metadata('date', '2026-01-01')})",
    "converter": "markdown.Markdown.convert = lambda self, text: setattr(self, 'Meta', {'title': ['P'], 'date': ['2026-01-01']}) or 'patched'",
}


@pytest.mark.parametrize("children", [1], indirect=True)
@pytest.mark.parametrize("what", PATCHES)
@pytest.mark.usefixtures("children")
def test_code_that_a_plugin_replaces_is_its_own(theirs: Theirs, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Pelican and in what it calls."""
    monkeypatch.setattr(MarkdownReader, "read", MarkdownReader.read)  # to be put back in the end
    monkeypatch.setattr(markdown.Markdown, "convert", markdown.Markdown.convert)
    theirs.fill(f"import markdown\nfrom pelican.readers import MarkdownReader\n{PLUGIN % PATCHES[what]}")
    for file in (theirs.root / "content" / "b").iterdir():
        file.unlink()  # what is patched gives all posts of a name one address
    for file in (theirs.root / "content" / "a").glob("*.md"):
        if file.name != "p0.md":
            file.unlink()
    (theirs.root / "content" / "pages" / "about.md").unlink()
    expected = theirs.stock()
    report = theirs.ours(theirs.root / ".alcatraz" / "cache")
    assert theirs.files() == expected
    assert "read" in "\n".join(report.explanation) if what == "reader" else "is replaced" in "\n".join(report.explanation)


@pytest.mark.parametrize("children", [0, 1], indirect=True)
def test_a_blog_of_ours_that_keeps_python_markdown_is_the_same_as_well(blog: Blog, children: int) -> None:
    """Each of its posts, and single ones of another."""
    blog.overrides["MARKDOWN_READER"] = "python-markdown"
    for number in range(5):
        blog.write(f"content/posts/p{number}.md", f"Title: P{number}\nDate: 2026-11-0{number + 1}\nLabel: human\n\n{BODIES[number % 3]}")
    cache: dict[str, Any] = {"cache": blog.root / ".alcatraz" / "cache", "explain": True}
    blog.write("content/b/p3.md", "Title: P\nSlug: other\nDate: 2026-11-07\nLabel: human\n\nText.\n")
    cold = blog.build(**cache)
    expected = blog.files()
    assert bool(counted(cold)["ahead"]) == bool(children)
    known = "posts and pages: 6 known, from an earlier build or by other processors, and 0 read"
    assert known in blog.build(**cache).explanation  # so that there is nothing to convert
    assert blog.files() == expected
    blog.overrides["SITENAME"] = "Another"
    assert counted(blog.build(**cache))["known"] == 6
    blog.overrides.clear()
    for file in [*(blog.root / "content" / "posts").iterdir(), blog.root / "content" / "b" / "p3.md"]:
        file.unlink()
    blog.post("one", "A *body*.\n\nTerm\n:   Meaning.\n", reader="python-markdown")
    assert counted(blog.build(**cache)) == {"known": 0, "ahead": 0, "here": 1}
    blog.overrides["SITENAME"] = "Another"
    assert counted(blog.build(**cache))["known"] == 1
