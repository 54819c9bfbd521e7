"""A small lawful site that a test can break, at the root of its host and under a path."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from alcatraz.checks import Built, Nu, run

if TYPE_CHECKING:
    from pathlib import Path

    from alcatraz.findings import Finding

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>A page</title>
<link rel="canonical" href="{site}/PATH">
HEAD
</head>
<body>
<h1>A page</h1>
BODY
</body>
</html>
"""
ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>A site</title>
<id>{site}/</id>
<updated>2026-11-02T09:00:00+01:00</updated>
<author><name>Ada</name></author>
<link href="{site}/feed.xml" rel="self"/>
<link href="{site}/"/>
<entry>
<title type="html">&lt;em&gt;Two&lt;/em&gt; &amp;amp; more</title>
<id>{site}/posts/two/</id>
<link href="{site}/posts/two/"/>
<published>2026-11-02T09:00:00+01:00</published>
<updated>2026-11-02T09:00:00+01:00</updated>
<content type="html">&lt;p&gt;See &lt;a href="{site}/posts/one/#there"&gt;one&lt;/a&gt;.&lt;/p&gt;</content>
</entry>
<entry>
<title>One</title>
<id>{site}/posts/one/</id>
<link href="{site}/posts/one/"/>
<published>2026-11-01T09:00:00Z</published>
<updated>2026-11-03T09:00:00Z</updated>
<content type="html">&lt;p&gt;Text.&lt;/p&gt;</content>
</entry>
</feed>
"""
JSON = """\
{
"version": "https://jsonfeed.org/version/1.1",
"title": "A site",
"home_page_url": "{site}/",
"feed_url": "{site}/feed.json",
"authors": [{"name": "Ada"}],
"_of_our_own": {"kept": true},
"items": [
{"id": "{site}/posts/two/", "url": "{site}/posts/two/", "title": "Two & more", "content_html": "<p>See <a href='{site}/posts/one/#there'>one</a>.</p>", "date_published": "2026-11-02T09:00:00+01:00"},
{"id": "{site}/posts/one/", "url": "{site}/posts/one/", "title": "One", "content_html": "<p>Text.</p>", "date_published": "2026-11-01T09:00:00Z"}
]
}
"""
SITEMAP = """\
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{site}/</loc></url>
<url><loc>{site}/posts/one/</loc><lastmod>2026-11-03</lastmod></url>
<url><loc>{site}/posts/two/</loc><lastmod>2026-11-02T09:00:00+01:00</lastmod><changefreq>monthly</changefreq><priority>0.5</priority></url>
</urlset>
"""


class Made:
    """A site in a folder. In what is written, {base} is the path that SITEURL has, and {site} is SITEURL without a last slash."""

    def __init__(self, output: Path, siteurl: str) -> None:
        self.output = output
        self.siteurl = siteurl
        self.sources: dict[str, str] = {}

    def write(self, path: str, text: str) -> None:
        """Writes a file of the output."""
        site = self.siteurl.rstrip("/")
        target = self.output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("{site}", site).replace("{base}", urlsplit(site).path), encoding="utf-8")

    def page(self, path: str, body: str = "", head: str = "") -> None:
        """Writes a lawful page with `body` below its heading and `head` in its head."""
        address = path.removesuffix("index.html")
        self.write(path, PAGE.replace("PATH", address).replace("HEAD", head).replace("BODY", body))

    def change(self, path: str, old: str, new: str) -> None:
        """Writes `new` where `old` stands in a file."""
        site = self.siteurl.rstrip("/")
        old = old.replace("{site}", site).replace("{base}", urlsplit(site).path)
        text = (self.output / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def findings(self, *checks: str, nu: Nu | None = None) -> tuple[Finding, ...]:
        """What the checks named, or all, find."""
        return run(Built(self.output, self.siteurl, self.sources, nu=nu), checks or None).findings

    def rules(self, *checks: str) -> set[str]:
        """The rules that the checks named, or all, find broken."""
        return {finding.rule for finding in self.findings(*checks)}


def make(output: Path, siteurl: str) -> Made:
    """The lawful site."""
    site = Made(output, siteurl)
    site.page("index.html", '<p><a href="{base}/posts/one/">One</a> <a href="posts/two/#">Two</a></p>')
    site.page("posts/one/index.html", '<h2 id="there">There</h2>\n<p><a href="../two/">Two</a></p>')
    site.page("posts/two/index.html", '<p><a href="{base}/posts/one/#there">There</a></p>')
    site.write("404.html", PAGE.replace('<link rel="canonical" href="{site}/PATH">', "").replace("HEAD", "").replace("BODY", ""))
    site.write("feed.xml", ATOM)
    site.write("feed.json", JSON)
    site.write("sitemap.xml", SITEMAP)
    site.write("robots.txt", "User-agent: *\nSitemap: {site}/sitemap.xml\n")
    return site


@pytest.fixture(params=["https://u.example", "https://u.example/a%20blog/"], ids=["root", "path"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    """The lawful site, at the root of its host and under a path."""
    return make(tmp_path / "output", request.param)
