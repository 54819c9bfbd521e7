"""Each rule: a site that breaks it and no other is found to break it, and docs/checks.md explains it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alcatraz.checks import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.checks.conftest import Made

ROOT = Path(__file__).parents[2]
LONG = "<div class='e-content'>" + "<p>word</p>\n" * 900 + "</div>"


def a_broken_link(site: Made) -> None:
    site.page("index.html", '<a href="{base}/posts/none/">None</a>')


def a_folder(site: Made) -> None:
    site.page("index.html", '<a href="posts/">Posts</a>')


def no_slash(site: Made) -> None:
    site.page("index.html", '<a href="posts/one">One</a>')


def a_lost_fragment(site: Made) -> None:
    site.page("index.html", '<a href="posts/one/#here">One</a>')


def past_the_site(site: Made) -> None:
    if site.siteurl == "https://u.example":
        pytest.skip("a site at the root has nothing beside it")
    site.page("index.html", '<a href="/posts/one/">One</a>')


def no_address(site: Made) -> None:
    site.page("index.html", '<a href="https:///one">One</a>')


def a_foreign_script(site: Made) -> None:
    site.page("index.html", head='<script src="https://cdn.example/a.js"></script>')


def twins(site: Made) -> None:
    site.write("a.txt", "")
    site.write("A.txt", "")


def bad_html(site: Made) -> None:
    site.page("index.html", "<p><div>Text</div></p>")


def two_h1(site: Made) -> None:
    site.page("index.html", "<h1>Another</h1>")


def a_skipped_level(site: Made) -> None:
    site.page("index.html", "<h3>Deep</h3>")


def no_title(site: Made) -> None:
    site.change("index.html", "<title>A page</title>", "")


def no_lang(site: Made) -> None:
    site.change("index.html", ' lang="en"', "")


def an_id_twice(site: Made) -> None:
    site.page("index.html", '<p id="a">A</p><p id="a">B</p>')


def a_style(site: Made) -> None:
    site.page("index.html", '<p style="color: red">Red</p>')


def a_handler(site: Made) -> None:
    site.page("index.html", '<p onclick="stop()">Stop</p>')


def no_alt(site: Made) -> None:
    site.write("a.svg", "<svg/>")
    site.page("index.html", '<img src="a.svg" width="1" height="1">')


def no_size(site: Made) -> None:
    site.write("a.svg", "<svg/>")
    site.page("index.html", '<img src="a.svg" alt="A" width="1">')


def no_canonical(site: Made) -> None:
    site.change("index.html", '<link rel="canonical" href="{site}/">', "")


def a_heavy_page(site: Made) -> None:
    site.page("index.html", LONG, head=f"<style>/*{'x' * 25_000}*/</style>")


def broken_xml(site: Made) -> None:
    site.write("more.xml", "<a><b></a>")


def no_updated(site: Made) -> None:
    site.change("feed.xml", "<id>{site}/</id>\n<updated>2026-11-02T09:00:00+01:00</updated>", "<id>{site}/</id>")


def no_json_title(site: Made) -> None:
    site.change("feed.json", '"title": "A site",\n', "")


def a_bad_date(site: Made) -> None:
    site.change("feed.xml", "<updated>2026-11-03T09:00:00Z</updated>", "<updated>2026-11-03</updated>")


def an_id_of_nothing(site: Made) -> None:
    site.change("feed.xml", "<id>{site}/posts/one/</id>", "<id>{site}/posts/none/</id>")
    site.change("feed.json", '"id": "{site}/posts/one/"', '"id": "{site}/posts/none/"')


def another_self(site: Made) -> None:
    site.change("feed.xml", '{site}/feed.xml" rel="self"', '{site}/feed.json" rel="self"')


def a_relative_link(site: Made) -> None:
    site.change("feed.xml", "{site}/posts/one/#there", "{base}/posts/one/#there")


def one_feed_lacks_an_entry(site: Made) -> None:
    text = (site.output / "feed.xml").read_text()
    start = text.rindex("<entry>")
    site.write("feed.xml", text[:start] + "</feed>")


def oldest_first(site: Made) -> None:
    site.change("feed.xml", "<published>2026-11-01T", "<published>2026-11-05T")
    site.change("feed.json", "2026-11-01T", "2026-11-05T")


def an_unlisted_entry(site: Made) -> None:
    site.change("posts/one/index.html", "<head>", '<head><meta name="robots" content="noindex">')
    site.change("sitemap.xml", "<url><loc>{site}/posts/one/</loc><lastmod>2026-11-03</lastmod></url>", "")


def a_bad_priority(site: Made) -> None:
    site.change("sitemap.xml", "<priority>0.5<", "<priority>5<")


def no_sitemap(site: Made) -> None:
    (site.output / "sitemap.xml").unlink()


def a_page_that_is_not(site: Made) -> None:
    site.change("sitemap.xml", "{site}/posts/one/", "{site}/posts/none/")


def an_unlisted_page(site: Made) -> None:
    site.page("secret/index.html", head='<meta name="robots" content="noindex">')
    site.change("sitemap.xml", "<loc>{site}/posts/one/", "<loc>{site}/secret/")


def silent_robots(site: Made) -> None:
    site.write("robots.txt", "User-agent: *\n")


BREAKING: dict[Rule, Callable[[Made], None]] = {
    Rule.LINK_MISSING: a_broken_link,
    Rule.LINK_FOLDER: a_folder,
    Rule.LINK_SLASH: no_slash,
    Rule.LINK_FRAGMENT: a_lost_fragment,
    Rule.LINK_BASE: past_the_site,
    Rule.LINK_FORM: no_address,
    Rule.OTHER_HOST: a_foreign_script,
    Rule.PATH_TWINS: twins,
    Rule.HTML_VALID: bad_html,
    Rule.ONE_H1: two_h1,
    Rule.HEADING_LEVELS: a_skipped_level,
    Rule.PAGE_TITLE: no_title,
    Rule.PAGE_LANG: no_lang,
    Rule.DUPLICATE_ID: an_id_twice,
    Rule.INLINE_STYLE: a_style,
    Rule.INLINE_SCRIPT: a_handler,
    Rule.IMAGE_ALT: no_alt,
    Rule.IMAGE_SIZE: no_size,
    Rule.CANONICAL: no_canonical,
    Rule.PAGE_BUDGET: a_heavy_page,
    Rule.XML_FORM: broken_xml,
    Rule.ATOM_ELEMENTS: no_updated,
    Rule.JSON_FEED: no_json_title,
    Rule.FEED_DATE: a_bad_date,
    Rule.FEED_ID: an_id_of_nothing,
    Rule.FEED_SELF: another_self,
    Rule.FEED_RELATIVE: a_relative_link,
    Rule.FEED_TWINS: one_feed_lacks_an_entry,
    Rule.FEED_ORDER: oldest_first,
    Rule.FEED_HIDDEN: an_unlisted_entry,
    Rule.SITEMAP_FORM: a_bad_priority,
    Rule.SITEMAP_MISSING: no_sitemap,
    Rule.SITEMAP_PAGE: a_page_that_is_not,
    Rule.SITEMAP_HIDDEN: an_unlisted_page,
    Rule.ROBOTS_SITEMAP: silent_robots,
}


def test_a_lawful_site_has_no_findings(site: Made) -> None:
    """All checks together find nothing in a site that breaks no rule."""
    assert site.findings() == ()


@pytest.mark.parametrize("rule", Rule)
def test_a_rule_is_found_broken_and_no_other_with_it(site: Made, rule: Rule) -> None:
    """A site with one fault is found to have that one."""
    BREAKING[rule](site)
    assert site.rules() == {rule}


def documented(section: str) -> set[str]:
    """The rules that a section of docs/checks.md explains, each under a heading of its name."""
    text = (ROOT / "docs/checks.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    found = next(each for each in sections if each.splitlines()[0] == section)
    return set(re.findall(r"^### `([a-z0-9-]+)`$", found, re.MULTILINE))


def test_the_rules_of_a_built_site_are_documented() -> None:
    """docs/checks.md explains each rule that these checks can find broken, and no other."""
    sections = documented("Links"), documented("HTML"), documented("Feeds")
    assert set.union(*sections) == set(Rule)
    assert sum(map(len, sections)) == len(Rule)


def rules_of_the_build() -> set[str]:
    """The rules that the engine names, outside the checks: in a Finding, or in an error that becomes one."""
    rules: set[str] = set()
    for file in sorted((ROOT / "src/alcatraz").rglob("*.py")):
        if "checks" in file.parts:
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        constants = {
            node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            named = [word.value for word in call.keywords if word.arg == "rule"]
            if isinstance(call.func, ast.Name) and call.func.id == "Finding":
                named += call.args[2:3]
            meant = [constants.get(node.id) if isinstance(node, ast.Name) else node for node in named]
            rules |= {str(node.value) for node in meant if isinstance(node, ast.Constant)}
    return rules


def test_the_rules_of_the_content_are_documented() -> None:
    """docs/checks.md explains each rule that the build can find broken in the content, and no other."""
    assert documented("Content") == rules_of_the_build()
