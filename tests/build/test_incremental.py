"""What a page depends on beside the post that it shows: where any of it is another, the page is made again."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from alcatraz.build import again
from alcatraz.settings.own import name_of, own
from alcatraz.shipped import THEME
from tests.build.alike import alike
from tests.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Blog


@pytest.mark.parametrize("place", ["content-looks", "content/static/looks"])
def test_a_theme_beside_or_in_the_content(blog: Blog, place: str) -> None:
    """Its name may begin as that of the content folder does."""
    blog.overrides["THEME"] = str(blog.root / place)
    shutil.copytree(THEME, blog.root / place)
    blog.post("one")
    alike(blog)
    base = blog.root / place / "templates/base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("</body>", "<p>Edited.</p></body>"), encoding="utf-8")
    alike(blog)


def test_a_template_among_the_content(blog: Blog) -> None:
    """Pelican's TEMPLATE_PAGES: the text of the template counts, and the names that it has come to mention."""
    blog.overrides |= {"TEMPLATE_PAGES": {"shown/page.html": "page.html"}, "ARTICLE_EXCLUDES": ["pages", "static", "shown"]}
    blog.post("one")
    for text in ("One {{ SITENAME }}", "Two {{ SITENAME }}", "Two {{ articles|length }}"):
        blog.write("content/shown/page.html", text)
        alike(blog)
    blog.post("two")
    alike(blog)


def test_the_length_of_a_list_of_which_a_page_shows_a_part(blog: Blog) -> None:
    """A page of it says how many posts there are in all, and is otherwise as it was."""
    blog.overrides |= {"PAGINATED_TEMPLATES": {"index": 2}, "THEME_TEMPLATES_OVERRIDES": [str(blog.root / "looks")]}
    blog.write(
        "looks/index.html", "{{ articles_page.paginator.count }}{% for post in articles_page.object_list %} {{ post.title }}{% endfor %}"
    )
    for day in range(2, 5):
        blog.post(f"on-{day}", date=f"2026-11-0{day}")
    alike(blog)
    blog.post("older", date="2026-10-01")
    alike(blog)


def test_a_page_that_finds_its_post_in_a_list(blog: Blog) -> None:
    """And shows its text, without naming it as Pelican does."""
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "looks")]
    blog.write("looks/article.html", "{% for post in articles if post.save_as == output_file %}{{ post.content }}{% endfor %}")
    for text in ("One", "Two"):
        blog.post("one", f"{'The beginning of it. ' * 40}\n\n{text}.\n")
        alike(blog)


@pytest.mark.parametrize(
    "raw", ['<form action="{filename}/posts/two/index.md"></form>', '<q cite="|filename|/posts/two/index.md">A word</q>']
)
def test_a_link_of_pelicans_that_ours_leave_alone(blog: Blog, raw: str) -> None:
    """Its target, which has nothing else to do with the post, gets another address."""
    blog.post("one", f"{raw}\n", date="2026-11-01")
    blog.post("between", date="2026-11-02")
    blog.post("two", date="2026-11-03")
    alike(blog)
    two = blog.root / "content/posts/two/index.md"
    two.write_text(two.read_text(encoding="utf-8").replace("title:", "slug: moved\ntitle:"), encoding="utf-8")
    alike(blog)
    assert "/posts/moved/" in blog.page("posts/one/index.html")


def test_such_a_link_in_feeds(blog: Blog) -> None:
    """Each form of each feed has it, though the text of a post is made once for all of them."""
    page = "---\ntitle: About\nslug: {}\n---\nText.\n"
    blog.post("one", '<form action="{filename}/pages/about.md"></form>\n', tags="[a]")
    for slug in ("about", "moved"):
        blog.write("content/pages/about.md", page.format(slug))
        alike(blog)
    assert "/moved" in blog.page("feed.json")


@pytest.mark.parametrize("reader", ["python-markdown", "rst", "html"])
def test_a_summary_that_is_made_of_the_text(blog: Blog, reader: str) -> None:
    """Several pages show it, and each of them is made again where the text, or the address of what it leads to, is another."""
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "looks")]
    for name in ("index", "archives"):
        blog.write(f"looks/{name}.html", "{% for post in articles %}{{ post.summary }}{% endfor %}")
    page = "---\ntitle: About\nslug: {}\n---\nText.\n" if reader != "python-markdown" else "Title: About\nSlug: {}\n\nText.\n"
    form = '<q cite="{filename}/pages/about.md">A word</q>'
    for text, slug in (("One", "about"), ("Two", "about"), ("Two", "moved")):
        blog.write("content/pages/about.md", page.format(slug))
        paragraphs = ["First.", f"{text}.", form] if reader == "python-markdown" else ["First.", f"{text}."]
        if reader == "html":
            paragraphs = ["<p>First.</p>", f"<p>{text}.</p>", form]
        blog.other(reader, "\n\n".join(paragraphs) + "\n")
        alike(blog)


