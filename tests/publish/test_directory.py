"""A directory as a target: the whole site or none of it, and nothing that is somebody else's."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alcatraz.errors import OutputError, TemporaryError, UsageError
from alcatraz.publish import find_target
from tests.publish.conftest import files
from tests.test_tasks import alcatraz

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Blog


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of two files."""
    (tmp_path / "blog" / "posts").mkdir(parents=True)
    folder = tmp_path / "built"
    (folder / "posts").mkdir(parents=True)
    (folder / "index.html").write_text("one")
    (folder / "posts" / "a.html").write_text("a")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where it is to be; nothing is there yet."""
    (tmp_path / "www").mkdir()
    return tmp_path / "www" / "site"


def put(site: Path, place: Path) -> None:
    """Publishes a site, as the task does."""
    target = find_target(f"directory:{place}", Path("/"))
    target.look_over(site.parent / "blog")
    target.replace(site)


def test_the_new_site_takes_the_place_of_the_old_one(site: Path, place: Path) -> None:
    """All of it, what is not in the new one is gone, and nothing but the site and its record is left."""
    put(site, place)
    assert files(place) == files(site)
    (site / "posts" / "a.html").unlink()
    (site / "index.html").write_text("two")
    put(site, place)
    assert files(place) == {"index.html": b"two"}
    kept = sorted(path.name.partition("-")[0] + path.suffix for path in (place.parent / ".site.published").iterdir())
    assert kept == ["lock", "site", "site.sha256"]


def test_who_reads_meanwhile_has_the_old_site_or_the_new_one(site: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each step the name leads to a whole site."""
    put(site, place)
    (site / "index.html").write_text("two")
    (site / "posts" / "a.html").write_text("b")
    seen = []

    def looking(do: Callable[..., Any]) -> Callable[..., Any]:
        def look(*arguments: Any) -> Any:
            seen.append((files(place)["index.html"], files(place)["posts/a.html"]))
            return do(*arguments)

        return look

    monkeypatch.setattr(shutil, "copyfile", looking(shutil.copyfile))
    monkeypatch.setattr(shutil, "rmtree", looking(shutil.rmtree))
    put(site, place)
    assert seen == [(b"one", b"a"), (b"one", b"a"), (b"two", b"b")]


def test_what_changes_is_told_by_the_bytes(site: Path, place: Path) -> None:
    """Not by notes: what somebody has changed or removed there counts, and is put right."""
    target = find_target(str(place), Path("/"))
    assert target.compare(site).added == ("index.html", "posts/a.html")
    put(site, place)
    assert not target.compare(site)
    (place / "index.html").write_text("tampered")
    (place / "posts" / "a.html").unlink()
    changes = target.compare(site)
    assert (changes.added, changes.changed, changes.removed) == (("posts/a.html",), ("index.html",), ())
    put(site, place)
    assert not target.compare(site)


def test_an_empty_directory_will_do(site: Path, place: Path) -> None:
    """Its name is what the site gets."""
    place.mkdir()
    put(site, place)
    assert files(place) == files(site)


def test_what_is_somebody_elses_is_not_touched(site: Path, place: Path, tmp_path: Path) -> None:
    """A directory with something in it, a file, somebody's link: refused in a sentence, and left as it was."""
    place.mkdir()
    (place / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds something that publish has not put there"):
        put(site, place)
    assert files(place) == {"mine.txt": b"mine"}
    with pytest.raises(UsageError, match="not a directory"):
        put(site, place / "mine.txt")
    other = tmp_path / "www" / "link"
    other.symlink_to(place)
    with pytest.raises(UsageError, match="a symbolic link that publish has not made"):
        put(site, other)
    assert files(tmp_path / "www") == {"site/mine.txt": b"mine"}


def test_what_a_link_leads_to_is_not_emptied(site: Path, place: Path, tmp_path: Path) -> None:
    """Who can write beside the target, as a plugin can while it publishes, could have had publish remove a home."""
    put(site, place)
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("Dear Ada")
    sites = place.with_name(f".{place.name}.published")
    (sites / "lock").unlink()
    (sites / "lock").symlink_to(home / "letter.txt")
    put(site, place)
    shutil.rmtree(sites)
    sites.symlink_to(home)
    with pytest.raises(UsageError, match="publish keeps its sites there, and this is a symbolic link; remove it"):
        find_target(str(place), place.parent).look_over(site)
    with pytest.raises(UsageError, match="symbolic link"):
        find_target(str(place), place.parent).replace(site)
    assert (home / "letter.txt").read_text() == "Dear Ada"


def test_a_file_that_was_added_to_the_site_is_not_lost(site: Path, place: Path) -> None:
    """Nothing else may have it: it is named, and nothing is published until it is moved away."""
    put(site, place)
    (place / "mine.txt").write_text("mine")
    (site / "index.html").write_text("two")
    with pytest.raises(UsageError) as refused:
        put(site, place)
    assert refused.value.where == str(place / "mine.txt")
    assert files(place) == {"index.html": b"one", "mine.txt": b"mine", "posts/a.html": b"a"}


@pytest.mark.parametrize(("number", "kind"), [(errno.ENOSPC, OutputError), (errno.ENOTCONN, TemporaryError)])
def test_a_failure_half_way_leaves_the_old_site(
    site: Path, place: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception]
) -> None:
    """A full disk is for a person to see to; a directory of another machine that is out of reach may be tried again."""
    put(site, place)
    before = files(place.parent)
    (site / "index.html").write_text("two")
    copy = shutil.copyfile

    def fail(source: Path, target: Path) -> None:
        if source.name == "a.html":
            raise OSError(number, "It failed")
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", fail)
    with pytest.raises(kind, match="It failed"):
        put(site, place)
    assert files(place.parent) == before


def test_what_a_killed_run_has_left_is_cleared(site: Path, place: Path) -> None:
    """Half a site without a record, or a link that was not yet in its place."""
    put(site, place)
    sites = place.parent / ".site.published"
    (sites / "site-halfdone").mkdir()
    (sites / "site-halfdone" / "index.html").write_text("half")
    (sites / "link").symlink_to("nowhere")
    put(site, place)
    assert len(list(sites.iterdir())) == 3
    assert files(place) == files(site)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("blog/public", "inside the blog"),
        ("blog", "inside the blog"),
        ("directory:.", "holds the blog itself"),
        ("/", "holds the blog itself"),
        ("directory:nowhere/site", "the directory that is to hold the target is not there"),
        ("directry:/srv/www", "did you mean `directory`?"),
        ("ftp:host", "choose one of directory"),
        ("directory:", "names no place"),
    ],
)
def test_a_target_that_cannot_be_meant(site: Path, target: str, words: str) -> None:
    """One sentence says why, before anything is built."""
    with pytest.raises(UsageError) as refused:
        find_target(target, site.parent).look_over(site.parent / "blog")
    assert words in str(refused.value)


def test_what_may_pass_has_an_exit_status_of_its_own(blog: Blog) -> None:
    """75, EX_TEMPFAIL, by which a unit knows that it is worth trying again; one sentence, as ever."""
    blog.write(
        "tasks.py",
        """
        from invoke import task
        from alcatraz.errors import TemporaryError

        @task
        def fail(_):
            raise TemporaryError("the host does not answer")
        """,
    )
    done = alcatraz(blog, "fail")
    assert (done.returncode, done.stderr) == (75, "alcatraz: the host does not answer\n")
