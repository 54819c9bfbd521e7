"""Links of a built site: what leads somewhere, what does not, and what asks another host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alcatraz.checks.stylesheets import addresses_in

if TYPE_CHECKING:
    from tests.checks.conftest import Made


@pytest.mark.parametrize(
    "link",
    [
        "https://other.example/no/idea",
        "http://u.example:8080/",
        "//other.example/",
        "https://[2001:db8::1]/",
        "mailto:ada@u.example",
        "mailto:?subject=Read%20this",
        "tel:+44-20",
        "",
        "#",
        "#top",
        "#home",
        "#:~:text=A%20page",
        "posts/one/#there:~:text=There",
        "posts/one/?q=a#there",
        "./posts/../posts/one/",
        "{base}/posts/one/index.html",
        "{site}/posts/one/#there",
        "{site}/posts/./one/",
        " {base}/posts/one/\n",
        "{base}/a%20b/%C3%BC.txt",
        "a%20b/ü.txt",
        "robots.txt",
    ],
)
def test_a_link_that_leads_somewhere_is_no_finding(site: Made, link: str) -> None:
    """Links within the site in every lawful form, and links to elsewhere, are let be."""
    site.write("a b/ü.txt", "")
    site.page("index.html", f'<p id="home"><a href="{link}">Link</a></p>')
    assert site.findings("links") == ()


def test_a_host_may_give_out_a_page_without_its_ending(site: Made) -> None:
    """`x` is x.html where that page says so in its canonical address, and nothing where it does not."""
    for name in ("said", "unsaid"):
        site.page(f"{name}.html", '<h2 id="there">There</h2>')
    site.change("said.html", "{site}/said.html", "{site}/said")
    site.page("index.html", '<p><a href="{base}/said#there">One</a> <a href="{base}/unsaid">Other</a> <a href="{base}/said/">No</a></p>')
    assert [(finding.rule, finding.message.partition(", ")[0].rpartition("/")[2]) for finding in site.findings("links", "html")] == [
        ("link-missing", ""),
        ("link-missing", "unsaid"),
    ]


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("posts/one/#There", "link-fragment"),
        ("#there", "link-fragment"),
        ("{site}/posts/one/#elsewhere", "link-fragment"),
        ("{site}/posts/none/", "link-missing"),
        ("{base}/posts/One/", "link-missing"),
        ("posts//one/", "link-missing"),
        ("{base}/posts", "link-folder"),
        ("{site}/posts/one", "link-slash"),
        ("https:/u.example/", "link-form"),
        ("http://", "link-form"),
        ("https://u.example:port/", "link-form"),
        ("https://[u.example/", "link-form"),
        ("https://a b.example/", "link-form"),
        ("a b.html", "link-form"),
        ("100%.html", "link-form"),
        ("%FF.html", "link-form"),
        ("mailto:ada", "link-form"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_finding(site: Made, link: str, rule: str) -> None:
    """A link that leads to nothing, or is none, is found with what is wrong with it."""
    site.page("index.html", f'<p><a href="{link}">Link</a></p>')
    (finding,) = site.findings("links")
    assert (finding.path, finding.rule) == ("output/index.html", rule)


def test_a_link_names_its_line_in_the_page(site: Made) -> None:
    """Where no source of a page is known, the finding has the line of the output file."""
    site.page("index.html", '<p>\n<a href="none/">Link</a></p>')
    (finding,) = site.findings("links")
    assert finding.line == 12


def test_a_finding_names_the_authors_file(site: Made) -> None:
    """Where the source of a page is known, the finding names that, and no line, since the page's lines are not the author's."""
    site.sources["index.html"] = "content/pages/home.md"
    site.page("index.html", '<a href="none/">Link</a>')
    (finding,) = site.findings("links")
    assert (finding.path, finding.line) == ("content/pages/home.md", 0)
    assert finding.message.endswith("/none/, which is not in the site")


def test_one_dead_link_in_page_and_feeds_is_one_finding(site: Made) -> None:
    """What a post says, its feeds say too: its author is told once."""
    site.sources["posts/two/index.html"] = "content/posts/two.md"
    site.page("posts/two/index.html", '<a href="../none/#x">None</a>')
    site.change("feed.xml", "{site}/posts/one/#there", "{site}/posts/none/#x")
    site.change("feed.json", "{site}/posts/one/#there", "{site}/posts/none/#x")
    assert [finding.path for finding in site.findings("links")] == ["content/posts/two.md"]


def test_feeds_are_looked_at(site: Made) -> None:
    """Links and pictures in a feed are held to what those of pages are, each named with the feed's file."""
    site.change("feed.xml", "{site}/posts/one/#there", "{site}/posts/one/#nowhere")
    site.change("feed.json", '"items"', '"icon": "https://icons.example/a.png", "items"')
    found = [(finding.path, finding.rule) for finding in site.findings("links")]
    assert found == [("output/feed.json", "other-host"), ("output/feed.xml", "link-fragment")]


