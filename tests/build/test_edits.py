"""An incremental build gives the bytes of a clean build, whatever was edited, gone back on or damaged in between.

Each blog is built twice: where the builds before have left an output and a cache, and where nothing is. Output, report and
refusal are compared whole. Every run tries the same few sequences of edits. HYPOTHESIS_PROFILE says what else to do:

    HYPOTHESIS_PROFILE=shrunk .venv/bin/python -m pytest tests/build/test_edits.py -k TestEdited

makes of a sequence that fails in every run the shortest that does, in some minutes, and `hunt` looks for others, for about
twenty minutes. What that finds is shrunk too, told as a list of edits, and kept in .hypothesis/ to be tried first the next time.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

from alcatraz.build import Request, build
from alcatraz.settings import read
from tests.build.edits.beginning import AFTER, BEFORE, picture, plain, themed
from tests.build.edits.changes import BROKEN, EDITS, OFTEN
from tests.build.edits.damage import DAMAGES, SPOILS
from tests.build.edits.edit import moves, says, writes
from tests.build.edits.machine import BEGINNINGS, Edited
from tests.build.edits.sides import MANNERS, Sides

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.build.edits.journal import Journal

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "few")
IN_A_HUNT = PROFILE == "hunt"
MADE_UP = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=False)
FEW = settings(MADE_UP, derandomize=True, database=None, max_examples=4, stateful_step_count=6, phases=[Phase.generate])
settings.register_profile("few", FEW)
settings.register_profile("shrunk", FEW, phases=[Phase.generate, Phase.shrink])
settings.register_profile("hunt", MADE_UP, max_examples=100, stateful_step_count=25)

TestEdited = Edited.TestCase
TestEdited.settings = settings.get_profile(PROFILE)


@pytest.fixture(params=[False, True], ids=["by itself", "standing"])
def sides(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Sides]:
    """Both places, without a blog yet."""
    with Sides(tmp_path, standing=request.param) as both:
        yield both


def built(sides: Sides, blog: Journal, saved: str = MANNERS[0]) -> None:
    """Saves a blog and builds it, without an error."""
    sides.save(blog, saved)
    assert not (outcome := sides.build(blog)).error, outcome


@pytest.mark.parametrize("beginning", sorted(BEGINNINGS) if IN_A_HUNT else ["with a theme and plugins"])
def test_each_kind_of_edit(sides: Sides, beginning: str) -> None:
    """Of each kind all edits in a hunt, and one or a few in any run: each is made of the blog as it was at first, so the one before is taken back."""
    first = BEGINNINGS[beginning]()
    built(sides, first)
    chosen = [edit for kind, edits in EDITS.items() for edit in (edits if IN_A_HUNT else edits[: OFTEN.get(kind, 1)])]
    for number, edit in enumerate([*chosen, *(BROKEN if IN_A_HUNT else BROKEN[::11])]):
        saved = MANNERS[number % len(MANNERS)]
        blog = edit.change(first)
        try:
            sides.save(blog, saved)
            assert sides.build(blog).error == "" or number >= len(chosen) or IN_A_HUNT
        except AssertionError as error:
            error.add_note(f"after {edit}, saved {saved}")
            raise
    built(sides, first)


def test_damage(sides: Sides) -> None:
    """Whatever others do to the output, or to what is kept for the next build, the next build puts it right, of this blog or of the one before."""
    one = plain()
    two = says("harbour", "title", "The port").change(one)
    built(sides, one)
    for number, damage in enumerate([*DAMAGES, *SPOILS] if IN_A_HUNT else [*DAMAGES[::10], *SPOILS[::6]]):
        try:
            damage.do(sides.root if damage in SPOILS else sides.output)
            for blog in (one, two)[:: 1 if number % 2 else -1] if IN_A_HUNT else [(one, two)[number % 2]]:
                built(sides, blog)
        except AssertionError as error:
            error.add_note(f"after {damage}")
            raise


def test_files_as_long_and_as_old_as_before(sides: Sides) -> None:
    """Neither length nor time tells that a file is another: a post, a picture, a template, a setting, what a plugin reads."""
    blogs = [themed()]
    for changed in (
        {
            "content/posts/harbour/index.md": ("A harbour", "B harbour"),
            "content/posts/harbour/log.txt": ("Calm", "Wind"),
            "content/posts/pier.rst": ("In re", "On re"),
            "content/static/humans.txt": ("Ada", "Bob"),
        },
        {"looks/talk.html": ("Write", "Wrote")},
        {"mine/marks/seal.svg": ("<svg ", "<svg\n")},
        {"plugins/tally.txt": ("or so", "about")},
        {"told.txt": ("was", "is ")},
        {"pelicanconf.py": ("log'", "dog'")},
    ):
        written = {path: blogs[-1].written()[path].replace(old.encode(), new.encode(), 1) for path, (old, new) in changed.items()}
        assert all(data != blogs[-1].written()[path] for path, data in written.items())
        blogs.append(replace(blogs[-1], files={**blogs[-1].files, **written}))
    blogs.append(blogs[-1].with_file("content/posts/harbour/boat.png", picture(3, 2, "#ff0000")))
    for blog in blogs:
        built(sides, blog, "in place, its time put back")
    for blog in reversed(blogs):
        built(sides, blog, "by a rename, its time put back")


def test_edits_that_follow_at_once(sides: Sides) -> None:
    """Saves of one file, each as long as the other and no later."""
    blog = plain()
    built(sides, blog)
    for number in range(4):
        body = blog.posts["lighthouse"].body.replace("It turns", f"It is {number:02}")
        built(sides, blog.with_post("lighthouse", replace(blog.posts["lighthouse"], body=body)), "in place, its time put back")


def test_files_that_are_renamed(sides: Sides) -> None:
    """To another case, to another name with the old address, into a bundle, to the name of another post and back: none has another time."""
    blog = plain()
    built(sides, blog)
    for edit in (
        moves("lighthouse", "posts/Lighthouse.md"),
        moves("lighthouse", "posts/LIGHTHOUSE.md", slug="lighthouse"),
        moves("harbour", "posts/Harbour/index.md"),
        moves("harbour", "posts/quay/index.md", slug="harbour"),
        moves("tides", "posts/tide/index.md", slug="tides"),
        moves("cove", "posts/lighthouse.md", slug="cove"),
    ):
        blog = edit.change(blog)
        built(sides, blog, "by a rename, its time put back")
    built(sides, plain(), "by a rename, its time put back")


def test_a_template_as_it_was_before(sides: Sides) -> None:
    """Restored with the time that it had, as a copy that is put back has it, while the pages of two builds are at hand."""
    first = plain()
    built(sides, first)
    file = sides.root / "looks/talk.html"
    times = file.stat()
    for text in ("<p>Two.</p>\n", "<p>Three.</p>\n"):
        built(sides, first.with_file("looks/talk.html", text.encode()))
        sides.save(first)
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
        built(sides, first)


def test_a_date_that_comes_and_goes(sides: Sides) -> None:
    """No file is another: the moment alone passes over the date of a post, and back."""
    blog = plain()
    for now in (BEFORE, AFTER, BEFORE, AFTER):
        built(sides, replace(blog, now=now))


def test_a_preview_and_a_site_with_one_cache(sides: Sides) -> None:
    """Each is its own, with drafts and without, edit after edit."""
    blog = plain()
    for title in ("The wreck", "Wreck"):
        blog = says("wreck", "title", title).change(blog)
        built(sides, blog)
        sides.build(blog, drafts=True, output="shown")
        built(sides, blog)


def test_a_build_that_fails_changes_nothing(sides: Sides) -> None:
    """Several in a row, each for another reason; what was edited meanwhile is seen when all is whole again."""
    blog = plain()
    built(sides, blog)
    for broken in (BROKEN[0], *(edit for edit in BROKEN if "looks/" in edit.what), BROKEN[-1]):
        sides.save(broken.change(blog))
        assert sides.build(broken.change(blog)).error
        blog = writes("market", "a line more", lambda body: f"{body}\nMore.\n").change(blog)
    built(sides, blog)


def test_a_blog_that_is_moved(sides: Sides, tmp_path: Path) -> None:
    """With all that builds have left in it; and a copy of it, in which no file is the one that it was."""
    blog = plain()
    built(sides, blog)
    blog = says("harbour", "title", "The port").change(blog)
    built(sides, blog)
    sides.move(tmp_path / "moved" / "blog")
    built(sides, says("harbour", "title", "The quay").change(blog))
    shutil.copytree(sides.root, tmp_path / "copy" / "blog", symlinks=True)
    sides.move(tmp_path / "old" / "blog")
    shutil.rmtree(sides.root)
    sides.root = tmp_path / "copy" / "blog"
    built(sides, blog)


@pytest.mark.parametrize("stage", ["Reading", "Writing"])
def test_a_post_that_is_saved_while_the_site_is_built(sides: Sides, stage: str) -> None:
    """What a build has read and what it finds on the disk a moment later are not the same: the next one reads the post again."""
    blog = plain()
    sides.save(blog)
    other = blog
    for name in ("harbour", "pier", "crew"):
        other = says(name, "title", str(blog.posts[name].front["title"]).upper()).change(other)

    def saves(doing: str, done: int, _of: int) -> None:
        if doing == stage and done == 3:
            sides.save(other, "in place, its time put back")

    build(Request(read(sides.root), now=blog.now, output=sides.output, search=False, cache=sides.cache), saves)
    built(sides, other)
    built(sides, blog)


@pytest.mark.xfail(reason="a process imports a module once, and keeps it", raises=AssertionError)
@pytest.mark.parametrize("path", ["plugins/rhyme.py", "told.py"])
def test_a_module_that_is_edited_while_a_program_goes_on(sides: Sides, path: str) -> None:
    """As `serve` does: a plugin of the blog's own, and a module that its settings import, are what they are when a build begins."""
    blog = themed()
    sides.save(blog)
    sides.build(blog, forgetful=False)
    blog = blog.with_file(path, blog.files[path].replace(b"high", b"slow").replace(b"def told():\n", b"def told():\n    return 'Now.'\n"))
    sides.save(blog)
    sides.build(blog, forgetful=False)
