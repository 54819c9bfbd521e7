"""What a build keeps for the next one: never another site, whatever happens to it."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alcatraz.cache import MOST, SPARE, TIMES, Cache
from alcatraz.content import markdown
from alcatraz.content.known import Known
from alcatraz.content.markdown import Place

if TYPE_CHECKING:
    from alcatraz.content.document import Document
    from alcatraz.errors import ContentError
    from tests.conftest import Blog

BODY = "A post with a [link](two.md), `code` and a note.[^1]\n\n## A heading\n\n```python\nprint(1)\n```\n\n[^1]: It.\n"


def kept(file: Path) -> int:
    """How many entries a cache has."""
    with sqlite3.connect(file) as database:
        (count,) = database.execute("SELECT count(*) FROM entries").fetchone()
    return int(count)


def test_a_second_build_is_the_same(blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings included, and with edits in between; bodies that stay are not rendered again."""
    cache = tmp_path / "cache"
    rendered: list[str] = []
    render = markdown.render

    def counting(body: str, place: Place, **options: Any) -> tuple[Document, list[ContentError]]:
        rendered.append(body)
        return render(body, place, **options)

    monkeypatch.setattr(markdown, "render", counting)
    blog.post("one", BODY)
    blog.post("two", "![](gone.png)\n")
    for text in (BODY, BODY + "\nMore.\n", BODY):
        blog.post("one", text)
        report = blog.build(cache=cache)
        remembered, known = blog.files(), len(rendered)
        plain = blog.build()
        del rendered[known:]
        assert blog.files() == remembered
        assert report.findings == plain.findings
        assert report.remark is None
    assert len(rendered) == 3


def test_what_is_kept_is_what_was_rendered(tmp_path: Path) -> None:
    """All of it: contents, anchors, links, findings; and each thing that it depends on makes another."""
    place = Place("content/one.md", "posts", 7)
    with Cache(tmp_path / "cache") as cache:
        first = Known(cache).render(BODY, place)
    with Cache(tmp_path / "cache") as cache:
        assert Known(cache).render(BODY, place) == first == markdown.render(BODY, place)
        for other in (
            Place("content/two.md", "posts", 7),
            Place("content/one.md", "else", 7),
            Place("content/one.md", "posts", 7, "/blog"),
        ):
            assert Known(cache).render(BODY, other) == markdown.render(BODY, other)
        assert Known(cache).render("$x$", place, math=True) == markdown.render("$x$", place, math=True)
        assert Known(cache).render("$x$", place) == markdown.render("$x$", place)
    assert kept(tmp_path / "cache") == 7  # the bodies, and the code that four of them have


def test_what_has_errors_is_not_kept(tmp_path: Path) -> None:
    """It is read again until it has none."""
    with Cache(tmp_path / "cache") as cache:
        assert Known(cache).render("{{< figure >}}\n", Place("one.md", ""))[1]
    assert kept(tmp_path / "cache") == 0


@pytest.mark.parametrize("file", ["documents.sqlite", "posts.sqlite"])
@pytest.mark.parametrize("damage", ["none of SQLite's", "cut", "another value", "another format"])
def test_a_damaged_cache_is_made_anew(blog: Blog, tmp_path: Path, damage: str, file: str) -> None:
    """It is said once, and the site is right."""
    damaged = tmp_path / "cache" / file
    blog.post("one", BODY)
    blog.build(cache=damaged.parent)
    entries = kept(damaged)
    if damage == "none of SQLite's":
        damaged.write_bytes(b"no database" * 1000)
    elif damage == "cut":
        damaged.write_bytes(damaged.read_bytes()[:5000])
    else:
        change = "UPDATE entries SET value = x'00'" if damage == "another value" else "PRAGMA user_version = 99"
        with sqlite3.connect(damaged) as database:
            database.execute(change)
    blog.overrides["SITENAME"] = "Another"  # or nothing would be asked for
    report = blog.build(cache=damaged.parent)
    assert report.remark == (None if damage == "another format" else "the cache was damaged, and is made anew")
    assert blog.build(cache=damaged.parent).remark is None
    remembered = blog.files()
    blog.build()
    assert blog.files() == remembered
    assert 0 < kept(damaged) <= 2 * entries


