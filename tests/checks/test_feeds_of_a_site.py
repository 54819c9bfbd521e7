"""Feeds and sitemaps of a built site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Made

ENTRY = "<id>{site}/posts/one/</id>"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<title>A site</title>", "", "atom-elements"),
        ("<title>A site</title>", "<title>A site</title><title>B</title>", "atom-elements"),
        ("<title>A site</title>", "<title>A site</title><rights>A</rights><rights>B</rights>", "atom-elements"),
        ("<title>A site</title>", "<title>A site</title><content>A</content>", "atom-elements"),
        ("<title>A site</title>", '<title type="markdown">A site</title>', "atom-elements"),
        ("<title>A site</title>", "<title>A <b>site</b></title>", "atom-elements"),
        ("<title>A site</title>", '<title type="xhtml">A site</title>', "atom-elements"),
        ("<title>A site</title>", "<title>A site</title><link/>", "atom-elements"),
        ("<title>A site</title>", '<title>A site</title><link href="{site}/"/>', "atom-elements"),
        ("<title>A site</title>", "<title>A site</title><category/>", "atom-elements"),
        ("<author><name>Ada</name></author>", "", "atom-elements"),
        ("<author><name>Ada</name></author>", "<author><email>a@u.example</email></author>", "atom-elements"),
        ("<author><name>Ada</name></author>", "<author><name>A</name><name>B</name></author>", "atom-elements"),
        (ENTRY, f"{ENTRY}<summary>A</summary><summary>B</summary>", "atom-elements"),
        ('<content type="html">&lt;p&gt;Text.&lt;/p&gt;</content>', '<content type="text html"/>', "atom-elements"),
        ('<content type="html">&lt;p&gt;Text.&lt;/p&gt;</content>', '<content src="{site}/posts/one/"/>', "atom-elements"),
        ("<published>2026-11-02T09:00:00+01:00<", "<published>2026-11-02T09:00:00<", "feed-date"),
        ("<published>2026-11-02T09:00:00+01:00<", "<published>2026-11-31T09:00:00+01:00<", "feed-date"),
        ("<updated>2026-11-03T09:00:00Z<", "<updated>Tue, 3 Nov 2026 09:00:00 GMT<", "feed-date"),
        ('<link href="{site}/feed.xml" rel="self"/>', "", "feed-self"),
        ('<link href="{site}/feed.xml" rel="self"/>', '<link href="https://old.example/feed.xml" rel="self"/>', "feed-self"),
        ("<id>{site}/</id>", "<id>home</id>", "feed-id"),
        ('<link href="{site}/"/>', '<link href="{base}/"/>', "feed-relative"),
        ("&lt;p&gt;Text.", "&lt;p&gt;&lt;img src='{base}/robots.txt'&gt;Text.", "feed-relative"),
        ("&lt;p&gt;Text.", "&lt;p&gt;&lt;a href='#there'&gt;Text.&lt;/a&gt;", "feed-relative"),
        ("&lt;p&gt;Text.", "&lt;p&gt;&lt;img src='{site}/robots.txt' srcset='/robots.txt 2x'&gt;Text.", "feed-relative"),
        ("<?xml version", "<!DOCTYPE feed><?xml version", "xml-form"),
        ("</feed>", "", "xml-form"),
        ("<title>One</title>", "<title>Another</title>", "feed-twins"),
        ("<published>2026-11-01T", "<published>2026-10-01T", "feed-twins"),
    ],
)
def test_an_atom_feed_with_a_fault(site: Made, old: str, new: str, rule: str) -> None:
    """What RFC 4287 and we ask of an Atom feed is found missing."""
    site.change("feed.xml", old, new)
    assert site.rules("feeds") == {rule}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ENTRY, f'{ENTRY}<summary type="html">A &lt;b&gt;summary&lt;/b&gt;</summary><category term="a"/><rights>Ours</rights>'),
        (ENTRY, f'{ENTRY}<link rel="enclosure" href="{{site}}/robots.txt"/><other xmlns="urn:other">Ours</other>'),
        (
            "<title>A site</title>",
            '<title>A site</title><icon>{site}/robots.txt</icon><generator uri="https://g.example/">G</generator>',
        ),
        ("<title>A site</title>", '<title>A site</title><link href="{site}/posts/one/" hreflang="pt"/>'),
        (
            '<content type="html">&lt;p&gt;Text.&lt;/p&gt;</content>',
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><a href="{site}/">Home</a></div></content>',
        ),
        ("<updated>2026-11-03T09:00:00Z<", "<updated>2026-11-03T09:00:00.25-05:30<"),
    ],
)
def test_what_atom_allows_is_no_finding(site: Made, old: str, new: str) -> None:
    """Lawful extensions of a feed are let be."""
    site.change("feed.xml", old, new)
    assert site.findings() == ()


def test_links_in_xhtml_content_are_looked_at(site: Made) -> None:
    """Content as XHTML is held to what content as escaped HTML is."""
    xhtml = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><a href="../two/">Two</a></div></content>'
    site.change("feed.xml", '<content type="html">&lt;p&gt;Text.&lt;/p&gt;</content>', xhtml)
    assert site.rules("feeds") == {"feed-relative"}


def test_a_relative_link_of_a_post_names_the_post(site: Made) -> None:
    """A finding in an entry of a feed names the file the entry was made of, once for all feeds."""
    site.sources["posts/one/index.html"] = "content/posts/one.md"
    site.change("feed.xml", "&lt;p&gt;Text.", "&lt;p&gt;&lt;a href='#there'&gt;Text.&lt;/a&gt;")
    site.change("feed.json", "<p>Text.", "<p><a href='#there'>Text.</a>")
    (finding,) = site.findings("feeds")
    assert (finding.path, finding.rule) == ("content/posts/one.md", "feed-relative")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("version/1.1", "version/1", "json-feed"),
        ('"title": "A site"', '"title": null', "json-feed"),
        ('"items"', '"expired": "no", "items"', "json-feed"),
        ('"items"', '"authors": [{}], "items"', "json-feed"),
        ('"items"', '"favicon": 3, "items"', "json-feed"),
        ('"id": "{site}/posts/one/", ', "", "json-feed"),
        (', "content_html": "<p>Text.</p>"', "", "json-feed"),
        ('"title": "One"', '"title": "One", "tags": "one"', "json-feed"),
        ('"title": "One"', '"title": "One", "attachments": [{"url": "{site}/robots.txt"}]', "json-feed"),
        ("]\n}", "", "json-feed"),
        ("2026-11-01T09:00:00Z", "2026-11-01", "feed-date"),
        ('"feed_url": "{site}/feed.json",', "", "feed-self"),
        ("<p>Text.</p>", "<p><a href='../two/'>Text.</a></p>", "feed-relative"),
        ('"home_page_url": "{site}/"', '"home_page_url": "{base}/"', "feed-relative"),
        ('"title": "One"', '"title": "Uno"', "feed-twins"),
    ],
)
def test_a_json_feed_with_a_fault(site: Made, old: str, new: str, rule: str) -> None:
    """What JSON Feed 1.1 and we ask of a feed is found missing."""
    site.change("feed.json", old, new)
    assert rule in site.rules("feeds")
    assert site.rules("feeds") <= {rule, "feed-twins"}


def test_what_json_feed_allows_is_no_finding(site: Made) -> None:
    """Every field of the version passes in its right form."""
    site.change(
        "feed.json",
        '"items"',
        '"icon": "{site}/robots.txt", "expired": false, "language": "en", "hubs": [{"type": "WebSub", "url": "https://h.example/"}], "items"',
    )
    attachments = '"attachments": [{"url": "{site}/robots.txt", "mime_type": "text/plain", "size_in_bytes": 3}]'
    site.change(
        "feed.json",
        '"title": "One"',
        f'"title": "One", "tags": ["a"], "summary": "S", "external_url": "https://o.example/", {attachments}',
    )
    assert site.findings() == ()


def test_other_json_is_let_be(site: Made) -> None:
    """A JSON file that is no feed is none of ours."""
    site.write("pagefind/pagefind-entry.json", '{"version": "1.5"}')
    site.write("data.json", "{ not JSON")
    assert site.findings() == ()


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_two_entries_with_one_id_are_a_finding(site: Made, kind: str) -> None:
    """An id is an entry's own."""
    old, new = (
        ("<id>{site}/posts/one/<", "<id>{site}/posts/two/<")
        if kind == "xml"
        else ('"id": "{site}/posts/one/"', '"id": "{site}/posts/two/"')
    )
    site.change(f"feed.{kind}", old, new)
    assert "feed-id" in site.rules("feeds")