def test_the_right_letter_case_is_suggested(site: Made) -> None:
    """A link that differs from a file by case or Unicode form alone is told the file's name."""
    site.write("Fotos/ü.txt", "")
    site.page("index.html", '<a href="fotos/u%CC%88.txt">Link</a>')
    (finding,) = site.findings("links")
    assert finding.rule == "link-missing"
    assert "/Fotos/ü.txt" in finding.remedy


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<link rel="stylesheet" href="https://cdn.example/a.css">', ""),
        ('<link rel="icon" href="//cdn.example/a.ico">', ""),
        ('<link rel="preload" as="font" href="https://cdn.example/a.woff2">', ""),
        ('<link rel="preconnect" href="https://cdn.example">', ""),
        ('<link rel="preload" as="image" imagesrcset="https://cdn.example/a.png 2x">', ""),
        ("<style>@import 'https://cdn.example/a.css';</style>", ""),
        ("<style>@font-face{src:url( https://cdn.example/a.woff2 )}</style>", ""),
        ("", '<img src="https://cdn.example/a.png" alt="">'),
        ("", '<img srcset="https://cdn.example/a.png 2x" src="robots.txt" alt="">'),
        ("", '<picture><source srcset="robots.txt, https://cdn.example/a.png"><img src="robots.txt" alt=""></picture>'),
        ("", '<iframe src="https://cdn.example/"></iframe>'),
        ("", '<video poster="https://cdn.example/a.png"></video>'),
        ("", '<video><source src="https://cdn.example/a.mp4"></video>'),
        ("", '<object data="https://cdn.example/a.svg"></object>'),
        ("", '<svg><use href="https://cdn.example/a.svg#b"/></svg>'),
        ("", '<svg><image xlink:href="https://cdn.example/a.png"/></svg>'),
        ("", "<script src='http://u.example:8080/a.js'></script>"),
    ],
)
def test_a_page_that_asks_another_host_is_a_finding(site: Made, head: str, body: str) -> None:
    """Whatever a browser fetches by itself comes from the site's own origin."""
    site.page("index.html", body, head)
    assert site.rules("links") == {"other-host"}


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<link rel="me" href="https://social.example/@ada"><link rel="license" href="https://l.example/">', ""),
        ('<link rel="icon" href="data:image/svg+xml,%3Csvg/%3E">', ""),
        ('<meta property="og:image" content="https://cdn.example/a.png">', ""),
        (
            "<style>@namespace url(http://www.w3.org/1999/xhtml); a{background:url(\"data:image/svg+xml,<svg a='b'/>\")}</style>",
            "",
        ),
        ("<style>/* url(https://cdn.example/a.png) */ a::before{content:'url(https://cdn.example/)'}</style>", ""),
        ("", '<a href="https://cdn.example/a.png">A picture elsewhere</a>'),
        ("", '<blockquote cite="https://book.example/">Words</blockquote>'),
        ("", '<svg xmlns="http://www.w3.org/2000/svg"><title>Mark</title><path fill="url(#a)"/></svg>'),
        ("", '<img src="{site}/robots.txt" srcset="robots.txt 1x, {base}/robots.txt 2x" alt="">'),
    ],
)
def test_a_page_that_asks_nobody_else_is_no_finding(site: Made, head: str, body: str) -> None:
    """What only names another host, or carries its data itself, is let be."""
    site.page("index.html", body, head)
    assert site.findings("links") == ()