def test_a_body_that_was_let_go_is_made_again(blog: Blog, tmp_path: Path) -> None:
    """The post is known and its body is not, as where the two caches were bounded at different moments."""
    blog.post("one", BODY)
    blog.post("two", BODY)
    blog.build(cache=tmp_path / "cache")
    with sqlite3.connect(tmp_path / "cache/documents.sqlite") as database:
        database.execute("DELETE FROM entries")
    blog.post("two", BODY, title="Another")  # the page of the other leads there
    assert blog.build(cache=tmp_path / "cache").remark is None
    remembered = blog.files()
    blog.build()
    assert blog.files() == remembered


def test_a_body_that_is_lost_while_a_build_goes_on(blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is made without the cache, and it is said."""
    blog.post("one", BODY)
    blog.post("two", BODY)
    blog.build(cache=tmp_path / "cache")
    blog.post("two", BODY, title="Another")
    monkeypatch.setattr(Cache, "__contains__", lambda *_: True)
    with sqlite3.connect(tmp_path / "cache/documents.sqlite") as database:
        database.execute("DELETE FROM entries")
    assert blog.build(cache=tmp_path / "cache").remark == "the cache was damaged, and is made anew"
    remembered = blog.files()
    blog.build()
    assert blog.files() == remembered


def test_two_builds_at_once(tmp_path: Path) -> None:
    """Both keep what they have made."""
    begun = threading.Barrier(2)

    def build(name: bytes) -> None:
        for number in range(20):
            with Cache(tmp_path / "cache") as cache:
                begun.wait(10)
                cache.put(b"%s %d" % (name, number), name * 10_000)

    threads = [threading.Thread(target=build, args=(name,)) for name in (b"one", b"two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept(tmp_path / "cache") == 40


def test_a_file_that_another_holds_is_not_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found in it meanwhile, and nothing of it is thrown away."""
    monkeypatch.setattr("alcatraz.cache.WAIT", 0.01)
    file = tmp_path / "cache"
    with Cache(file) as cache:
        cache.put(b"key", b"value")
    with Cache(file) as cache:
        other = sqlite3.connect(file, isolation_level=None)
        cache._database.execute("PRAGMA journal_mode = DELETE")  # type: ignore[union-attr] # noqa: SLF001 (where a file system has no WAL)
        other.execute("BEGIN EXCLUSIVE")
        assert cache.get(b"key") is None
        other.execute("ROLLBACK")
        assert cache.get(b"key") == b"value"
        assert cache.fault is None


def test_a_build_that_fails_keeps_nothing(tmp_path: Path) -> None:
    """And takes nothing away."""
    with Cache(tmp_path / "cache") as cache:
        cache.put(b"a", b"1")
    cache = Cache(tmp_path / "cache").__enter__()
    cache.put(b"b", b"2")
    cache.__exit__(RuntimeError, RuntimeError(), None)
    with Cache(tmp_path / "cache") as cache:
        assert (cache.get(b"a"), cache.get(b"b")) == (b"1", None)


def test_its_size_is_bounded(tmp_path: Path) -> None:
    """What nobody has asked for goes once it is more than what somebody has."""
    file = tmp_path / "cache"
    for edit in range(20):
        with Cache(file) as cache:
            for number in range(100):
                cache.put(b"%d of %d" % (number, edit), b"x" * 1000)
    assert kept(file) <= TIMES * 100 + SPARE
    assert file.stat().st_size < 3_000_000


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    """All is made, and nothing is said."""
    (tmp_path / "cache").write_text("a file")
    with Cache(tmp_path / "cache/documents.sqlite") as cache:
        assert cache.get(b"a") is None
        assert cache.put(b"a", b"1") == b"1"
        assert cache.get(b"a") == b"1"
    assert cache.fault is None


def test_what_is_much_is_written_as_it_comes(tmp_path: Path) -> None:
    """It is at hand as before, other builds have it already, and it stays whatever becomes of this one."""
    cache = Cache(tmp_path / "cache").__enter__()
    for number in range(3):
        cache.put(b"%d" % number, bytes([number]) * (MOST // 2 + 1))
    cache.put(b"small", b"1")
    assert kept(tmp_path / "cache") == 2
    assert [cache.get(b"%d" % number) for number in range(3)] == [bytes([number]) * (MOST // 2 + 1) for number in range(3)]
    cache.__exit__(RuntimeError, RuntimeError(), None)
    with Cache(tmp_path / "cache") as other:
        assert other.get(b"1") == b"\x01" * (MOST // 2 + 1)
        assert other.get(b"small") is None


def test_where_there_is_no_file(tmp_path: Path) -> None:
    """It serves one build, however much that is, and nothing is left."""
    with Cache(None) as cache:
        cache.put(b"a", b"x" * (MOST + 1))
        cache.put(b"b", b"1")
        cache.in_child()
        assert (len(cache.get(b"a") or b""), cache.get(b"b"), len(cache)) == (MOST + 1, b"1", 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("at_once", [False, True])
def test_all_at_once_or_one_by_one(tmp_path: Path, at_once: bool) -> None:
    """The same is found: what was there, what was put since, and nothing else."""
    with Cache(tmp_path / "cache", at_once=at_once) as cache:
        assert cache.get(b"a") is None
        cache.put(b"a", b"1")
    with Cache(tmp_path / "cache", at_once=at_once) as cache:
        assert (cache.get(b"a"), cache.get(b"b"), len(cache)) == (b"1", None, 1)
        cache.put(b"b", b"2")
        cache.put(b"a", b"3")
        assert (cache.get(b"a"), cache.get(b"b")) == (b"3", b"2")
    with sqlite3.connect(tmp_path / "cache") as database:
        database.execute("UPDATE entries SET value = x'00' WHERE key = ?", (b"a",))
    with Cache(tmp_path / "cache", at_once=at_once) as cache:
        assert cache.get(b"a") is None
        assert cache.fault == "the cache was damaged, and is made anew"
        assert cache.get(b"b") is None


def test_what_is_remembered_is_made_once(tmp_path: Path) -> None:
    """And not again by the next build."""
    made: list[str] = []

    def make() -> bytes:
        made.append("made")
        return b""

    for _ in range(2):
        with Cache(tmp_path / "cache") as cache:
            assert cache.remember(b"a", make) == cache.remember(b"a", make) == b""
    assert made == ["made"]


def test_what_is_needed_stays(tmp_path: Path) -> None:
    """As what was asked for does, when what nobody asks for goes."""
    with Cache(tmp_path / "cache") as cache:
        for number in range(SPARE + TIMES * 3):
            cache.put(b"%d" % number, b"x")
    with Cache(tmp_path / "cache") as cache:
        cache.need(b"7")
        cache.get(b"8")
    with Cache(tmp_path / "cache") as cache:
        assert (cache.get(b"7"), cache.get(b"8"), cache.get(b"9"), len(cache)) == (b"x", b"x", None, 2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no children here")
@pytest.mark.parametrize("at_once", [False, True])
def test_a_child_has_what_its_parent_has(tmp_path: Path, at_once: bool) -> None:
    """What was kept and what was put since; what it puts itself is its own, and the parent goes on as before."""
    with Cache(tmp_path / "cache", at_once=at_once) as cache:
        cache.put(b"a", b"1")
    with Cache(tmp_path / "cache", at_once=at_once) as cache:
        cache.put(b"b", b"2")
        pid = os.fork()
        if not pid:
            cache.in_child()
            found = cache.get(b"a"), cache.get(b"b"), cache.get(b"c")
            cache.put(b"c", b"3")
            os._exit(found != (b"1", b"2", None))
        assert os.waitpid(pid, 0)[1] == 0
        assert (cache.get(b"a"), cache.get(b"b"), cache.get(b"c")) == (b"1", b"2", None)
    assert kept(tmp_path / "cache") == 2


FULL = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(sys.modules["alcatraz"].__file__ or "").parents[1])!r})
from pathlib import Path
from alcatraz.cache import Cache
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Cache(Path(sys.argv[1])) as cache:
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
    cache.put(b"a", b"x" * 500_000)
print(cache.fault)
"""


def test_a_full_disk(tmp_path: Path) -> None:
    """The build is done; the author is told why the next is no faster, and what was kept before is there."""
    with Cache(tmp_path / "cache") as cache:
        cache.put(b"before", b"1")
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path / "cache")], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("the cache cannot be written (")
    with Cache(tmp_path / "cache") as cache:
        assert cache.get(b"before") == b"1"
        assert cache.get(b"a") is None
