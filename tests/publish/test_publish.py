"""What is in git is published, and nothing else: as it is at a moment, one at a time, and the author's folder is not touched."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from alcatraz import __version__
from alcatraz.errors import RefusedError, SettingsError, UsageError
from tests.conftest import NOW
from tests.publish.conftest import files, git
from tests.serve.conftest import PATIENCE, until

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tests.publish.conftest import Published

SLOW = """
from pathlib import Path as _Path
import time as _time
_Path({0!r}).joinpath("begun").touch()
while _Path({0!r}).joinpath("hold").exists():
    _time.sleep(0.01)
"""


def start(blog: Path, *arguments: str) -> subprocess.Popen[str]:
    """Starts the program in a blog, away from whatever surrounds the tests."""
    gone = {"CI", "SOURCE_DATE_EPOCH", "ALCATRAZ_ROOT"}
    env = {key: value for key, value in os.environ.items() if key not in gone and not key.startswith("GIT_")}
    command = [sys.executable, "-m", "alcatraz", *arguments]
    return subprocess.Popen(command, cwd=blog, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(blog: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit status, and what was said."""
    process = start(blog, *arguments)
    said, wrong = process.communicate(timeout=60)
    return process.returncode, said, wrong


def test_what_is_published_is_the_site_of_the_last_commit(published: Published) -> None:
    """It is, byte for byte, what a strict build of a clean tree makes, with the revision in the seal; drafts are not in it."""
    published.blog.post("two", draft="true")
    revision = published.commit()
    outcome = published.publish()
    assert outcome.revision == revision
    assert published.told == []
    published.blog.overrides["REVISION"] = revision
    published.blog.build(search=True)
    assert files(published.target) == published.blog.files()
    assert f"<code>{revision[:7]}</code>" in published.page()


def test_what_is_not_committed_stays_home_and_is_told(published: Published) -> None:
    """Edits, staged or not, new posts, settings and a removed post: none is published, and one line says so."""
    published.blog.post("two")
    published.commit()
    published.blog.post("one", "Better words.\n")
    published.blog.post("three")
    (published.root / "content/posts/two/index.md").unlink()
    git(published.root, "add", "content/posts/three")
    settings = published.root / "pelicanconf.py"
    settings.write_text(settings.read_text() + "SITENAME = 'Another'\n")
    published.publish()
    assert "First words." in published.page("posts/one/index.html")
    assert (published.target / "posts" / "two").is_dir()
    assert not (published.target / "posts" / "three").exists()
    assert "Another" not in published.page()
    (line,) = published.told
    shown = "content/posts/one/index.md, content/posts/three/index.md, content/posts/two/index.md and 1 more"
    assert line == f"warning: what is not committed is not published: {shown}"


def test_nothing_of_the_authors_is_touched(published: Published) -> None:
    """Not a file, the index, HEAD or anything else of git's; no hook runs, and nothing is left in the blog but a lock and a cache."""
    hooks = published.root / ".git" / "hooks"
    for hook in ("post-checkout", "post-index-change", "pre-commit", "reference-transaction"):
        (hooks / hook).write_text("#!/bin/sh\ntouch hooked\n")
        (hooks / hook).chmod(0o755)
    published.blog.post("two")
    git(published.root, "add", "content/posts/two")
    os.utime(published.root / "content/posts/one/index.md", (1, 1))  # what `git status` would write into the index
    before = files(published.root)
    published.publish()
    left = {".alcatraz/publish.lock", ".alcatraz/cache/documents.sqlite", ".alcatraz/cache/posts.sqlite"}
    after = files(published.root)
    assert after.keys() == before.keys() | left
    assert all(after[name] == data for name, data in before.items())
    assert sorted(path.name for path in (published.root / ".alcatraz").iterdir()) == ["cache", "publish.lock"]


def test_a_post_comes_out_by_itself(published: Published) -> None:
    """The same commit at a later moment: a post whose date has come is there, and where none has, nothing is done."""
    published.blog.post("later", date="2026-11-23")
    published.commit()
    published.publish()
    before = published.target.readlink()
    assert not published.publish(now=NOW + timedelta(minutes=5)).changes
    assert published.target.readlink() == before
    outcome = published.publish(now=NOW + timedelta(days=1))
    assert "posts/later/index.html" in outcome.changes.added
    assert "Later" in published.page()


def test_one_finding_keeps_all_of_it_home(published: Published) -> None:
    """It is built strictly, and what was published before stays."""
    published.publish()
    before = files(published.target)
    published.blog.post("two", label="")
    published.commit()
    with pytest.raises(RefusedError) as refused:
        published.publish()
    assert [finding.path for finding in refused.value.findings] == ["content/posts/two/index.md"]
    assert files(published.target) == before


