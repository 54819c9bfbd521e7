"""What a built site has beside its pages, from the author's files to bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html

if TYPE_CHECKING:
    from tests.conftest import Blog

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = ("feed.xml", "feed.json")


def atom(blog: Blog, path: str = "feed.xml") -> Any:
    """A feed of the built site."""
    return etree.fromstring(blog.page(path).encode())


def ids(blog: Blog, path: str = "feed.xml") -> list[str]:
    """The posts in a feed."""
    return [str(each) for each in atom(blog, path).xpath("//a:entry/a:id/text()", namespaces=ATOM)]


def mapped(blog: Blog) -> list[str]:
    """The addresses in the site map."""
    return [str(each) for each in etree.fromstring(blog.page("sitemap.xml").encode()).xpath("//*[local-name()='loc']/text()")]


def test_a_site_its_categories_and_its_tags_have_feeds(blog: Blog) -> None:
    """Each beside its page, newest post first."""
    blog.post("one", date="2026-11-01", categories="[Food]", tags="[nix]")
    blog.post("two", date="2026-11-02", tags="[nix]")
    blog.build()
    one, two = "https://test.example/posts/one/", "https://test.example/posts/two/"
    assert ids(blog) == [two, one]
    assert ids(blog, "categories/food/feed.xml") == [one]
    assert ids(blog, "tags/nix/feed.xml") == [two, one]
    tagged = json.loads(blog.page("tags/nix/feed.json"))
    assert [item["id"] for item in tagged["items"]] == [two, one]
    assert tagged["title"] == "A test: nix"
    assert tagged["home_page_url"] == "https://test.example/tags/nix/"
    assert tagged["feed_url"] == "https://test.example/tags/nix/feed.json"


def test_a_site_without_posts_has_no_feed(blog: Blog) -> None:
    """Its moment would be the clock's. A map it has."""
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nHello.\n")
    blog.build()
    assert not [path for path in blog.files() if path.endswith(FEEDS)]
    assert "https://test.example/about/" in mapped(blog)


def test_drafts_and_unlisted_posts_are_told_of_nowhere(blog: Blog) -> None:
    """Not in feeds, not in the map, not even where a preview shows them."""
    blog.post("one")
    blog.post("draft", draft="true", tags="[hidden]")
    blog.post("coming", date="2027-01-01", tags="[hidden]")
    blog.post("unlisted", unlisted="true", tags="[hidden]")
    blog.build(drafts=True)
    assert ids(blog) == ["https://test.example/posts/one/"]
    assert not [path for path in blog.files() if path.startswith("tags/") and path.endswith(FEEDS)]
    assert [url for url in mapped(blog) if "/posts/" in url] == ["https://test.example/posts/one/"]
    assert not [url for url in mapped(blog) if url.endswith(("/search/", "/404.html", "/tags/hidden/"))]


@pytest.mark.parametrize("site", ["https://test.example", "https://u.example/blog"])
def test_every_link_in_a_feed_is_absolute(blog: Blog, site: str) -> None:
    """Links to posts, to anchors, to files beside the post, to notes, and pictures; for a site under a path too."""
    blog.overrides["SITEURL"] = site
    blog.post(
        "one",
        """\
        ## Tuesday

        See [that](../two/index.md), [here](#tuesday), [root](/about/), [the file](a.txt) and [far](https://x.example/).[^1]

        ![A drawing](a.svg)

        <video src="a.webm" poster="/p.jpg"></video>

        [^1]: A note.
        """,
        image="a.svg",
    )
    blog.post("two", date="2026-10-01")
    blog.write("content/posts/one/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>')
    blog.write("content/posts/one/a.txt", "text")
    blog.write("content/posts/one/a.webm", b"film")
    blog.build()
    content = atom(blog).findtext("a:entry/a:content", namespaces=ATOM)
    links = [value for _, name, value, _ in html.fromstring(content).iterlinks() if name]
    assert [link for link in links if not link.startswith(("https://", "http://"))] == []
    assert {f"{site}/posts/two/", f"{site}/posts/one/#tuesday", f"{site}/posts/one/#fn-1", "https://x.example/"} <= set(links)
    assert [link for link in links if link.startswith(f"{site}/posts/one/a.") and link.endswith(".svg")]
    item = json.loads(blog.page("feed.json"))["items"][0]
    assert item["content_html"] == content
    assert item["image"].startswith(f"{site}/posts/one/a.")


def test_a_feed_tells_of_the_newest_posts(blog: Blog) -> None:
    """As many as Pelican's own setting says."""
    blog.overrides["FEED_MAX_ITEMS"] = 2
    for day in range(1, 5):
        blog.post(f"p{day}", date=f"2026-11-0{day}")
    blog.build()
    assert ids(blog) == ["https://test.example/posts/p4/", "https://test.example/posts/p3/"]


def test_an_alias_leads_to_the_post(blog: Blog) -> None:
    """From a page that names the post's address, is known to come from the post, and is on no map."""
    blog.overrides["SITEURL"] = "https://u.example/blog"
    source = blog.post("one", aliases="[/old/one/, /2019/one.html]")
    report = blog.build()
    for path in ("old/one/index.html", "2019/one.html"):
        assert 'href="/blog/posts/one/"' in blog.page(path)
        assert "https://u.example/blog/posts/one/" in blog.page(path)
        assert report.sources[path] == source.relative_to(blog.root).as_posix()
    assert not [url for url in mapped(blog) if "old" in url or "2019" in url]


def test_a_wrong_alias_is_found_before_anything_is_written(blog: Blog) -> None:
    """With the file and the line of the key."""
    blog.post("one")
    blog.post("two", aliases="[/posts/one/, /sitemap.xml/x]")
    found = [finding for finding in blog.build().findings if finding.rule == "alias"]
    assert [(finding.path, finding.line) for finding in found] == [("content/posts/two/index.md", 5)] * 2
    assert "content/posts/one/index.md" in found[0].message


def test_posts_know_their_neighbours_and_their_series(blog: Blog) -> None:
    """The page of the middle one links to both others."""
    for day in (1, 2, 3):
        blog.post(f"part-{day}", date=f"2026-11-0{day}", series="Parts", tags="[nix]")
    blog.build()
    page = html.fromstring(blog.page("posts/part-2/index.html"))
    assert {"/posts/part-1/", "/posts/part-3/"} <= {link for _, _, link, _ in page.iterlinks()}


def test_two_builds_give_the_same_bytes(blog: Blog) -> None:
    """Feeds, map and redirects included."""
    for day in range(1, 4):
        blog.post(f"p{day}", date="2026-11-01", tags="[a, b]", categories="[C]", aliases=f"[/o{day}/]")
    blog.build()
    first = blog.files()
    blog.build()
    assert blog.files() == first
