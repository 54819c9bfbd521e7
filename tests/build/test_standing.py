"""A process that builds again and again: what has changed within a post is made without reading anything else, and is what any build makes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from alcatraz.build import steps
from alcatraz.build.standing import Standing
from alcatraz.errors import RefusedError, TemplateError
from alcatraz.look import look
from alcatraz.settings import read
from tests.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from alcatraz.build import Report
    from tests.conftest import Blog

BODY = "First.\n\nSecond.\n\n## A heading\n\nThird.\n"


class Preview:
    """A process that builds `blog`; `read` is how often all of it was read."""

    def __init__(self, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read = 0
        self._blog = blog
        self.standing = Standing()
        read_all = steps.read

        def counting(*args: object, **options: object) -> steps.Site:
            self.read += 1
            return read_all(*args, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(steps, "read", counting)

    def build(self, **options: object) -> Report:
        """Builds, and once more where nothing was: both are alike, whole."""
        report = self._blog.again(standing=self.standing, drafts=True, **options)
        made = self._blog.files()
        clean = self._blog.build(drafts=True, output=self._blog.root / "clean", **options)
        self.read -= 1
        root = self._blog.root / "clean"
        assert made == {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
        for said in ("posts", "pages", "drafts", "future", "files", "findings", "sources"):
            assert getattr(report, said) == getattr(clean, said), said
        return report


@pytest.fixture
def preview(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Preview:
    """Of a blog with three posts, of which one is a draft and one leads to another; it has been built once."""
    blog.post("one", BODY)
    blog.post("two", "First.\n\nSee [one](../one/index.md#a-heading).\n", date="2026-11-02", tags="[a, b]")
    blog.post("three", BODY, draft="true")
    made = Preview(blog, monkeypatch)
    made.build()
    assert made.read == 1
    return made


@pytest.mark.parametrize("slug", ["one", "two", "three"])
def test_what_is_within_a_post(blog: Blog, preview: Preview, slug: str) -> None:
    """Again and again, there and back; the report says which pages are another."""
    path = blog.root / f"content/posts/{slug}/index.md"
    text = path.read_text(encoding="utf-8")
    for more in (
        "\nMore.\n",
        "\nMore, and `code`.\n\n```python\nprint(1)\n```\n",
        "\nA note.[^1]\n\n[^1]: It.\n",
        "\n## More\n\nMore.\n",
        "",
    ):
        path.write_text(text + more, encoding="utf-8")
        report = preview.build()
        assert report.changed is not None
        assert f"posts/{slug}/index.html" in report.changed
    assert preview.read == 1


def test_two_posts_at_once(blog: Blog, preview: Preview) -> None:
    """As `git switch` changes them."""
    blog.post("one", f"{BODY}\nMore.\n")
    blog.post("three", f"{BODY}\nMore.\n", draft="true")
    preview.build()
    assert preview.read == 1


def test_a_style_that_no_post_needs_any_more(blog: Blog, preview: Preview) -> None:
    """It comes with the first block of code, and goes with the last."""
    plain = {name for name in blog.files() if name.startswith("theme/")}
    blog.post("one", f"{BODY}\n```python\nprint(1)\n```\n")
    preview.build()
    blog.post("one", BODY)
    preview.build()
    assert {name for name in blog.files() if name.startswith("theme/")} == plain
    assert preview.read == 1


@pytest.mark.parametrize(
    "edit",
    [
        lambda blog: blog.post("one", BODY.replace("First", "Another first")),
        lambda blog: blog.post("one", BODY.replace("A heading", "Another heading")),
        lambda blog: blog.post("one", BODY, title="Another"),
        lambda blog: blog.post("one", BODY, date="2999-01-01"),
        lambda blog: blog.post("one", BODY, draft="true"),
        lambda blog: blog.post("one", f"{BODY}\nSee [two](../two/index.md).\n"),
        lambda blog: blog.post("four", BODY),
        lambda blog: (blog.root / "content/posts/one/index.md").unlink(),
        lambda blog: blog.write("content/pages/about.md", "---\ntitle: About\n---\nText.\n"),
        lambda blog: blog.overrides.update(SITENAME="Another"),
    ],
    ids=["first paragraph", "heading", "title", "future", "draft", "link", "post", "no post", "page", "setting"],
)
def test_what_others_may_show(blog: Blog, preview: Preview, edit: Callable[[Blog], object]) -> None:
    """Is read again as a whole, and what comes after that is not."""
    edit(blog)
    preview.build()
    assert preview.read == 2
    blog.post("three", f"{BODY}\nMore.\n", draft="true")
    preview.build()
    assert preview.read == 2


def test_findings_move_with_their_lines(blog: Blog, preview: Preview) -> None:
    """Those of the text itself, and those of a link, which reading the post alone does not find."""
    blog.post("one", f"{BODY}\n![](gone.png)\n\n```nolanguage\n\n```\n")
    preview.build()
    for more in ("Line.\n\n", "Line.\n\nLine.\n\n"):
        blog.post("one", f"{BODY}\n{more}![](gone.png)\n\n```nolanguage\n\n```\n")
        preview.build()
    blog.post("three", f"{BODY}\n```nolanguage\n```\n", draft="true")
    preview.build()
    before = preview.read
    blog.post("three", f"{BODY}\nMore.\n\n```nolanguage\n```\n", draft="true")
    preview.build()
    assert preview.read == before


def test_what_is_refused_or_fails(blog: Blog, preview: Preview) -> None:
    """Leaves the site as it was; what follows is right."""
    made = blog.files()
    blog.post("one", f"{BODY}\n{{{{< unknown >}}}}\n")
    with pytest.raises(RefusedError):
        preview.build()
    assert blog.files() == made
    blog.post("one", f"{BODY}\nMore.\n")
    preview.build()
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "looks")]
    blog.write("looks/article.html", "{{ 1 // (article.words != 7) }}")
    preview.build()
    blog.post("one", "One two three.\n\nFour five six seven.\n")
    with pytest.raises(TemplateError):
        preview.build()
    blog.post("one", "One two three.\n\nFour five six seven eight.\n")
    preview.build()


def test_time_goes_on(blog: Blog, preview: Preview) -> None:
    """A post comes out when its moment has come, whatever was edited."""
    blog.post("later", BODY, date=(NOW + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S%z"))
    preview.build()
    blog.post("one", f"{BODY}\nMore.\n")
    preview.build(now=NOW + timedelta(hours=1))
    assert preview.read == 2
    blog.post("one", f"{BODY}\nStill more.\n")
    preview.build(now=NOW + timedelta(hours=3))
    assert preview.read == 3


def test_a_cache_that_is_lost(blog: Blog, preview: Preview) -> None:
    """Everything is made without it."""
    for file in (blog.root / ".alcatraz/cache").iterdir():
        file.unlink()
    blog.post("one", f"{BODY}\nMore.\n")
    preview.build()


def test_an_output_that_is_damaged(blog: Blog, preview: Preview) -> None:
    """Is mended by the next save of any post."""
    (blog.root / "output/posts/two/index.html").unlink()
    (blog.root / "output/index.html").write_text("Nonsense.", encoding="utf-8")
    blog.post("one", f"{BODY}\nMore.\n")
    preview.build()


def test_a_link_to_an_anchor_that_is_not_there(blog: Blog, preview: Preview) -> None:
    """What is said of it names the anchors that are."""
    blog.post("two", "First.\n\nSee [one](../one/index.md#nowhere).\n", date="2026-11-02", tags="[a, b]")
    preview.build()
    blog.post("one", f"{BODY}\n## Another heading\n\nMore.\n")
    preview.build()


def test_settings_that_move(blog: Blog, preview: Preview) -> None:
    """What is wrong with one is told with the line on which it stands by now."""
    text = (blog.root / "pelicanconf.py").read_text(encoding="utf-8")
    for more in ("", "\n\n"):
        blog.write("pelicanconf.py", f"{text}{more}SITENMAE = 'A test'\n")
        report = preview.build()
        assert any(finding.rule == "setting" for finding in report.findings)


def test_a_revision(blog: Blog, preview: Preview) -> None:
    """Which settings may ask Git for: every page shows the one that it is now."""
    for revision in ("0123456789", "abcdef0123"):
        blog.overrides["REVISION"] = revision
        blog.post("one", f"{BODY}\n{revision}\n")
        preview.build()
        assert revision[:7] in blog.page("posts/two/index.html")


def test_a_page_that_is_a_template_too(blog: Blog, preview: Preview) -> None:
    """By the setting TEMPLATE_PAGES, or since a folder of templates holds it: what is made of it is made again."""
    blog.overrides |= {
        "TEMPLATE_PAGES": {"pages/sum.html": "sum.html"},
        "THEME_TEMPLATES_OVERRIDES": [str(blog.root / "looks"), str(blog.root / "content/posts")],
    }
    blog.write("looks/archives.html", '{% include "one/index.md" %}')
    for number in ("1", "2"):
        blog.write(
            "content/pages/sum.html", f"<html><head><title>Sum</title></head><body><p>First.</p><p>{{{{ 1 + {number} }}}}</p></body></html>"
        )
        preview.build()
    for more in ("", "\nMore.\n"):
        blog.post("one", BODY + more)
        preview.build()


def test_files_that_lie_elsewhere(blog: Blog, preview: Preview) -> None:
    """Where the settings lead out of the blog's folders, files come and go that are not looked at."""
    elsewhere = blog.root / "elsewhere"
    blog.write("elsewhere/a.txt", "A.")
    blog.overrides["THEME_STATIC_PATHS"] = [str(elsewhere)]
    preview.build()
    (elsewhere / "a.txt").rename(elsewhere / "b.txt")
    blog.post("one", f"{BODY}\nMore.\n")
    preview.build()


