"""The build: what comes out, when, and what happens to the site that was there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from alcatraz.build import Request, build, inspect
from alcatraz.checks.of_blog import check
from alcatraz.errors import OutputError, PluginError, RefusedError, SettingsError, TemplateError
from alcatraz.settings import read
from tests.conftest import NOW, SETTINGS, Blog

if TYPE_CHECKING:
    from pathlib import Path


def test_every_page_of_a_site_is_made(blog: Blog) -> None:
    """Posts, pages, lists and what stands beside them come out at their addresses."""
    blog.post("one", categories="[Travel, Food]", tags="[a]")
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nHello.\n")
    report = blog.build()
    assert (report.posts, report.pages, report.findings) == (1, 1, ())
    assert set(blog.files()) >= {
        "index.html",
        "404.html",
        "posts/one/index.html",
        "about/index.html",
        "archive/index.html",
        "archive/2026/index.html",
        "categories/index.html",
        "categories/travel/index.html",
        "categories/food/index.html",
        "tags/index.html",
        "tags/a/index.html",
        "search/index.html",
        "subscribe/index.html",
        "colophon/index.html",
    }
    assert report.files == len(blog.files())


def test_every_page_knows_its_source(blog: Blog) -> None:
    """The report says from which file of the author's each page came."""
    blog.post("one")
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nHello.\n")
    sources = blog.build().sources
    assert sources["posts/one/index.html"] == "content/posts/one/index.md"
    assert sources["about/index.html"] == "content/pages/about.md"


def test_a_post_may_have_several_categories(blog: Blog) -> None:
    """It stands on the page of each."""
    blog.post("one", categories="[Travel, Food]")
    blog.build()
    for name in ("travel", "food"):
        assert "/posts/one/" in blog.page(f"categories/{name}/index.html")


def test_drafts_never_reach_a_build(blog: Blog) -> None:
    """A draft leaves no trace, and is counted."""
    blog.post("one")
    blog.post("secret", "Hidden words.\n", draft="true", tags="[secretive]")
    report = blog.build()
    assert (report.posts, report.drafts) == (1, 1)
    assert not [path for path, data in blog.files().items() if b"secret" in data.lower() or "secret" in path]


def test_drafts_are_shown_and_marked_where_they_are_asked_for(blog: Blog) -> None:
    """With `--drafts` a draft stands at its address and says that it is one."""
    blog.post("secret", draft="true")
    blog.build(drafts=True)
    assert "draft" in blog.page("posts/secret/index.html").lower()
    assert "noindex" in blog.page("posts/secret/index.html")


def test_posts_to_come_wait_for_their_moment(blog: Blog) -> None:
    """A post dated after `now` is left out and counted; from that moment on it is there."""
    date = NOW + timedelta(minutes=1)
    blog.post("soon", date=date.isoformat())
    report = blog.build()
    assert (report.posts, report.future) == (0, 1)
    assert not [path for path in blog.files() if "soon" in path]
    assert blog.build(now=date).posts == 1


def test_unlisted_posts_have_a_page_and_appear_nowhere_else(blog: Blog) -> None:
    """Who has the address reads the post; lists, feeds, tags and the site map keep silent."""
    blog.post("one")
    blog.post("whisper", unlisted="true", tags="[quiet]", categories="[Hush]")
    blog.build()
    traces = [
        path for path, data in blog.files().items() if b"whisper" in data.lower() or "whisper" in path or "quiet" in path or "hush" in path
    ]
    assert traces == ["posts/whisper/index.html"]


SECRETS = {
    "posts/secret-post.md": "---\ntitle: Secret\nlabel: human\ntags: [a]\ncategories: [B]\nseries: S\nDATE\nMARK\n---\nText.\n",
    "posts/secret-translation.md": "---\ntitle: Secret\nlabel: human\nslug: one\nlang: de\nDATE\nMARK\n---\nText.\n",
    "posts/secret-template.md": "---\ntitle: Secret\nlabel: human\ntemplate: mine\nDATE\nMARK\n---\nText.\n",
    "posts/secret-rst.rst": "Secret\n######\n\n:label: human\n:tags: a\n:DATE\n:MARK\n\nText.\n",
    "pages/secret-page.md": "---\ntitle: Secret\nDATE\nMARK\n---\nText.\n",
}


