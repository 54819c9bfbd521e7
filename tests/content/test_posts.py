"""Posts of every reader: dates, addresses, subjects, and what is said of files that cannot be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alcatraz.errors import RefusedError
from tests.conftest import SETTINGS

if TYPE_CHECKING:
    from alcatraz.findings import Finding
    from tests.conftest import Blog

ROOT = Path(__file__).parents[2]
RST = "One\n###\n\n:date: {date}\n:label: human\n{more}\nText.\n"


def refusal(blog: Blog) -> tuple[Finding, ...]:
    with pytest.raises(RefusedError) as refused:
        blog.build()
    return refused.value.findings


@pytest.mark.parametrize("reader", ["rst", "python-markdown", "pyromark"])
def test_a_post_to_come_waits_whoever_reads_it(blog: Blog, reader: str) -> None:
    """A date without an offset is one in the blog's time zone (NOW is 15:30 in Tokyo), and it is awaited."""
    blog.overrides["TIMEZONE"] = "Asia/Tokyo"
    for slug, time in (("before", "15:29"), ("after", "15:31")):
        if reader == "rst":
            blog.write(f"content/posts/{slug}.rst", RST.format(date=f"2026-11-22 {time}", more=""))
        else:
            blog.overrides["MARKDOWN_READER"] = reader
            blog.write(f"content/posts/{slug}.md", f"Title: A\nDate: 2026-11-22 {time}\nLabel: human\n\nText.\n")
    report = blog.build()
    assert (report.posts, report.future) == (1, 1)
    assert "posts/before/index.html" in blog.files()
    assert "2026-11-22T15:29:00+09:00" in blog.page("posts/before/index.html")


@pytest.mark.parametrize(
    ("folder", "slug"),
    [("2026- A: Year", "2026-a-year"), ("what? #1", "what-1"), ("S\u00e3o", "sao"), ("v1.2_Final", "v1.2_Final"), ("a&b", "ab")],
)
@pytest.mark.parametrize("form", ["md", "rst"])
def test_a_folder_gives_an_address_that_works(blog: Blog, folder: str, slug: str, form: str) -> None:
    """A bundle has its folder's name, whichever reader reads it; plain names stay, others become plain."""
    text = RST.format(date="2026-11-01", more="") if form == "rst" else "---\ntitle: One\ndate: 2026-11-01\nlabel: human\n---\nText.\n"
    blog.write(f"content/posts/{folder}/index.{form}", text)
    blog.build()
    assert f"posts/{slug}/index.html" in blog.files()


def test_a_folder_without_a_letter_wants_a_slug(blog: Blog) -> None:
    """Nothing can be made of its name, so the author must say."""
    blog.post("!!!", title="Wow")
    (finding,) = refusal(blog)
    assert (finding.path, finding.line) == ("content/posts/!!!/index.md", 1)
    assert "slug: " in finding.remedy


@pytest.mark.parametrize(("key", "value"), [("slug", "../x"), ("slug", 'a"b'), ("lang", 'de" x')])
def test_other_readers_are_held_to_plain_addresses_too(blog: Blog, key: str, value: str) -> None:
    """What reStructuredText says of slug and language is looked at as well."""
    blog.write("content/posts/one.rst", RST.format(date="2026-11-01", more=f":{key}: {value}\n"))
    findings = refusal(blog)
    assert [(finding.path, finding.rule) for finding in findings] == [("content/posts/one.rst", "front-matter")]


def test_every_list_names_the_address_that_the_page_names(blog: Blog) -> None:
    """Canonical address, feed and site map agree to the letter, other scripts included."""
    blog.overrides["SLUGIFY_USE_UNICODE"] = True
    blog.post("\u00fcber-uns", tags="[\u00dcbung]")
    blog.build()
    canonical = {
        found for path in blog.files() if path.endswith(".html") for found in re.findall(r'canonical" href="([^"]*)', blog.page(path))
    }
    mapped = set(re.findall("<loc>(.*?)</loc>", blog.page("sitemap.xml")))
    assert mapped <= canonical
    assert "https://test.example/posts/%C3%BCber-uns/" in mapped


@pytest.mark.parametrize("header", ["title: A", "title: A\ndate:", "title: A\ndraft: true"])
def test_a_post_without_a_date_is_an_error_of_its_own_file(blog: Blog, header: str) -> None:
    """The finding names the post and what to write, of drafts too; pages need no date."""
    blog.write("content/posts/one/index.md", f"---\n{header}\n---\nText.\n")
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nHello.\n")
    (finding,) = refusal(blog)
    assert (finding.path, finding.line, finding.rule) == ("content/posts/one/index.md", 1, "date")
    assert "date: 20" in finding.remedy