def test_strict(blog: Blog, preview: Preview) -> None:
    """Refuses what is found, whatever was built before."""
    preview.build(strict=True)
    blog.post("one", f"{BODY}\n```nolanguage\n```\n")
    with pytest.raises(RefusedError):
        preview.build(strict=True)


def test_a_cache_that_was_damaged(blog: Blog, preview: Preview) -> None:
    """Is told of once."""
    for file in (blog.root / ".alcatraz/cache").glob("posts.sqlite*"):
        file.unlink()
    blog.write(".alcatraz/cache/posts.sqlite", b"Nonsense." * 1000)
    remarks = []
    for number in range(3):
        blog.post("one", f"{BODY}\n{number}\n")
        remarks.append(preview.build().remark is not None)
    assert remarks == [True, False, False]


@pytest.mark.parametrize("setting", [{"SITEURL": "https://test.example/below"}, {"JINJA_ENVIRONMENT": {"trim_blocks": False}}])
def test_templates_of_other_settings(blog: Blog, preview: Preview, setting: dict[str, object]) -> None:
    """Are compiled anew: Jinja makes what it can while it does so, and in the way that it is told to."""
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "looks")]
    blog.write("looks/archives.html", "{% if true %}\n{{ '/a'|from_root }}\n{% endif %}\n")
    preview.build()
    blog.overrides |= setting
    preview.build()


def test_a_post_that_cannot_be_read_any_more(blog: Blog, preview: Preview) -> None:
    """What Pelican stumbles over is told as by any build, and what follows is right."""
    for slug in ("one", "two", "three"):
        (blog.root / f"content/posts/{slug}/index.md").unlink()
    blog.other("python-markdown", BODY)
    preview.build()
    blog.other("python-markdown", BODY, timezone="Nowhere/There")
    with pytest.raises(RefusedError):
        preview.build()
    blog.other("python-markdown", f"{BODY}\nMore.\n")
    preview.build()


def test_a_save_while_a_build_looks(blog: Blog, preview: Preview) -> None:
    """What was read is not what was seen: where the author takes it back, the site is made again."""
    settings = read(blog.root)
    folders = (settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"])
    for draft in ("", "true"):  # the post alone is read, and all of it
        blog.post("one", f"{BODY}\nSeen.\n", draft=draft)
        seen = look(folders)
        blog.post("one", f"{BODY}\nRead.\n", draft=draft)
        blog.again(standing=preview.standing, drafts=True, look=seen)
        blog.post("one", f"{BODY}\nSeen.\n", draft=draft)
        preview.build()