@pytest.mark.parametrize(
    ("mark", "date"), [("unlisted: true", "2026-11-02"), ("draft: true", "2026-11-02"), ("unlisted: false", "2027-01-01")]
)
def test_what_is_not_for_everybody_asks_not_to_be_listed_and_is_in_no_index(blog: Blog, mark: str, date: str) -> None:
    """Whatever it is written in and shown by; a preview's lists show drafts and posts to come, its feeds and site map do not."""
    blog.write("mine/mine.html", '{% extends "article.html" %}')
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "mine")]
    blog.post("one", tags="[a]", categories="[B]", series="S")
    blog.post("two", tags="[a]", date="2026-11-03", series="S")
    for path, text in SECRETS.items():
        blog.write(f"content/{path}", text.replace("DATE", f"date: {date}").replace("MARK", mark))
    assert blog.build(drafts=True, search=True).findings == ()
    files = blog.files()
    own = {path for path in files if "secret" in path or path == "posts/one/de/index.html"}
    assert len(own) == len(SECRETS)
    for path in own:
        assert '<meta name="robots" content="noindex">' in blog.page(path), path
        assert "data-pagefind-body" not in blog.page(path), path
    elsewhere = {path for path, data in files.items() if b"secret" in data.lower() or b"/posts/one/de/" in data} - own
    assert [path for path in elsewhere if mark == "unlisted: true" or not path.endswith(".html")] == []
    assert json.loads(blog.page("pagefind/pagefind-entry.json"))["languages"]["en"]["page_count"] == 2


def test_a_post_without_a_label_is_a_finding(blog: Blog) -> None:
    """There is no default for who wrote a post."""
    blog.post("one", label="")
    (finding,) = blog.build().findings
    assert (finding.rule, finding.path) == ("label", "content/posts/one/index.md")


@pytest.mark.parametrize(("label", "words"), [("human", "by a human"), ("assisted", "help of AI"), ("ai", "Written by AI")])
def test_a_label_is_shown(blog: Blog, label: str, words: str) -> None:
    """The page says who wrote it."""
    blog.post("one", label=label)
    blog.build()
    assert words in blog.page("posts/one/index.html")


def test_errors_are_told_all_at_once_and_nothing_is_written(blog: Blog) -> None:
    """Every post that cannot be read is named, so that an author mends all of them in one go."""
    blog.post("one", date="2024-05")
    blog.post("two", colour="red")
    blog.post("three", "{{< figure src='a' >}}\n")
    with pytest.raises(RefusedError) as refused:
        blog.build()
    assert [(finding.path, finding.rule) for finding in refused.value.findings] == [
        ("content/posts/one/index.md", "date"),
        ("content/posts/three/index.md", "shortcode"),
        ("content/posts/two/index.md", "front-matter"),
    ]
    assert not (blog.root / "output").exists()


def test_strict_refuses_findings(blog: Blog) -> None:
    """What is a warning elsewhere ends a strict build, and the site that was there stays."""
    blog.post("one")
    blog.build()
    before = blog.files()
    blog.post("two", label="")
    with pytest.raises(RefusedError):
        blog.build(strict=True)
    assert blog.files() == before


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("posts/a/index.md", "posts/b.md", "is also that of"),
        ("posts/a/index.md", "pages/posts/a.md", None),
    ],
)
def test_two_posts_with_one_address_are_refused(blog: Blog, first: str, second: str, words: str | None) -> None:
    """Which of the two a reader would get must not be chance."""
    front = "---\ntitle: T\ndate: 2026-11-01\nlabel: human\nslug: same\n---\nText.\n"
    blog.write(f"content/{first}", front)
    blog.write(f"content/{second}", front)
    if words is None:
        assert blog.build().findings == ()
        return
    with pytest.raises(RefusedError) as refused:
        blog.build()
    (finding,) = refused.value.findings
    assert finding.rule == "address"
    assert words in finding.message
    assert {"content/posts/a/index.md", "content/posts/b.md"} == {finding.path, finding.message.split()[-1]}


