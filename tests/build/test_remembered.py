"""What a build remembers beside posts and pages: what code comes to, and what a theme says."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from alcatraz import words
from alcatraz.content import markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Blog

CODE = "Text.\n\n```python\nprint(1)\n```\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done, in order: code highlighted, files of words read."""
    done: list[str] = []

    def counted(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def count(*args: Any, **options: Any) -> Any:
            done.append(name)
            return work(*args, **options)

        return count

    for where, attribute in ((markdown, "highlight"), (words, "_said")):
        monkeypatch.setattr(where, attribute, counted(attribute, getattr(where, attribute)))
    return done


def test_what_is_remembered_is_not_done_again(blog: Blog, asked: list[str]) -> None:
    """In another process neither: these builds share nothing but what is on the disk."""
    blog.post("one", CODE)
    blog.again()
    assert {*asked} == {"highlight", "_said"}
    asked.clear()
    blog.post("one", f"{CODE}\nMore.\n")
    blog.again()
    assert asked == []
    edited = blog.files()
    blog.build()
    assert blog.files() == edited


def test_what_is_another_is_done(blog: Blog, asked: list[str]) -> None:
    """A word, and code; each by itself."""
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "looks")]
    blog.write("looks/article.html", "{{ article.content }}{{ t.later }}")
    blog.write("looks/strings.html", "{% set t = {'later': 'Later'} %}")
    blog.post("one", CODE)
    blog.again()
    for path, text, shown, done in (
        ("looks/strings.html", "{% set t = {'later': 'Soon'} %}", "Soon", {"_said"}),
        ("content/posts/one/index.md", blog.post("one", CODE).read_text().replace("print(1)", "print(22)"), "22", {"highlight"}),
    ):
        asked.clear()
        blog.write(path, text)
        blog.again()
        assert {*asked} == done, path
        assert shown in blog.page("posts/one/index.html")


def test_what_is_damaged(blog: Blog) -> None:
    """Is not shown: the cache is made anew."""
    blog.post("one", CODE)
    blog.again()
    with sqlite3.connect(blog.root / ".alcatraz/cache/documents.sqlite") as database:
        database.execute("UPDATE entries SET value = zeroblob(length(value))")
    blog.post("one", f"{CODE}\nMore.\n")
    assert blog.again().remark == "the cache was damaged, and is made anew"
    mended = blog.files()
    blog.build()
    assert blog.files() == mended