def test_style_sheets_are_looked_at(site: Made) -> None:
    """What a style sheet asks for is looked up from where the sheet stands."""
    site.write("theme/a.css", '@import "b.css"; @import url("https://cdn.example/c.css"); a{background:url(d.png)}')
    site.write("theme/d.png", "")
    found = {(finding.path, finding.rule) for finding in site.findings("links")}
    assert found == {("output/theme/a.css", "link-missing"), ("output/theme/a.css", "other-host")}


def test_the_addresses_of_a_style_sheet_are_read_as_css() -> None:
    """Comments and strings hide what is in them; quotes, escapes and white space are undone."""
    css = r"""
    @IMPORT 'a.css' layer(x); @import url( b.css );
    /* url(no.png) "*/ a { background: URL("c (1).png"), url(d\20 e.png), url('f\).png') } a::before { content: "/* url(no.png)" }
    @namespace svg url(http://www.w3.org/2000/svg);
    """
    assert list(addresses_in(css)) == ["a.css", "b.css", "c (1).png", "d e.png", "f).png"]


def test_a_base_moves_the_links_of_its_page(site: Made) -> None:
    """Links are looked up from <base href>, as browsers do."""
    site.page("index.html", '<a href="../two/">Two</a>', head='<base href="{base}/posts/one/">')
    assert site.findings("links") == ()


def test_a_redirect_leads_somewhere(site: Made) -> None:
    """The address in a page's refresh is a link like others."""
    site.page("old/index.html", head='<meta http-equiv="refresh" content="0; url={base}/posts/none/">')
    assert site.rules("links") == {"link-missing"}


def test_a_folder_that_differs_by_case_is_found_once(site: Made) -> None:
    """Of two folders that a disk may take for one, what is in them is not found too."""
    site.write("Posts/one/index.html", "")
    (finding,) = site.findings("links")
    assert finding.message == "Posts and posts differ by letter case or Unicode form alone"


def test_unicode_forms_are_twins(site: Made) -> None:
    """Two paths that look the same, one composed and one not, are found."""
    site.write("\u00fc.txt", "")
    site.write("u\u0308.txt", "")
    assert site.rules("links") == {"path-twins"}


def test_a_link_past_the_site_by_its_full_address_is_let_be(site: Made) -> None:
    """Another site on the same host may be linked to, by an address that says so."""
    site.page("index.html", '<a href="https://u.example/wiki/x.txt">Wiki</a>')
    site.write("wiki/x.txt", "")
    assert site.findings("links") == ()


def test_a_relative_link_past_the_site_is_a_finding(site: Made) -> None:
    """A link that climbs out of the site's path is found; at the root of a host there is no out."""
    site.page("posts/one/index.html", '<h2 id="there">There</h2><a href="../../../posts/one/">One</a>')
    assert site.rules("links") == (set() if site.siteurl == "https://u.example" else {"link-base"})


def test_what_lists_and_feeds_show_of_a_post_is_told_once(site: Made) -> None:
    """A dead link of a post is told at its source, and not again for the feed and the list that show the post's text."""
    dead = '<p><a href="{base}/gone/">Gone</a></p>'
    site.sources["posts/one/index.html"] = "content/posts/one/index.md"
    site.page("posts/one/index.html", '<h2 id="there">There</h2>' + dead)
    site.page("tags/a/index.html", dead)
    site.change("feed.xml", "&lt;p&gt;Text.", '&lt;p&gt;&lt;a href="{site}/gone/"&gt;Gone&lt;/a&gt;')
    assert [finding.path for finding in site.findings("links")] == ["content/posts/one/index.md"]
    site.page("posts/one/index.html", '<h2 id="there">There</h2>')
    assert {finding.path for finding in site.findings("links")} == {"content/posts/one/index.md", "output/tags/a/index.html"}