@pytest.mark.parametrize("identity", ["tag:u.example,2026:one", "urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6", "{site}/old/"])
def test_an_id_that_lasts_is_no_finding(site: Made, identity: str) -> None:
    """Tags and URNs last, as does the old address of a post that moved and is reached from there."""
    site.page("old/index.html", head='<meta http-equiv="refresh" content="0; url={site}/posts/one/">')
    site.change("feed.xml", "<id>{site}/posts/one/<", f"<id>{identity}<")
    site.change("feed.json", '"id": "{site}/posts/one/"', f'"id": "{identity}"')
    assert site.findings() == ()


@pytest.mark.parametrize("identity", ["", "one", "{base}/posts/one/", "https://other.example/posts/one/"])
def test_an_id_that_is_no_address_is_a_finding(site: Made, identity: str) -> None:
    """An id is a whole address of the site, or of a kind that needs none."""
    site.change("feed.xml", "<id>{site}/posts/one/<", f"<id>{identity}<")
    site.change("feed.json", '"id": "{site}/posts/one/"', f'"id": "{identity}"')
    assert site.rules("feeds") == {"feed-id"}


def test_a_hostile_feed_reads_no_file(site: Made) -> None:
    """An entity that names a file of this machine is not expanded, and what it would bring is not looked for."""
    site.write("secret.txt", "the secret")
    declared = f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY x SYSTEM "file://{site.output}/secret.txt">]>'
    site.change("feed.xml", '<?xml version="1.0" encoding="utf-8"?>', declared)
    site.change("feed.xml", "<id>{site}/posts/one/<", "<id>&x;<")
    assert all("the secret" not in str(finding) for finding in site.findings("feeds"))


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<loc>{site}/</loc>", "", "sitemap-form"),
        ("<loc>{site}/</loc>", "<loc>{site}/</loc><loc>{site}/</loc>", "sitemap-form"),
        ("<loc>{site}/</loc>", "<loc>{site}/posts/one/</loc>", "sitemap-form"),
        ("<lastmod>2026-11-03<", "<lastmod>3 November<", "sitemap-form"),
        ("<lastmod>2026-11-03<", "<lastmod>2026-11-03T09:00:00<", "sitemap-form"),
        ("monthly", "fortnightly", "sitemap-form"),
        ("<urlset ", "<urlset><url/></urlset><urlset ", "xml-form"),
        ("<url><loc>{site}/</loc></url>", "<sitemap><loc>{site}/</loc></sitemap>", "sitemap-form"),
        ("<loc>{site}/</loc>", "<loc>{base}/</loc>", "sitemap-page"),
        ("<loc>{site}/</loc>", "<loc>{site}/posts/two</loc>", "sitemap-page"),
        ("<loc>{site}/</loc>", "<loc>https://other.example/</loc>", "sitemap-page"),
        ("<loc>{site}/</loc>", "<loc>{site}/404.html</loc>", "sitemap-hidden"),
        ("<loc>{site}/</loc>", "<loc>{site}/old/</loc>", "sitemap-hidden"),
        ("<loc>{site}/</loc>", "<loc>{site}/drafts/a/</loc>", "sitemap-hidden"),
    ],
)
def test_a_sitemap_with_a_fault(site: Made, old: str, new: str, rule: str) -> None:
    """What the protocol asks of a sitemap, and what no list may show, is found."""
    site.page("old/index.html", head='<meta http-equiv="refresh" content="0; url={site}/posts/one/">')
    site.page("drafts/a/index.html")
    site.change("sitemap.xml", old, new)
    assert site.rules("feeds") == {rule}