@pytest.mark.parametrize("slug", ["archive", "pagefind", "theme", "feed.xml", "sitemap.xml", "robots.txt", "favicon.svg", "404.html"])
def test_a_page_is_not_put_where_the_site_puts_something_else(blog: Blog, slug: str) -> None:
    """At the address of a list, in the folder of the search index or the theme, or in a file as if it were a folder."""
    blog.post("one")
    blog.write("content/pages/mine.md", f"---\ntitle: Mine\nslug: {slug}\n---\nText.\n")
    with pytest.raises(RefusedError) as refused:
        blog.build()
    (finding,) = refused.value.findings
    assert (finding.path, finding.rule) == ("content/pages/mine.md", "address")


def test_addresses_that_differ_in_case_only_are_refused(blog: Blog) -> None:
    """Not every file system tells them apart."""
    blog.post("Same")
    blog.post("same")
    with pytest.raises(RefusedError, match="1 finding"):
        blog.build()


def test_restructuredtext_still_works(blog: Blog) -> None:
    """A post in reStructuredText is a post like any other."""
    blog.write(
        "content/posts/old.rst",
        """\
        An old post
        ###########

        :date: 2026-11-02
        :tags: a, b
        :categories: Travel, Food
        :label: human

        Section
        =======

        Some *text* and `a link <other/index.md>`_.

        .. code-block:: python

            x = 1
        """,
    )
    blog.post("other")
    report = blog.build()
    assert report.findings == ()
    page = blog.page("posts/old/index.html")
    assert "<em>text</em>" in page
    assert 'href="/posts/other/"' in page
    assert "by a human" in page
    assert "/posts/old/" in blog.page("categories/food/index.html")


def test_a_post_may_keep_python_markdown(blog: Blog) -> None:
    """`reader: python-markdown` reads one post as Pelican would."""
    blog.post("one", "!!! x\n\nTerm\n:   Definition\n\n[two](../two/index.md)\n", reader="python-markdown")
    blog.post("two")
    assert blog.build().findings == ()
    page = blog.page("posts/one/index.html")
    assert "<dd>Definition</dd>" in page
    assert 'href="/posts/two/"' in page


def test_a_blog_may_keep_python_markdown(blog: Blog) -> None:
    """The setting keeps Pelican's own reader, with its headers, for every post."""
    blog.write("pelicanconf.py", SETTINGS + 'MARKDOWN_READER = "python-markdown"\n')
    blog.write("content/posts/one.md", "Title: One\nDate: 2026-11-01\nLabel: human\nTags: a, b\n\nSome *text*.\n")
    assert blog.build().findings == ()
    assert "<em>text</em>" in blog.page("posts/one/index.html")


