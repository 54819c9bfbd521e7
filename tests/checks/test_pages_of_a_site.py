"""Pages of a built site: valid HTML, and what is asked of every page beside."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from alcatraz.checks import Nu, find_nu
from alcatraz.errors import ToolError
from tests.conftest import lacking

if TYPE_CHECKING:
    from tests.checks.conftest import Made

LAWFUL = """\
<header><h2>Site</h2><nav aria-label="Site"><ul role="list"><li><a href="#main">Main</a></li></ul></nav></header>
<main id="main"><h2>Part</h2><h3>Section</h3><h2>Part</h2>
<figure><a href="robots.txt"><img src="a.svg" alt="" width="1" height="1" loading="lazy"></a><figcaption>Title</figcaption></figure>
<div class="code"><pre tabindex="0"><code class="language-nix"><span class="k">let</span> x = 1 &amp; 2;</code></pre></div>
<aside class="alert note" aria-label="Note"><p>Note</p></aside>
<p>Text<sup id="fnref-1"><a href="#fn-1" role="doc-noteref">1</a></sup>, <kbd>x</kbd>, <del>y</del>, <math><msup><mi>x</mi><mn>2</mn></msup></math></p>
<div class="math"><math display="block"><mfrac><mn>1</mn><mi>n</mi></mfrac></math></div>
<svg viewBox="0 0 24 24" aria-hidden="true"><title>Mark</title><path d="M0 0h3"/></svg>
<div class="table" tabindex="0" role="region" aria-label="Table"><table><thead><tr><th>A<tbody><tr><td>B</table></div>
<ul><li class="task"><input type="checkbox" disabled aria-label="done"> Done</ul>
<dl><dt>A<dd>B</dl><details><summary>More</summary><p>Less</p></details>
<search><form action="{base}/"><label for="q">Find</label> <input type="search" id="q" name="q">
<select aria-label="In"><option>A<hr><option>B</select></form></search>
<section role="doc-endnotes" aria-label="Notes"><ol><li id="fn-1"><p>Note <a href="#fnref-1" role="doc-backlink">↩</a></ol></section>
</main>
<script>if (1 < 2 && "<p>") document.title = "x</p>";</script>
"""
STYLE = "<style>@container (width > 30em) { a:not([href]) > b { text-box: trim-both cap alphabetic } }</style>"


def test_what_html_allows_is_no_finding(site: Made) -> None:
    """Every kind of thing that our pages are made of passes, read by html5lib."""
    site.write("a.svg", "<svg/>")
    site.page("index.html", LAWFUL, STYLE)
    assert site.findings() == ()


@pytest.fixture(scope="session")
def nu() -> Nu:
    """The Nu HTML Checker of this machine."""
    found = find_nu(Path(__file__).parents[2])
    if found is None:
        lacking("the Nu HTML Checker (Java and the npm package vnu-jar)")
    return found


def test_the_nu_checker_judges_all_pages_in_one_run(site: Made, nu: Nu) -> None:
    """Its errors come with the page they are in, whatever its name; what it says of new CSS and what we say ourselves does not."""
    site.write("a.svg", "<svg/>")
    site.page("index.html", LAWFUL, STYLE)
    site.write("piece.html", "<p><div></p>")
    site.page("ü b/index.html", '<p id="a"><q cite="a b">x</q></p><p id="a"><dt>A</dt></p>')
    findings = site.findings("html", nu=nu)
    assert {(finding.path, finding.rule) for finding in findings} == {
        ("output/ü b/index.html", "duplicate-id"),
        ("output/ü b/index.html", "html-valid"),
    }
    assert all(finding.line for finding in findings)
    assert any("dt" in finding.message and "`" in finding.message for finding in findings)


def test_the_nu_checker_looks_behind_a_link(site: Made, nu: Nu) -> None:
    """An output that is reached by a symbolic link, or lies in a hidden folder, is looked at like another."""
    site.page("index.html", "<dt>A</dt>")
    hidden = site.output.parent / ".hidden"
    site.output.rename(hidden)
    site.output.symlink_to(hidden)
    assert {finding.path for finding in site.findings("html", nu=nu)} == {"output/index.html"}


def test_what_the_nu_checker_prints_is_read(site: Made, tmp_path: Path) -> None:
    """Its messages name a page by its URL; those of files that are no pages are left out."""
    site.page("ü b/index.html")
    site.write("piece.html", "<p>")
    pages = [(site.output / path).as_uri().replace("file://", "file:") for path in ("ü b/index.html", "piece.html")]
    messages = [{"url": page, "lastLine": 3, "message": "Stray tag.", "extract": "a\n</b> c"} for page in pages]
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps({'messages': messages})}\nEND\n")
    java.chmod(0o755)
    (finding,) = site.findings("html", nu=Nu(str(java), Path("vnu.jar")))
    assert (finding.path, finding.line, finding.rule) == ("output/ü b/index.html", 3, "html-valid")
    assert finding.message == "Stray tag, at `a </b> c`"


def test_a_jar_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """VNU_JAR names a file, relative to the blog's folder; one that is not there is not passed over."""
    with pytest.raises(ToolError, match="VNU_JAR"):
        find_nu(tmp_path, "none.jar")