@pytest.mark.parametrize("date", ["2026", "2026-11", "2026-11-03T09:00Z", "2026-11-03T09:00:00.5+01:00"])
def test_the_dates_of_a_sitemap(site: Made, date: str) -> None:
    """A sitemap's dates may be as coarse as a year."""
    site.change("sitemap.xml", "<lastmod>2026-11-03<", f"<lastmod>{date}<")
    assert site.findings() == ()


def test_an_index_of_sitemaps(site: Made) -> None:
    """A sitemap may lead to others, which are looked at in their turn."""
    text = (site.output / "sitemap.xml").read_text()
    site.write("sitemap-posts.xml", text.replace("monthly", "fortnightly"))
    site.write(
        "sitemap.xml",
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{site}/sitemap-posts.xml</loc></sitemap></sitemapindex>',
    )
    (finding,) = site.findings()
    assert (finding.path, finding.rule) == ("output/sitemap-posts.xml", "sitemap-form")


@pytest.mark.parametrize("robots", [None, "", "Sitemap: {base}/sitemap.xml", "Sitemap: https://other.example/sitemap.xml"])
def test_robots_that_do_not_name_the_sitemap(site: Made, robots: str | None) -> None:
    """robots.txt names the sitemap by its whole address."""
    if robots is None:
        (site.output / "robots.txt").unlink()
    else:
        site.write("robots.txt", robots)
    assert site.rules() == {"robots-sitemap"}


def test_robots_in_other_letters(site: Made) -> None:
    """The key may be written in any letters, after other lines."""
    site.write("robots.txt", "# Welcome\nUser-agent: *\nDisallow:\n\nsitemap:   {site}/sitemap.xml  \n")
    assert site.findings() == ()