def test_a_file_of_the_theme_that_an_imported_template_asks_for(blog: Blog) -> None:
    """By each page that imports it: one of the two is made again, and taken away."""
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "looks")]
    blog.write("looks/parts-of-mine.html", "{% set mark = asset('marks/favicon.svg') %}{% macro shown() %}{{ mark }}{% endmacro %}")
    blog.write("looks/base.html", "")
    importing = "{% import 'parts-of-mine.html' as parts %}{{ parts.shown() }}"
    blog.write("looks/article.html", f"{{% if article.slug != 'plain' %}}{importing}{{{{ article.content }}}}{{% endif %}}")
    posts = {name: blog.post(name, date=f"2026-11-0{day}") for day, name in enumerate(("one", "plain", "two"), start=1)}
    alike(blog)
    for name in ("two", "one"):
        saved = posts[name].read_text(encoding="utf-8")
        blog.post(name, "Edited.\n", date="2026-11-01" if name == "one" else "2026-11-03")
        alike(blog)
        posts[name].unlink()
        alike(blog)
        posts[name].write_text(saved, encoding="utf-8")
        alike(blog)


@pytest.mark.parametrize("folder", [".", "posts/", "posts/../posts"])
def test_an_address_that_is_written_in_a_roundabout_way(blog: Blog, folder: str) -> None:
    """It is one place in the output, build after build."""
    blog.overrides["ARTICLE_SAVE_AS"] = f"{folder}/{{slug}}/index.html"
    blog.post("other")
    for number in range(4):
        blog.post("one", f"Edit {number}.\n")
        alike(blog)


def test_sources_that_are_given_away(blog: Blog) -> None:
    """Pelican's OUTPUT_SOURCES: each is there after every build, as the author has written it."""
    blog.overrides["OUTPUT_SOURCES"] = True
    blog.post("other")
    for number in range(4):
        blog.post("one", f"Edit {number}.\n")
        alike(blog)
        assert f"Edit {number}." in blog.page("posts/one/index.text")


BOOKS = """
import dataclasses, pathlib

@dataclasses.dataclass
class Book:
    title: str

def read_books():
    return [Book(line) for line in pathlib.Path({books!r}).read_text().splitlines()]
"""


@pytest.mark.parametrize(("setting", "shown"), [("read_books()", "BOOKS"), ("read_books", "BOOKS()")])
def test_objects_and_functions_among_the_settings(blog: Blog, setting: str, shown: str) -> None:
    """What they were made of, or read when a template calls them, is in a file that nobody knows of."""
    books = blog.write("books.txt", "Moby-Dick")
    settings = (blog.root / "pelicanconf.py").read_text(encoding="utf-8")
    blog.write("pelicanconf.py", f"{settings}{BOOKS.format(books=str(books))}\nBOOKS = {setting}\n")
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "looks")]
    blog.write("looks/index.html", f"{{% for book in {shown} %}}{{{{ book.title }}}}{{% endfor %}}")
    for title in ("Moby-Dick", "Typee"):
        blog.write("books.txt", title)
        alike(blog)
        assert title in blog.page("index.html")


def test_a_copy_of_a_blog_that_has_the_same_output(blog: Blog, tmp_path: Path) -> None:
    """What is known of the blog is in the copy, too, and is of other files."""
    blog.post("one")
    request = {"cache": tmp_path / "cache", "output": tmp_path / "www"}
    blog.build(**request)
    copy = type(blog)(tmp_path / "copy")
    shutil.copytree(blog.root, copy.root)
    copy.post("one", "Of the copy.\n")
    file = copy.root / "pelicanconf.py"
    asked = again.Same(name_of(own(file), file), tmp_path / "www", NOW, drafts=False, search=False, strict=False)
    report, _ = again.nothing_to_do(copy.root, asked)
    assert report is None
    copy.build(**request)
    assert "Of the copy" in (tmp_path / "www/posts/one/index.html").read_text(encoding="utf-8")


def test_links_to_a_folder_of_the_content(blog: Blog) -> None:
    """Each makes one more post of the one in the folder, whichever of its names is come to first."""
    blog.post("one")
    alike(blog)
    for name in ("another", "more", "other", "zero"):
        (blog.root / "content/posts" / name).symlink_to("one")
        assert alike(blog).posts == 2 + ("another", "more", "other", "zero").index(name)


@pytest.mark.parametrize(
    "leads_out",
    [
        {"TEMPLATE_PAGES": {"../elsewhere/one.txt": "one.txt"}},
        {"STATIC_PATHS": ["static", "../elsewhere"], "EXTRA_PATH_METADATA": {"../elsewhere/one.txt": {"path": "one.txt"}}},
        {"THEME_STATIC_PATHS": ["../elsewhere"]},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_a_file_outside_of_the_content_and_the_theme(blog: Blog, leads_out: dict[str, object]) -> None:
    """Settings of Pelican's lead to one, and it is edited."""
    shutil.copytree(THEME, blog.root / "looks")
    blog.overrides |= {"THEME": str(blog.root / "looks"), **leads_out}
    for text in ("One", "Two"):
        blog.write("elsewhere/one.txt", text)
        alike(blog)


@pytest.mark.parametrize("mended", ["one", "two"])
def test_what_is_said_of_two_pages_alike(blog: Blog, mended: str) -> None:
    """It is said still when one of them is mended, whichever was made first."""
    for day, name in enumerate(("one", "between", "two"), start=1):
        text = "" if name == "between" else '<q cite="{nowhere}/one.md">A word</q>'
        blog.post(name, f"{text}\n", date=f"2026-11-0{day}", unlisted="true")
    assert len(alike(blog).findings) == 1
    blog.post(mended, "Mended.\n", unlisted="true")
    assert len(alike(blog).findings) == 1