@pytest.mark.parametrize(("program", "target"), [("vnu", "vnu-jar/vnu-jar.js"), ("npm", "npm/bin/npm-cli.js")])
def test_it_is_found_among_the_global_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, target: str) -> None:
    """By the links that npm has made, and without starting anything; the blog's own goes before."""
    packages, programs = tmp_path / "lib" / "node_modules", tmp_path / "bin"
    jar = "vnu-jar/build/dist/vnu.jar"
    for path in (packages / target, packages / jar, programs / "java"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\nexit 1\n")
        path.chmod(0o755)
    (programs / program).symlink_to(packages / target)
    monkeypatch.setenv("PATH", str(programs))
    assert find_nu(tmp_path) == Nu(str(programs / "java"), packages / jar)
    own = tmp_path / "node_modules" / jar
    own.parent.mkdir(parents=True)
    own.touch()
    assert find_nu(tmp_path) == Nu(str(programs / "java"), own)


def test_a_checker_that_does_not_run_is_an_error(site: Made) -> None:
    """The last line it printed is told."""
    broken = Nu(sys.executable, Path("none.jar"))
    with pytest.raises(ToolError, match="did not run"):
        site.findings("html", nu=broken)


def test_an_error_in_html_shows_its_place(site: Made) -> None:
    """A fault of a post has no line of the author's, so the HTML around it is shown."""
    site.sources["index.html"] = "content/pages/home.md"
    site.page("index.html", "<p>Before <b>the <i>fault</b> and</i> after</p>")
    findings = site.findings("html")
    assert {finding.path for finding in findings} == {"content/pages/home.md"}
    assert all("the <i>fault</b> and" in finding.message for finding in findings)


def test_lines_are_counted_through_scripts_and_styles(site: Made) -> None:
    """What is left out before html5lib reads a page does not shift the line that it names."""
    site.page("index.html", "<p><div>Text</div></p>", head="<style>\na {\n}\n</style>\n<script>\n</script>")
    (finding,) = site.findings("html")
    lines = (site.output / "index.html").read_text().splitlines()
    assert lines[finding.line - 1] == "<p><div>Text</div></p>"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("google123.html", "google-site-verification: google123.html"),
        ("piece.html", "<p><div>A piece that a script puts into a page</p>"),
        ("notes.txt", "<html><p><div></p></html>"),
    ],
)
def test_what_is_no_page_is_let_be(site: Made, path: str, text: str) -> None:
    """A file without a doctype and without <html> is a piece of HTML, not a page."""
    site.write(path, text)
    assert site.findings() == ()


def test_a_redirect_needs_no_heading(site: Made) -> None:
    """A page that sends on at once needs a title, and its canonical address is that of another page."""
    head = '<meta http-equiv="refresh" content="0; url={base}/posts/one/">'
    site.page("old/index.html", head=head)
    site.change("old/index.html", "<h1>A page</h1>", "")
    site.change("old/index.html", "{site}/old/", "{site}/posts/one/")
    assert site.findings() == ()


@pytest.mark.parametrize(
    ("canonical", "is_found"),
    [
        ("{site}/", False),
        ("{site}/index.html", False),
        ("https://first.example/where/it/was/printed/", False),
        ("{base}/", True),
        ("{site}/posts/one/", True),
        ('{site}/"><link rel="canonical" href="{site}/', True),
    ],
)
def test_a_canonical_address_is_whole_and_the_pages_own(site: Made, canonical: str, is_found: bool) -> None:
    """It may be another site's, where a text was printed first; never another page's of this one."""
    site.change("index.html", 'rel="canonical" href="{site}/"', f'rel="canonical" href="{canonical}"')
    assert site.rules("html") == ({"canonical"} if is_found else set())