def test_a_foreign_site_is_built_as_pelican_would(blog: Blog) -> None:
    """Settings that do not ask for our reader get none of our rules."""
    blog.write("pelicanconf.py", 'PATH = "content"\nTHEME = "simple"\nTIMEZONE = "UTC"\nSITENAME = "Theirs"\nAUTHOR = "Eve"\n')
    blog.write("content/one.md", "Title: One\nDate: 2026-11-01\n\nSome *text*.\n")
    assert blog.build().findings == ()
    ours = blog.files()
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    subprocess.run(
        [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", "stock", "-q"],
        cwd=blog.root,
        env=environment,
        check=True,
        capture_output=True,
    )
    stock = blog.root / "stock"
    theirs = {path.relative_to(stock).as_posix(): path.read_bytes() for path in stock.rglob("*") if path.is_file()}
    assert ours == theirs


def test_two_builds_give_the_same_bytes(blog: Blog) -> None:
    """A second build, in another folder of another name, changes nothing."""
    blog.post("one", "Text[^1].\n\n[^1]: Note.\n", tags="[b, a]", categories="[X, Y]")
    blog.post("two", "[one](../one/index.md)\n", tags="[a]")
    blog.build()
    first = blog.files()
    other = Blog(blog.root.rename(blog.root.with_name("élsewhere else")))
    other.build()
    assert other.files() == first


def test_an_error_in_a_template_names_its_line(blog: Blog, tmp_path: Path) -> None:
    """The theme's author is told the template and the line, and the page that was being made."""
    (tmp_path / "theme" / "templates").mkdir(parents=True)
    (tmp_path / "theme" / "templates" / "article.html").write_text("<p>\n{{ article.nothing.at_all }}\n")
    blog.overrides["THEME"] = str(tmp_path / "theme")
    blog.post("one")
    with pytest.raises(TemplateError) as caught:
        blog.build()
    assert caught.value.where is not None
    assert caught.value.where.endswith("article.html:2")
    assert "posts/one/index.html" in str(caught.value)


def test_a_failed_build_leaves_the_old_site(blog: Blog, tmp_path: Path) -> None:
    """Whatever goes wrong half way, readers go on reading, and nothing half made is left lying about."""
    blog.post("one")
    blog.build()
    before = blog.files()
    (tmp_path / "theme" / "templates").mkdir(parents=True)
    (tmp_path / "theme" / "templates" / "index.html").write_text("{% broken %}")
    blog.overrides["THEME"] = str(tmp_path / "theme")
    with pytest.raises(TemplateError):
        blog.build()
    assert blog.files() == before
    assert [path.name for path in blog.root.iterdir() if "building" in path.name] == []


def test_a_folder_of_somebody_elses_is_not_replaced(blog: Blog) -> None:
    """A build replaces a whole folder, so it replaces only what a build has made."""
    blog.write("precious/thesis.txt", "years")
    with pytest.raises(OutputError, match="precious"):
        blog.build(output=blog.root / "precious")
    with pytest.raises(OutputError, match="the blog itself"):
        blog.build(output=blog.root)
    assert (blog.root / "precious" / "thesis.txt").read_text() == "years"


def test_inspect_tells_errors_and_findings_without_writing(blog: Blog) -> None:
    """The content can be looked over without building the site."""
    blog.post("one", label="")
    blog.post("two", date="2024")
    request = Request(settings=read(blog.root), now=NOW, output=blog.root / "output")
    findings, _ = inspect(request)
    assert [finding.rule for finding in findings] == ["label", "date"]
    assert not (blog.root / "output").exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('SITEURL = "blog.example"', "SITEURL is 'blog.example'"),
        ('TIMEZONE = "Mars/Olympus"', "TIMEZONE is 'Mars/Olympus'"),
        ('MARKDOWN_READER = "word"', "MARKDOWN_READER is 'word'"),
        ('DEFAULT_DATE = "fs"', "DEFAULT_DATE gives posts a date"),
        ('PATH = "nowhere"', "PATH names"),
        ("RELATIVE_URLS = True", "links begin with the path of SITEURL"),
        ('AUTHOR = ""', "AUTHOR is missing"),
        ("import nothing_of_this_name", "ModuleNotFoundError"),
        ("x = (", "SyntaxError"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(blog: Blog, line: str, words: str) -> None:
    """Key, value and what is allowed, in one sentence that begins with the place."""
    blog.write("pelicanconf.py", SETTINGS + line + "\n")
    with pytest.raises(SettingsError) as caught:
        read(blog.root)
    assert str(caught.value).startswith("pelicanconf.py:5: ")
    assert words in str(caught.value)


def test_now_is_an_argument(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """The surroundings name the moment once: `--now`, else SOURCE_DATE_EPOCH, else the clock."""
    from alcatraz.surroundings import moment, now

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert now() == datetime(1970, 1, 2, tzinfo=UTC)
    assert moment("2026-11-22T07:30:00+01:00") == NOW
    settings = read(blog.root)
    request = Request(settings=settings, now=now(), output=blog.root / "a")
    blog.post("one")
    assert build(replace(request, search=False)).future == 1


def test_a_build_leaves_the_process_as_it_was(blog: Blog) -> None:
    """Locale, connected plugins and Pelican's memory of texts: what a build changes, it changes back."""
    import locale

    from pelican.contents import Content
    from pelican.plugins import signals

    before = locale.setlocale(locale.LC_ALL), len(signals.content_object_init.receivers)
    blog.post("one")
    blog.build()
    assert (locale.setlocale(locale.LC_ALL), len(signals.content_object_init.receivers)) == before
    assert not vars(Content)["get_content"].cache


def test_builds_at_once_do_not_disturb_each_other(blog: Blog) -> None:
    """Of several builds into one folder each ends well, and the folder holds a whole site."""
    for number in range(20):
        blog.post(f"post-{number}", tags="[a, b]")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ALCATRAZ_") and key != "SOURCE_DATE_EPOCH"}
    started = [
        subprocess.Popen([sys.executable, "-m", "alcatraz", "build"], cwd=blog.root, env=kept, stderr=subprocess.PIPE) for _ in range(4)
    ]
    ended = [(process.communicate()[1], process.returncode) for process in started]
    assert [status for _, status in ended] == [0] * 4, ended
    assert len([path for path in blog.files() if path.startswith("posts/")]) == 20
    assert [path.name for path in blog.root.iterdir() if "building" in path.name] == []


def test_a_killed_build_is_cleared_by_the_next(blog: Blog) -> None:
    """What a build that was killed has left goes with the next one."""
    (blog.root / ".output.abcdefgh-building" / "half").mkdir(parents=True)
    blog.post("one")
    blog.build()
    assert [path.name for path in blog.root.iterdir() if "building" in path.name] == []


def test_the_old_site_comes_back_when_a_switch_was_cut_off(blog: Blog) -> None:
    """Killed between taking the old site away and putting the new one there, the old one is all there is: it is kept."""
    blog.post("one")
    blog.build()
    before = blog.files()
    (blog.root / "output").rename(blog.root / ".output.abcdefgh-old")
    blog.post("two", date="2024")
    with pytest.raises(RefusedError):
        blog.build()
    assert blog.files() == before


def test_files_of_other_outputs_are_left_alone(blog: Blog) -> None:
    """A folder whose name merely looks alike is somebody else's."""
    other = blog.root / ".output.old.abcdefgh-building"
    other.mkdir()
    blog.post("one")
    blog.build()
    assert other.is_dir()


@pytest.mark.parametrize(
    "path", ["feed.xml", "archive/2026/index.html", "index.html", "sitemap.xml", "tags/a/feed.json", "posts/one/index.html"]
)
def test_a_raw_file_does_not_replace_a_page(blog: Blog, path: str) -> None:
    """What is in static/ goes beside what is built, never over it."""
    blog.post("one", tags="[a]")
    blog.write(f"content/static/{path}", "mine")
    with pytest.raises(RefusedError) as refused:
        blog.build()
    (finding,) = refused.value.findings
    assert finding.rule == "address"
    assert f"content/static/{path}" in finding.path + finding.message


def test_a_blog_may_have_its_own_robots_and_mark(blog: Blog) -> None:
    """robots.txt and favicon.svg of the blog's own take the place of ours."""
    blog.post("one")
    blog.write("content/static/robots.txt", "User-agent: *\nDisallow: /\n")
    blog.write("content/static/favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert blog.build().findings == ()
    assert blog.page("robots.txt").endswith("Disallow: /\n")
    assert "<svg xmlns='" in blog.page("favicon.svg")


def test_raw_files_go_to_the_root(blog: Blog) -> None:
    """static/ is the site's root: dotfiles and folders included."""
    blog.post("one")
    blog.write("content/static/.well-known/security.txt", "Contact: me\n")
    blog.build()
    assert blog.page(".well-known/security.txt") == "Contact: me\n"


def test_what_pelican_says_while_rendering_is_a_finding(blog: Blog) -> None:
    """A warning counts whenever it comes: --strict refuses it, and the site that was there stays."""
    plugin(blog, "warns", "import logging", "logging.getLogger('pelican.late').warning('look here')")
    blog.post("one")
    (finding,) = blog.build().findings
    assert (finding.rule, finding.message) == ("pelican", "look here")
    with pytest.raises(RefusedError):
        blog.build(strict=True)
    assert "posts/one/index.html" in blog.files()


def test_settings_that_add_to_a_list_do_not_grow_it(blog: Blog) -> None:
    """A blog read twice in one process, as the preview does, is the same blog."""
    blog.write("pelicanconf.py", SETTINGS + 'MENUITEMS += [("X", "x/")]\n')
    assert read(blog.root)["MENUITEMS"] == read(blog.root)["MENUITEMS"]


def test_a_plugin_that_fails_is_not_blamed_on_the_disk(blog: Blog) -> None:
    """An error about another file is what it is, and it is told with the line of the plugin that it came from."""
    plugin(blog, "fails", "", "open('nothing-of-this-name')")
    blog.post("one")
    with pytest.raises(PluginError, match=r"^fails\.py:5: the plugin fails \(FileNotFoundError: .*nothing-of-this-name") as failed:
        blog.build()
    assert isinstance(failed.value.__cause__, FileNotFoundError)


@pytest.mark.parametrize(
    "signal", ["initialized", "article_generator_init", "all_generators_finalized", "article_writer_finalized", "finalized"]
)
def test_a_plugin_may_fail_at_any_step(blog: Blog, signal: str) -> None:
    """While content is read, while pages are made, and when all is done: its file and line, and the site that was there stays."""
    blog.post("one")
    blog.build()
    before = blog.files()
    blog.write(
        f"plugins/fails_{signal}/__init__.py",
        f"from pelican.plugins import signals\nfrom .late import late\n\ndef register():\n    signals.{signal}.connect(late)\n",
    )
    blog.write(f"plugins/fails_{signal}/late.py", "def late(*_, **__):\n    raise KeyError('stork')\n")
    blog.write("pelicanconf.py", SETTINGS + 'PLUGIN_PATHS = ["plugins"]\nPLUGINS = [*PLUGINS, "fails_' + signal + '"]\n')
    with pytest.raises(PluginError, match=rf"^plugins/fails_{signal}/late\.py:2: the plugin fails \(KeyError: 'stork'\); "):
        blog.build()
    assert blog.files() == before


def test_what_cannot_be_read_is_told_once_by_a_site_in_several_languages(tmp_path: Path) -> None:
    """`i18n_subsites` has Pelican read everything again for each language, once we have told what it could not read."""
    blog = Blog(tmp_path)
    blog.write(
        "subsites.py",
        """\
        from pathlib import Path
        from pelican import Pelican, signals

        def subsite(pelican):
            if Path(pelican.settings["OUTPUT_PATH"]).name != "de":
                Pelican({**pelican.settings, "PLUGINS": [], "OUTPUT_PATH": pelican.settings["OUTPUT_PATH"] + "/de"}).run()

        def register():
            signals.get_writer.connect(subsite)
        """,
    )
    wrong = 'MARKDOWN = {"extensions": ["no_such_thing"]}\n'
    blog.write("pelicanconf.py", f'PATH = "texts"\nTIMEZONE = "UTC"\nPLUGIN_PATHS = ["."]\nPLUGINS = ["subsites"]\n{wrong}')
    for name in ("one", "two", "three"):
        blog.write(f"texts/{name}.md", f"Title: {name}\nDate: 2026-11-01\n\nText.\n")
    (finding,) = blog.build().findings
    assert finding.path.startswith("texts/")
    assert finding.message.startswith("Pelican cannot process this file and 2 more: ModuleNotFoundError")
    assert "de/index.html" in blog.files()


def test_a_locale_for_dates_that_this_machine_lacks_is_named(tmp_path: Path) -> None:
    """Pelican sets it for each picture that it copies, and what Python says of that is "unsupported locale setting" alone."""
    blog = Blog(tmp_path)
    blog.write("pelicanconf.py", 'PATH = "content"\nTIMEZONE = "UTC"\nDATE_FORMATS = {"en": ("xx_XX.UTF-8", "%d %B %Y")}\n')
    blog.write("content/images/one.txt", "One.\n")
    with pytest.raises(
        SettingsError, match=r"^pelicanconf\.py:3: DATE_FORMATS asks for the locale xx_XX\.UTF-8, which this machine does not"
    ):
        blog.build()


def plugin(blog: Blog, name: str, imports: str, does: str) -> None:
    """Gives the blog a plugin that does something when the posts have been written."""
    connect = "signals.article_writer_finalized.connect(late)"
    blog.write(
        f"{name}.py",
        f"{imports}\nfrom pelican.plugins import signals\n\ndef late(_, writer):\n    {does}\n\ndef register():\n    {connect}\n",
    )
    blog.write("pelicanconf.py", SETTINGS + 'PLUGIN_PATHS = ["."]\nPLUGINS = [*PLUGINS, "' + name + '"]\n')


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_themes_of_pelicans_show_a_blog_of_ours(blog: Blog, theme: str) -> None:
    """They ask for the category of a post that has none, and know no page for searching and none for what has moved."""
    blog.write("pelicanconf.py", f'{SETTINGS}THEME = "{theme}"\n')
    blog.post("one", "Here it is.\n", aliases="[old/]")
    assert blog.build().findings == ()
    assert "Here it is." in blog.page("posts/one/index.html")
    assert "/posts/one/" in blog.page("old/index.html")
    assert "search/index.html" not in blog.files()


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
@pytest.mark.parametrize("site", ["https://test.example", "https://test.example/blog"])
def test_every_link_of_a_theme_of_pelicans_leads_somewhere(blog: Blog, theme: str, site: str) -> None:
    """Its style is there; menu, links and feed are right on inner pages; what only our theme has is not in the menu."""
    blog.write(
        "pelicanconf.py",
        f'{SETTINGS}THEME = "{theme}"\nSITEURL = "{site}"\n'
        'MENUITEMS = [("About", "about/"), *MENUITEMS]\nSOCIAL = [("Me", "about/"), ("Far", "https://x.example/")]\n',
    )
    blog.post("one", tags="[a]", categories="[B]")
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nHello.\n")
    result = check(Request(settings=read(blog.root), now=NOW, output=blog.root / "output"), ["links"])
    assert [str(finding) for outcome in result.outcomes for finding in outcome.findings] == []
    blog.build()
    page = blog.page("posts/one/index.html")
    base = site.removeprefix("https://test.example")
    assert f'<a href="{base}/about/">About</a>' in page
    assert f'<a href="{base}/archive/">Archive</a>' in page
    assert ">Search<" not in page
    assert f"{site}/feed.xml" in page
    assert (f"{site}/theme/css/main.css" in page) == (theme == "notmyidea")


def test_a_menu_leads_to_a_page_of_the_blogs_own_where_the_theme_has_none(blog: Blog) -> None:
    """Whose page is at an address does not matter to who follows a link."""
    blog.write("pelicanconf.py", f'{SETTINGS}THEME = "simple"\n')
    blog.write("content/pages/search.md", "---\ntitle: Seek\n---\nAsk me.\n")
    blog.build()
    assert '<a href="/search/">Search</a>' in blog.page("index.html")


def test_the_output_may_lie_beside_the_blog(blog: Blog) -> None:
    """A path that goes up is a path like any other."""
    blog.post("one")
    blog.build(output=blog.root / ".." / "beside")
    assert (blog.root.parent / "beside" / "posts/one/index.html").is_file()


def test_what_a_template_of_the_blogs_own_offers_is_found(blog: Blog) -> None:
    """The index is begun with the last post, and made again where a page after that can be found too."""
    blog.write("templates/archives.html", '<!DOCTYPE html><html lang="en"><body><p data-pagefind-body>Zanzibar.</p></body></html>')
    blog.overrides["THEME_TEMPLATES_OVERRIDES"] = [str(blog.root / "templates")]
    blog.post("one")
    blog.build(search=True)
    entry = json.loads(blog.page("pagefind/pagefind-entry.json"))
    assert entry["languages"]["en"]["page_count"] == 2


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ("TYPOGRIFY = True", "No module named"),
        ('DATE_FORMATS = {"en": ("xx_YY", "%d")}', "unsupported locale setting"),
    ],
)
def test_why_pelican_cannot_process_a_file_is_told_once(blog: Blog, setting: str, reason: str) -> None:
    """What a setting asks for and the machine does not have keeps Pelican from every file: one finding says what, and of how many."""
    blog.write("pelicanconf.py", f"{SETTINGS}{setting}\n")
    for slug in ("one", "two", "three"):
        blog.post(slug)
    with pytest.raises(RefusedError) as refused:
        blog.build()
    (finding,) = refused.value.findings
    assert finding.path.startswith("content/posts/")
    assert reason in finding.message
    assert "this file and 2 more" in finding.message