def test_a_dry_run_changes_nothing(published: Published) -> None:
    """It tells what would be published."""
    outcome = published.publish(dry_run=True)
    assert "index.html" in outcome.changes.added
    assert list(published.target.parent.iterdir()) == []


def test_the_program_says_what_it_did(published: Published) -> None:
    """One line: what was published and where to, or that there was nothing to do. The target may be a setting, which is in git."""
    settings = published.root / "pelicanconf.py"
    settings.write_text(settings.read_text() + "PUBLISH_TARGET = '../www/site'\n")
    revision = published.commit()[:7]
    place = published.target
    moment = f"--now={NOW.isoformat()}"
    status, said, wrong = run(published.root, "publish", moment, "--dry-run")
    assert (status, wrong) == (0, "")
    assert said.startswith(f"would publish {revision} to {place}: files ")
    status, said, _ = run(published.root, "publish", moment)
    assert status == 0
    assert said.startswith(f"published {revision} to {place}: files ")
    assert said.endswith(" added\n")
    assert run(published.root, "publish", moment) == (0, f"nothing to do: {place} has the site of {revision} already\n", "")
    below = published.root / "content"
    assert run(below, "publish", moment, "--target=directory:../../www/other")[0] == 0
    assert files(published.target.with_name("other")) == files(place)


def test_a_second_publish_waits(published: Published, tmp_path: Path) -> None:
    """It says so, and then finds nothing left to do."""
    settings = published.root / "pelicanconf.py"
    settings.write_text(settings.read_text() + SLOW.format(str(tmp_path)))
    published.commit()
    (tmp_path / "hold").touch()
    arguments = ("publish", f"--target={published.target}", "--now=2026-11-22T06:30:00Z")
    with start(published.root, *arguments) as first:
        until((tmp_path / "begun").exists)
        with start(published.root, *arguments) as second:
            assert second.stderr
            assert second.stderr.readline() == "another publish of this blog is under way; waiting for it …\n"
            assert first.poll() is None
            (tmp_path / "hold").unlink()
            said, _ = first.communicate(timeout=PATIENCE)
            assert said.startswith("published ")
            said, _ = second.communicate(timeout=PATIENCE)
            assert said.startswith("nothing to do: ")
    assert (first.returncode, second.returncode) == (0, 0)