def test_a_page_that_no_list_may_show_needs_no_canonical_address(site: Made) -> None:
    """A draft, an unlisted page or 404.html is not what search engines should find."""
    site.change("index.html", '<link rel="canonical" href="{site}/">', '<meta name="robots" content="noindex">')
    assert site.findings("html") == ()


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2><h3>E</h3>", set()),
        ("<h2>A</h2><h4>B</h4>", {"heading-levels"}),
        ("<h2>A</h2><h3>B</h3><h2>C</h2><h4>D</h4>", {"heading-levels"}),
    ],
)
def test_headings_go_down_one_level_at_a_time(site: Made, body: str, rules: set[str]) -> None:
    """A heading may come up any number of levels, and go down by one."""
    site.page("index.html", body)
    assert site.rules("html") == rules


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<title>A page</title>", "<title> </title>", "page-title"),
        ("<title>A page</title>", "<title>A</title><title>B</title>", "page-title"),
        ('lang="en"', 'lang=""', "page-lang"),
        ('lang="en"', 'lang="English, mostly"', "page-lang"),
        ("<h1>A page</h1>", "", "one-h1"),
        ("<h1>A page</h1>", '<h1>A page</h1><p><a href="JavaScript:stop()">Stop</a></p>', "inline-script"),
        ("<h1>A page</h1>", '<h1>A page</h1><svg><path style="fill: red"/></svg>', "inline-style"),
        ("<h1>A page</h1>", '<h1>A page</h1><img src="{base}/robots.txt" alt="">', "image-size"),
    ],
)
def test_what_every_page_must_have(site: Made, old: str, new: str, rule: str) -> None:
    """A title, a language, one h1, scripts and styles where a strict policy lets them be, room for its pictures."""
    site.change("index.html", old, new)
    assert site.rules("html") == {rule}


def article(words: int, markup: str = "word") -> str:
    """An article of so many words."""
    return f"<article class='h-entry'><div class='e-content'>{f'{markup} ' * words}</div></article>"


@pytest.mark.parametrize(
    ("words", "style", "is_heavy"),
    [
        (1_000, 24_000, False),
        (1_000, 25_000, True),
        (200, 29_500, True),
        (20_000, 24_000, False),  # 100,000 bytes more, all of them text
        (20_000, 25_000, True),
    ],
)
def test_the_weight_of_a_page_of_text(site: Made, words: int, style: int, is_heavy: bool) -> None:
    """30,000 bytes for up to 1,000 words, style included; a longer text adds its own bytes and no more."""
    site.page("index.html", article(words), head=f"<style>/*{'x' * style}*/</style>")
    found = site.rules("html")
    assert found == ({"page-budget"} if is_heavy else set())


@pytest.mark.parametrize("head", ['<link rel="stylesheet" href="a.css">', '<script src="a.css"></script>'])
def test_what_a_page_loads_is_part_of_its_weight(site: Made, head: str) -> None:
    """A style sheet or script in a file of its own weighs as one in the page."""
    site.write("a.css", "x" * 26_000)
    site.page("index.html", article(1_000), head=head)
    assert site.rules("html") == {"page-budget"}


def test_the_fonts_of_a_style_sheet_are_part_of_a_pages_weight(site: Made) -> None:
    """What a page's style sheet loads comes with the page."""
    site.write("a.css", "@font-face{src:url(a.woff2)}")
    site.write("a.woff2", "x" * 26_000)
    site.page("index.html", article(1_000), head='<link rel="stylesheet" href="a.css">')
    assert site.rules("html") == {"page-budget"}


def test_a_page_with_a_picture_has_no_budget(site: Made) -> None:
    """The budget is for text: the markup of pictures and their variants is not measured by words."""
    site.write("a.svg", "<svg/>")
    picture = '<img src="a.svg" alt="" width="1" height="1">'
    site.page("index.html", article(900).replace("</div>", picture + "</div>"), head=f"<style>/*{'x' * 40_000}*/</style>")
    assert site.findings("html") == ()


def test_a_page_that_is_no_article_has_no_budget(site: Made) -> None:
    """Lists may be as long as what they list."""
    site.page("index.html", "<article>A</article><article>B</article>", head=f"<style>/*{'x' * 40_000}*/</style>")
    assert site.findings("html") == ()


def test_an_article_without_microformats_is_weighed_too(site: Made) -> None:
    """Of a theme without microformats, the one <article> of a page is its text."""
    site.page("index.html", "<article>Few words.</article>", head=f"<style>/*{'x' * 40_000}*/</style>")
    assert site.rules("html") == {"page-budget"}


def test_chinese_words_are_counted(site: Made) -> None:
    """A script without spaces between words is counted by its characters."""
    site.page("index.html", article(1, "字" * 20_000))
    assert site.findings("html") == ()