def test_a_post_without_a_date_is_an_error_whoever_reads_it(blog: Blog) -> None:
    """The same for reStructuredText."""
    blog.write("content/posts/one.rst", "One\n###\n\n:label: human\n\nText.\n")
    (finding,) = refusal(blog)
    assert (finding.path, finding.line, finding.rule) == ("content/posts/one.rst", 1, "date")


@pytest.mark.parametrize("name", ["one.md", "one.rst"])
def test_a_link_to_a_file_that_is_gone_is_named(blog: Blog, name: str) -> None:
    """A dangling symbolic link is an error of that file."""
    blog.write("content/posts/there.md", "---\ntitle: A\ndate: 2026-11-01\nlabel: human\n---\n")
    (blog.root / "content/posts" / name).symlink_to("nowhere")
    (finding,) = (finding for finding in refusal(blog) if finding.rule != "pelican")
    assert (finding.path, finding.rule) == (f"content/posts/{name}", "reader")
    assert "No such file" in finding.message


def test_a_reader_that_breaks_names_the_post(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody thought of is still told with the file, beside what else is wrong in it."""

    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("alcatraz.content.markdown.render", breaks)
    blog.post("one", colour="red")
    first, second = refusal(blog)
    assert (first.rule, second.path, second.rule) == ("reader", "content/posts/one/index.md", "front-matter")
    assert "ZeroDivisionError" in first.message


def test_everything_wrong_with_a_post_is_told_at_once(blog: Blog) -> None:
    """Front matter and text are gathered, so that a post is mended in one go."""
    blog.post("one", "{{< figure src='a' >}}\n\n{{< toc >}}\n", date="soon", colour="red", tags="x")
    assert sorted((finding.line, finding.rule) for finding in refusal(blog)) == [
        (3, "date"),
        (5, "front-matter"),
        (6, "front-matter"),
        (9, "shortcode"),
        (11, "shortcode"),
    ]


@pytest.mark.parametrize("key", ["tags", "categories"])
def test_two_names_of_one_address_are_found(blog: Blog, key: str) -> None:
    """`C++` and `C#` would share a page: the finding names both, and who uses them."""
    blog.post("one", **{key: "[C++]"})
    blog.post("two", **{key: "['C#', other]"})
    (finding,) = blog.build().findings
    assert (finding.rule, finding.path, finding.line) == ("taxonomy", "content/posts/one/index.md", 5)
    for word in ("C++", "C#", "content/posts/two/index.md", f"{key}/c/"):
        assert word in finding.message


@pytest.mark.parametrize(("key", "kind"), [("tags", "TAG"), ("categories", "CATEGORY")])
def test_names_of_one_address_are_kept_apart_by_the_setting_that_is_named(blog: Blog, key: str, kind: str) -> None:
    """The remedy names it, and what docs/checks.md says of it works."""
    for slug, name in (("one", "C"), ("two", "C++"), ("three", "C#")):
        blog.post(slug, **{key: f"['{name}']"})
    assert {f"{kind}_REGEX_SUBSTITUTIONS" in finding.remedy for finding in blog.build().findings} == {True}
    (lines,) = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/checks.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    blog.write("pelicanconf.py", SETTINGS + lines)
    assert blog.build().findings == ()
    for name in ("c", "cpp", "c-sharp"):
        assert f"{key}/{name}/feed.xml" in blog.files()


@pytest.mark.parametrize("key", ["tags", "categories"])
def test_a_post_stands_once_where_its_names_have_one_address(blog: Blog, key: str) -> None:
    """Its list and its feed do not show it twice, which no reader of feeds would understand."""
    blog.post("one", **{key: "['C++', 'C#']"})
    assert [finding.rule for finding in blog.build().findings] == ["taxonomy"]
    assert blog.page(f"{key}/c/feed.xml").count("<entry>") == 1
    assert blog.page(f"{key}/c/index.html").count('href="/posts/one/"') == 1


@pytest.mark.parametrize("key", ["tags", "categories"])
def test_a_name_without_an_address_is_found(blog: Blog, key: str) -> None:
    """Of `???` no address can be made: it is left out, and no file is written in another's place."""
    blog.post("one", **{key: "[good, '???']"})
    (finding,) = blog.build().findings
    assert (finding.rule, finding.path, finding.line) == ("taxonomy", "content/posts/one/index.md", 5)
    assert "???" in finding.message
    assert f"{key}/feed.xml" not in blog.files()
    assert f"{key}/good/feed.xml" in blog.files()


def test_pages_say_what_state_they_are_in(blog: Blog) -> None:
    """A preview marks pages to come, drafts and unlisted ones, as it does posts, and keeps them out of lists."""
    blog.write("content/pages/soon.md", "---\ntitle: Soon\ndate: 2030-01-01\n---\nHello.\n")
    blog.write("content/pages/draft.md", "---\ntitle: Draft\ndraft: true\n---\nHello.\n")
    blog.write("content/pages/hush.md", "---\ntitle: Hush\nunlisted: true\n---\nHello.\n")
    blog.build(drafts=True)
    for slug, words in (("soon", "To come:"), ("draft", "Draft:"), ("hush", "Unlisted:")):
        page = blog.page(f"{slug}/index.html")
        assert words in page
        assert "noindex" in page
        assert "data-pagefind-body" not in page


def test_lists_have_the_addresses_that_the_settings_give_them(blog: Blog) -> None:
    """The theme asks the settings where the colophon, the search and the archives are."""
    blog.overrides.update(
        {f"{name}_URL": f"x-{name.lower()}/" for name in ("COLOPHON", "SEARCH", "ARCHIVES")},
        **{f"{name}_SAVE_AS": f"x-{name.lower()}/index.html" for name in ("COLOPHON", "SEARCH", "ARCHIVES")},
        YEAR_ARCHIVE_URL="years/{date:%Y}/",
        YEAR_ARCHIVE_SAVE_AS="years/{date:%Y}/index.html",
        MENUITEMS=[],
    )
    blog.post("one")
    blog.build()
    assert 'href="/x-colophon/"' in blog.page("index.html")
    assert 'action="/x-search/"' in blog.page("x-search/index.html")
    assert 'href="/years/2026/"' in blog.page("x-archives/index.html")
    assert 'href="/x-archives/"' in blog.page("years/2026/index.html")


def test_each_page_of_the_index_names_its_own_address(blog: Blog) -> None:
    """The second page is not the first."""
    blog.overrides["PAGINATED_TEMPLATES"] = {"index": 1}
    for slug in ("one", "two"):
        blog.post(slug)
    blog.build()
    for path, url in (("index.html", "https://test.example/"), ("page/2/index.html", "https://test.example/page/2/")):
        assert f'<link rel="canonical" href="{url}">' in blog.page(path)
        assert f'<meta property="og:url" content="{url}">' in blog.page(path)


@pytest.mark.parametrize("date", ["2026-01", "2026", "January 2026"])
@pytest.mark.parametrize("reader", ["rst", "python-markdown"])
def test_a_partial_date_is_refused_in_every_format(blog: Blog, reader: str, date: str) -> None:
    """Pelican would complete it from the clock, and the site would be another one tomorrow."""
    if reader == "rst":
        blog.write("content/one.rst", f"One\n###\n\n:date: {date}\n:label: human\n\nText.\n")
    else:
        blog.write("pelicanconf.py", SETTINGS + 'MARKDOWN_READER = "python-markdown"\n')
        blog.write("content/one.md", f"Title: One\nDate: {date}\nLabel: human\n\nText.\n")
    with pytest.raises(RefusedError) as refused:
        blog.build()
    (finding,) = refused.value.findings
    assert (finding.rule, finding.path.partition(".")[0]) == ("date", "content/one")
    assert "part of a date" in finding.message


def test_abbreviations_of_restructuredtext_keep_their_meaning(blog: Blog) -> None:
    """Pelican's role stays what it is."""
    blog.write("content/one.rst", "One\n###\n\n:date: 2026-01-02\n:label: human\n\n:abbr:`HTML (Hypertext)`\n")
    blog.build()
    assert '<abbr title="Hypertext">HTML</abbr>' in blog.page("posts/one/index.html")


@pytest.mark.parametrize(
    ("modified", "found"),
    [
        ("2026-11-09", True),
        ("2026-11-10", False),
        ("2026-11-10T08:00:00+01:00", True),
        ("2026-11-10T08:30:01Z", False),
        ("2027-01-01", False),
    ],
)
def test_a_change_before_the_post_is_a_finding(blog: Blog, modified: str, found: bool) -> None:
    """With the line; a day without a time may be the post's own."""
    blog.overrides["TIMEZONE"] = "Europe/Berlin"
    blog.post("one", date="2026-11-10T09:30:00+01:00", modified=modified)
    findings = blog.build().findings
    assert [(finding.rule, finding.line) for finding in findings] == [("date", 5)] * found