def test_the_moment_is_that_of_its_turn(published: Published) -> None:
    """One that has waited long does not take back what has come out since it was started."""
    looked = threading.Event()

    def clock() -> datetime:
        looked.set()
        return NOW

    (published.root / ".alcatraz").mkdir()
    with (published.root / ".alcatraz" / "publish.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = threading.Thread(target=published.publish, kwargs={"clock": clock})
        waiting.start()
        until(lambda: bool(published.told))
        assert not looked.wait(0.3)
    waiting.join(PATIENCE)
    assert looked.is_set()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_what_a_killed_publish_leaves_the_next_one_clears(published: Published, tmp_path: Path, number: signal.Signals) -> None:
    """The site that was there stays, git hears of nothing, and the next run is as if there had been no other."""
    published.publish()
    before = files(published.target)
    settings = published.root / "pelicanconf.py"
    settings.write_text(settings.read_text() + SLOW.format(str(tmp_path)))
    published.commit()
    of_git = files(published.root / ".git")
    (tmp_path / "hold").touch()
    with start(published.root, "publish", f"--target={published.target}") as process:
        until((tmp_path / "begun").exists)
        process.send_signal(number)
    assert files(published.target) == before
    assert files(published.root / ".git") == of_git
    (tmp_path / "hold").unlink()
    published.publish()
    assert sorted(path.name for path in (published.root / ".alcatraz").iterdir()) == ["cache", "publish.lock"]


@pytest.mark.parametrize(
    ("lock", "is_told"),
    [
        (f'[[package]]\nname = "alcatraz"\nversion = "{__version__}"\n', False),
        ('[[package]]\nname = "pelican"\nversion = "0.0.9"\n', False),
        ("this is no lock", False),
        ("package = 3", False),
        ('[[package]]\nname = "alcatraz"\nversion = "0.0.9"\n', True),
    ],
)
def test_an_engine_that_is_not_the_one_of_the_lock_says_so(published: Published, lock: str, is_told: bool) -> None:
    """The lock of the commit counts, not the one in the folder; it is published all the same."""
    published.blog.write("poetry.lock", lock)
    published.commit()
    (published.root / "poetry.lock").unlink()
    assert published.publish().changes
    words = f"warning: the commit's lock pins Alcatraz 0.0.9, and this is {__version__}, which may make another site of it; publish with"
    assert [line.startswith(words) for line in published.told] == [True] * is_told


def test_a_blog_in_a_folder_of_its_repository(published: Published, tmp_path: Path) -> None:
    """What lies beside it in the repository is at hand, and changes elsewhere are not its business."""
    whole = tmp_path / "whole"
    whole.mkdir()
    git(whole, "init", "--quiet")
    (published.root / ".git").rename(tmp_path / "unused")
    published.blog.root = published.root.rename(whole / "blog")
    (whole / "shared").mkdir()
    (whole / "shared" / "names.txt").write_text("From beside\n")
    settings = published.root / "pelicanconf.py"
    settings.write_text(
        settings.read_text() + "from pathlib import Path\nSITENAME = Path(__file__).parents[1].joinpath('shared/names.txt').read_text()\n"
    )
    published.commit()
    (whole / "shared" / "names.txt").write_text("Changed\n")
    published.publish()
    assert "From beside" in published.page()
    assert published.told == []
    published.blog.post("two")
    published.publish()
    assert published.told == ["warning: what is not committed is not published: content/posts/two/index.md"]


def test_a_hook_may_publish(published: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git itself has started this, what it says of its repository and index is for itself alone."""
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", str(published.root / ".git" / "index"))
    index = (published.root / ".git" / "index").read_bytes()
    published.publish()
    assert (published.target / "index.html").is_file()
    assert (published.root / ".git" / "index").read_bytes() == index


def test_attributes_for_releases_do_not_matter(published: Published) -> None:
    """A file that is left out of archives is in the site, as it is in the one that Nix makes of the same commit."""
    published.blog.write(".gitattributes", "content/** export-ignore export-subst\n")
    published.blog.post("one", "First $Format:%H$ words.\n")
    published.commit()
    published.publish()
    assert "$Format:%H$" in published.page("posts/one/index.html")


def test_submodules_are_part_of_a_commit(published: Published, tmp_path: Path) -> None:
    """Their files are those of the commit that the blog's names; one that is not checked out is told in a sentence."""
    photographs = tmp_path / "photographs"
    photographs.mkdir()
    git(photographs, "init", "--quiet")
    (photographs / "words.txt").write_text("From afar\n")
    git(photographs, "add", "--all")
    git(photographs, "commit", "--quiet", "--message=Words")
    git(published.root, "submodule", "--quiet", "add", str(photographs), "content/static/afar")
    published.commit()
    (published.root / "content/static/afar/words.txt").write_text("Changed\n")
    published.publish()
    assert published.page("afar/words.txt") == "From afar\n"
    git(published.root, "submodule", "--quiet", "deinit", "--force", "--all")
    with pytest.raises(UsageError, match="the submodule content/static/afar is not here"):
        published.publish()


def test_where_there_is_nothing_in_git(published: Published) -> None:
    """No repository, no commit, no settings in it: one sentence each, with what to do."""
    git(published.root, "rm", "--quiet", "--cached", "pelicanconf.py")
    git(published.root, "commit", "--quiet", "--message=Without")
    with pytest.raises(UsageError, match=r"pelicanconf\.py is not in the last commit"):
        published.publish()
    (published.root / ".git").rename(published.root.parent / "unused")
    with pytest.raises(UsageError, match="the blog is in no git repository"):
        published.publish()
    git(published.root, "init", "--quiet")
    with pytest.raises(UsageError, match="there is no commit yet"):
        published.publish()


def test_no_target_is_one_sentence(published: Published) -> None:
    """Without one nothing is built, and the sentence says how to name it."""
    with pytest.raises(UsageError, match="there is no target to publish to"):
        published.publish(target=None)


def test_settings_that_lead_out_of_the_commit_are_refused(published: Published, tmp_path: Path) -> None:
    """A path or a symbolic link to the author's own folder would publish what is not in git."""
    settings = published.root / "pelicanconf.py"
    lawful = settings.read_text()
    for key, value in (("PATH", published.root / "content"), ("THEME", published.root / "theme"), ("PLUGIN_PATHS", [str(published.root)])):
        (published.root / "theme" / "templates").mkdir(parents=True, exist_ok=True)
        settings.write_text(f"{lawful}{key} = {value if isinstance(value, list) else str(value)!r}\n")
        published.commit()
        with pytest.raises(SettingsError, match=f"{key} names .*, which is not the commit's"):
            published.publish()
    settings.write_text(lawful)
    (tmp_path / "secret.txt").write_text("Secret")
    (published.root / "content" / "static").mkdir()
    (published.root / "content" / "static" / "link.txt").symlink_to(tmp_path / "secret.txt")
    published.commit()
    with pytest.raises(UsageError, match="leads out of the blog"):
        published.publish()
