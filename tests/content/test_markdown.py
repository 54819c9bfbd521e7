"""Markdown: each thing a post is made of, from source to HTML."""

from __future__ import annotations

import pytest

from alcatraz.content.document import Document, TocEntry
from alcatraz.content.markdown import Place, render

PLACE = Place("content/posts/one/index.md", "posts/one", first_line=5)


def read(body: str, *, math: bool = False) -> Document:
    document, errors = render(body, PLACE, math=math)
    assert errors == []
    return document


def html(body: str, *, math: bool = False) -> str:
    return read(body, math=math).html


def test_smart_punctuation() -> None:
    """Quotes, dashes and ellipses are real ones."""
    assert html('"It\'s" -- well...\n') == "<p>“It’s” – well…</p>\n"


def test_headings_link_to_themselves() -> None:
    """A heading has an anchor of its words, or the one that is given, and links to it."""
    assert html("## Über *alles*\n") == '<h2 id="uber-alles"><a href="#uber-alles">Über <em>alles</em></a></h2>\n'
    assert html("## Tuesday {#two}\n") == '<h2 id="two"><a href="#two">Tuesday</a></h2>\n'


def test_equal_headings_have_different_anchors() -> None:
    """The second of two equal headings gets a number, and never one that is taken."""
    assert read("## A\n\n## A\n\n## A 2\n").anchors == {"a", "a-2", "a-2-2"}


def test_a_heading_with_a_link_is_not_wrapped_in_another() -> None:
    """A link must not hold a link."""
    assert html("## See [this](https://x.example)\n") == '<h2 id="see-this">See <a href="https://x.example">this</a></h2>\n'


def test_an_empty_heading_links_nowhere() -> None:
    """CommonMark has headings without a word, or with a picture of none: their link would be announced without one too."""
    document = read("##\n\n## ![](a.png)\n\n## A\n")
    assert '<h2 id="section"></h2>' in document.html
    assert '<h2 id="section-2"><img' in document.html
    assert document.toc == (TocEntry("a", "A", 2),)


def test_contents_nest_by_level() -> None:
    """The table of contents is a tree, even where a level is skipped."""
    toc = read("## A\n\n#### Deep\n\n### B\n\n## C\n").toc
    assert toc == (
        TocEntry("a", "A", 2, (TocEntry("deep", "Deep", 4), TocEntry("b", "B", 3))),
        TocEntry("c", "C", 2),
    )


def test_a_heading_of_the_first_level_is_a_finding() -> None:
    """The title is the page's first heading; a second one is named with its line."""
    (finding,) = read("Text.\n\n# Again\n").findings
    assert (finding.rule, finding.line) == ("heading", 7)


def test_an_image_alone_is_a_figure() -> None:
    """Its title is the caption's title, and is not repeated as a tooltip."""
    assert html('![A crowd](images/c.jpg "Some of us")\n') == (
        '<figure><img src="{static}/posts/one/images/c.jpg" alt="A crowd" loading="lazy">'
        '<figcaption><strong class="title">Some of us</strong></figcaption></figure>\n'
    )


def test_an_image_in_a_sentence_is_no_figure() -> None:
    """Only a picture that stands alone is set apart."""
    assert "<figure" not in html("Look: ![x](a.png)\n")


def test_a_figure_has_caption_credit_and_link() -> None:
    """A picture that is defined has its definitions as caption and credit, with inline Markdown in both."""
    found = html('[![A](a.jpg "T")](a.jpg)\n: Left: **Ann**.\n: Credit: [Bo](https://bo.example)\n')
    assert '<figure><a href="{static}/posts/one/a.jpg"><img src="{static}/posts/one/a.jpg" alt="A"' in found
    assert '<span class="caption">Left: <strong>Ann</strong>.</span>' in found
    assert '<small class="credit"><a href="https://bo.example">Bo</a></small>' in found


def test_terms_and_pictures_may_share_a_list() -> None:
    """Of one definition list the pictures become figures and the words stay a list, in their order."""
    found = html("word\n: meaning\n\n![p](p.png)\n: caption\n\nother\n: sense\n")
    assert found.index("<dt>word</dt>") < found.index("<figure>") < found.index("<dt>other</dt>")
    assert found.count("<dl>") == found.count("</dl>") == 2


def test_a_figure_without_alternative_text_speaks_its_title() -> None:
    """The title stands in for missing words, and the author is asked for better ones."""
    document = read('Text.\n\n![](a.jpg "Title")\n')
    assert 'alt="Title"' in document.html
    (finding,) = document.findings
    assert (finding.path, finding.line, finding.rule) == (PLACE.path, 7, "alt-text")


def test_code_has_classes_title_and_highlighted_lines() -> None:
    """A fence may say a title and lines beside its language."""
    found = html('```nix title="flake.nix" {2}\n{\n  a = 1;\n}\n```\n')
    assert '<p class="code-title">flake.nix</p><pre tabindex="0"><code class="language-nix">' in found
    assert found.count('<span class="hll">') == 1
    assert found.index("{") < found.index('<span class="hll">') < found.index(">a</span>") < found.index("}")


@pytest.mark.parametrize("language", ["nix", "python", "rust", "shell", "console", "diff", "toml", "yaml", "html", "text"])
def test_languages_a_blog_needs_are_known(language: str) -> None:
    """The languages that posts are full of have a lexer."""
    assert read(f"```{language}\na = 1\n```\n").findings == ()


def test_an_unknown_language_is_a_finding() -> None:
    """The code is shown plain, and the author is told where."""
    document = read("Text\n\n```klingon\nQapla' <b>\n```\n")
    (finding,) = document.findings
    assert (finding.rule, finding.line) == ("code-language", 7)
    assert "Qapla' &lt;b&gt;" in document.html


def test_an_unknown_language_keeps_its_name() -> None:
    """What the fence says stays in the page: a plugin or a script of the blog's own may know the language."""
    assert html("```mermaid {1}\na\nb\n```\n") == (
        '<div class="code"><pre tabindex="0"><code class="language-mermaid"><span class="hll">a\n</span>b\n</code></pre></div>\n'
    )


def test_rich_fences_keep_their_order() -> None:
    """Titles belong to their own block, also where an indented block or a plain one stands between."""
    found = html('```py title="one"\n1\n```\n\n    indented\n\n- x\n\n  ```py title="two"\n  2\n  ```\n')
    first, rest = found.split("indented")
    assert ">one</p>" in first
    assert ">two</p>" in rest


def test_alerts_are_named() -> None:
    """An alert is an aside with its name as a word."""
    assert html("> [!WARNING]\n> Mind.\n") == (
        '<aside class="alert warning" aria-label="Warning">\n<p class="alert-title">Warning</p>\n<p>Mind.</p>\n</aside>\n'
    )


def test_notes_are_gathered_in_the_order_of_their_mention() -> None:
    """Notes stand at the end, numbered by first mention, with a way back; one nobody mentions is left out."""
    document = read("A[^b] and[^a] again[^b].\n\n[^a]: First.\n\n[^b]: Second, see[^c].\n\n[^c]: Third.\n\n[^d]: Never.\n")
    assert document.has_notes
    body, notes = document.html.split('<section class="footnotes"')
    assert body.count('href="#fn-1"') == 2
    assert 'id="fnref-1-2"' in body
    assert [notes.index(word) for word in ("Second", "First", "Third")] == sorted(
        notes.index(word) for word in ("Second", "First", "Third")
    )
    assert "Never" not in document.html
    assert '<li id="fn-1" class="footnote"><p>Second, see<sup class="noteref" id="fnref-3">' in notes
    assert 'href="#fnref-2" role="doc-backlink"' in notes


def test_a_note_may_hold_a_block_of_code() -> None:
    """A note ends where its own block ends, whatever stands in it."""
    found = html("A[^1].\n\n[^1]: Like so:\n\n    ```py\n    x\n    ```\n\nAfter.\n")
    body, notes = found.split('<section class="footnotes"')
    assert "After." in body
    assert "language-py" in notes


def test_math_becomes_mathml_where_it_is_asked_for() -> None:
    """With `math: true` formulas are MathML; without, a dollar is a dollar."""
    assert html("It is $x^2$.\n", math=True).startswith('<p>It is <math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">')
    assert '<div class="math" tabindex="0"><math' in html("$$\n\\frac{a}{b}\n$$\n", math=True)
    assert html("From $5 to $10.\n") == "<p>From $5 to $10.</p>\n"


def test_a_formula_that_cannot_be_read_is_a_finding() -> None:
    """The formula stays as text, and its line is named."""
    document = read("Text\n\n$x^2^3$\n", math=True)
    (finding,) = document.findings
    assert (finding.rule, finding.line) == ("math", 7)


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        (r"$\badcommand{x}$", r"\badcommand is unknown"),
        (r"$$\foo$$", r"\foo is unknown"),
        (r"$\text{\foo}$", r"\foo is unknown"),
        (r"$\mathbb{\foo}$", r"\foo is unknown"),
        (r"$\text{100\%}$", r"\% is unknown"),
        (r"$\frac{1}$", "lacks an argument"),
        (r"$\binom{n}$", "lacks an argument"),
        (r"$\frac{\frac{1}}{2}$", "lacks an argument"),
        (r"$a & b$", "& may not stand there"),
        (r"$\begin{aligned} a &= b \end{aligned}$", "& may not stand there"),
    ],
)
def test_a_formula_that_would_show_its_latex_is_a_finding(formula: str, says: str) -> None:
    """Commands that nobody knows and arguments that lack are named, each with its own line, in a quotation too."""
    document = read(f"{formula} and\n\n> $x$\n>\n> {formula}\n", math=True)
    assert [(finding.rule, finding.line) for finding in document.findings] == [("math", 5), ("math", 9)]
    assert says in document.findings[0].message
    assert document.html.count("<code>") == 2


@pytest.mark.parametrize(
    "formula",
    [
        r"\backslash \setminus \{x\} \%\#\&\_\$",
        r"\left.\frac{df}{dx}\right|_{x=0} \left\{x\right\}",
        r"{}_2F_1 {}^2 x_{} f' \sqrt{} \frac{}{2}",
        r"\begin{pmatrix} a & \\ & b\end{pmatrix} \begin{align*} a &= b \\ c &= d \end{align*}",
        r"\newcommand{\R}{\mathbb{R}} x \in \R \text{ a & b}",
    ],
)
def test_a_lawful_formula_is_no_finding(formula: str) -> None:
    """Signs that LaTeX writes with a backslash, and parts that are left empty, are what they are."""
    document = read(f"$${formula}$$\n", math=True)
    assert document.findings == ()
    assert "<math" in document.html


def test_words_of_a_formula_are_no_markup() -> None:
    """A sign for less in them stays one."""
    assert "<mtext>a&lt;b</mtext>" in html(r"$\text{a<b}$", math=True)


def test_tables_scroll_and_keep_no_inline_style() -> None:
    """A table can be scrolled by keyboard; alignment is a class."""
    found = html("| a | b |\n|:-:|--:|\n| 1 | 2 |\n")
    assert found.startswith('<div class="table" role="region" aria-label="Table" tabindex="0"><table>')
    assert 'class="center"' in found
    assert "style=" not in found


def test_tasks_can_be_heard() -> None:
    """A task's box says whether it is done."""
    found = html("- [x] a\n- [ ] b\n")
    assert 'checked="" aria-label="done"' in found
    assert 'aria-label="to do"' in found


def test_words_do_not_count_code() -> None:
    """The reading time is that of the prose."""
    assert read("One two three.\n\n```py\nx = 1\n```\n").words == 3


def test_the_excerpt_is_the_beginning_of_the_first_paragraph() -> None:
    """Plain text, cut at a word, without marks of notes."""
    assert read("![x](x.png)\n\nA *short* one[^1].\n\n[^1]: n\n").excerpt == "A short one."
    long = read("word " * 100 + "\n").excerpt
    assert len(long) <= 162
    assert long.endswith("word …")


@pytest.mark.parametrize(
    ("shortcode", "line", "native"),
    [
        ('{{< figure src="a.jpg" link="b.jpg" title="T" caption="C" >}}', 5, '[![](a.jpg "T")](b.jpg)\n: C'),
        ('{{<figure\n src="a.jpg" alt="A">}}', 5, "![A](a.jpg)"),
        ('{{< figure src="a.jpg" target="_blank" width=300 >}}', 5, "write (there is no `target` and no `width` here)\n![](a.jpg)"),
        ('x\n\n[y]({{<ref"../z/index.md">}})', 7, "(../z/index.md)"),
        ("{{% note %}}\nhi\n{{% /note %}}", 5, "> [!NOTE]"),
        ("{{< toc >}}", 5, "toc: true"),
        ("{{< mystery 1 >}}", 5, "Markdown or HTML"),
    ],
)
def test_shortcodes_are_refused_with_the_native_form(shortcode: str, line: int, native: str) -> None:
    """Each of Hugo's shortcodes is named with its line and what to write instead."""
    _, (error,) = render(shortcode + "\n", PLACE)
    assert error.line == line
    assert error.rule == "shortcode"
    assert native in str(error)


def test_shortcodes_in_code_are_code() -> None:
    """A post may write about them."""
    _, errors = render("`{{< x >}}`\n\n```text\n{{< y >}}\n```\n\n    {{< z >}}\n", PLACE)
    assert errors == []


def test_an_alert_ends_where_its_own_quotation_does() -> None:
    """A quotation in an alert, and an alert in an alert, stay inside it."""
    found = html("> [!NOTE]\n> a\n>\n> > q\n>\n> b\n")
    assert found.endswith("<blockquote>\n<p>q</p>\n</blockquote>\n<p>b</p>\n</aside>\n")
    nested = html("> [!NOTE]\n> a\n>\n> > [!TIP]\n> > in\n>\n> b\n")
    assert nested.count("<aside") == nested.count("</aside>") == 2
    assert nested.endswith("<p>in</p>\n</aside>\n<p>b</p>\n</aside>\n")


def test_loose_tasks_can_be_heard() -> None:
    """The items of a list with blank lines between them are tasks too."""
    found = html("- [x] a\n\n- [ ] b\n")
    assert found.count('<li class="task">\n<p><input') == 2
    assert 'aria-label="done"' in found


def test_a_heading_in_the_contents_has_no_note_no_picture_and_no_id() -> None:
    """Contents repeat a heading's words; a note's number and an id may stand in a page once."""
    document = read('## A[^1] ![logo](l.png) <b id="x">c</b>\n\n[^1]: n\n')
    (entry,) = document.toc
    assert (entry.id, entry.html) == ("a-logo-c", "A logo <b>c</b>")
    assert {"x", "a-logo-c"} <= document.anchors


def test_a_caption_may_hold_blocks() -> None:
    """What does not fit into a line is not put into an element for lines."""
    found = html("![p](p.png)\n: caption\n\n    - list\n\n: one\n\n    two\n")
    assert '<div class="caption"><p>caption</p>\n<ul>' in found
    assert '<div class="caption"><p>one</p>\n<p>two</p></div>' in found
    assert "<span" not in found


def test_notes_that_lead_nowhere_are_findings() -> None:
    """A note nobody mentions, a second one of one name, and a mention of none, each with its line."""
    body = "A[^x], [^y], \\[^w], [^l](u).\n\n[^z]: Never, though [^n].\n\n[^n]: Nor this.\n\n[^x]: one\n\n[^x]: two\n"
    document = read(body)
    assert [(finding.rule, finding.line) for finding in sorted(document.findings)] == [("footnote", line) for line in (5, 7, 9, 13)]
    assert "one" in document.html
    assert "two" not in document.html


def test_the_case_of_a_notes_name_does_not_matter() -> None:
    """As in GitHub's Markdown."""
    document = read("A[^Note].\n\n[^note]: Here.\n")
    assert document.findings == ()
    assert document.has_notes


def test_each_block_of_an_unknown_language_has_its_line() -> None:
    """Two of one language are two findings, however their fences are written."""
    document = read("```zzz\na\n```\n\n~~~zzz\nb\n~~~\n")
    assert [finding.line for finding in document.findings] == [5, 9]


def test_lines_to_highlight_are_bounded() -> None:
    """A slip of the finger does not count to a hundred million."""
    found = html("```text {2-99999999}\na\nb\n```\n")
    assert found.count('class="hll"') == 1


def test_words_without_spaces_are_counted_and_cut() -> None:
    """Japanese has about two characters to a word, and an excerpt of it ends where it is full."""
    document = read("吾輩は猫である。" * 40 + "\n")
    assert document.words == 140
    assert document.excerpt == ("吾輩は猫である。" * 40)[:160] + "…"
    assert read("A 猫 sat.\n").words == 3


def test_comments_are_no_words() -> None:
    """What no reader sees is neither counted nor shown."""
    document = read("<!-- <p>one > two</p> -->\n\nThree.\n")
    assert (document.words, document.excerpt) == (1, "Three.")


@pytest.mark.parametrize(
    "body",
    [
        "{{< x\n" * 5000,
        "{{< x " + " " * 20_000,
        "## A\n\n" * 5000,
        "<div>\n" + "<h2>\n" * 5000,
        "<div>\n" + "<pre>\n" * 5000,
        "<div>\n" + "<p>\n" * 5000,
        "<div>\n" + '<a href="\n' * 5000,
        "<div>\n" + "<a b=" * 5000,
        "<div>\n" + '<sup class="noteref" ' * 5000,
        "<h2>\n" + "<a\n" * 5000 + "</h2>",
        "<dl>\n<img><dt>" * 5000,
        "<div>\n" + "<table><thead>\n" * 5000,
        "```zzz\n```\n" * 500,
    ],
)
def test_large_texts_are_read(body: str) -> None:
    """What is never closed, or the same thousands of times, is read like any other text, in time that grows with its length."""
    document, _ = render(body, PLACE)
    assert document.html


def test_many_equal_headings_are_counted_once() -> None:
    """The last of thousands has the number it would have had."""
    assert "a-3000" in read("## A\n\n" * 3000).anchors


@pytest.mark.parametrize(
    ("info", "title"),
    [
        (r'py title="a \"b\" <c>"', "a &quot;b&quot; &lt;c&gt;"),
        (r'py title="C:\dir\file"', r"C:\dir\file"),
        ('py title="a &amp; b" {1}', "a &amp; b"),
        ('py title="a {9} b"', "a {9} b"),
    ],
)
def test_a_title_of_code_may_hold_any_mark(info: str, title: str) -> None:
    """Quotes in it are written with a backslash, as elsewhere in Markdown."""
    document = read(f"> ```{info}\n> x\n> ```\n")
    assert f'<p class="code-title">{title}</p>' in document.html
    assert document.findings == ()


@pytest.mark.parametrize(
    ("marks", "says"),
    [
        ("1,3-2,99", ["`3-2` runs backward", "`99` is past the end of the block, which has 3 lines"]),
        ("0", ["`0` is no line"]),
        ("2-4", ["`2-4` is past the end of the block, which has 3 lines"]),
        ("-2", ["`-2` is no line"]),
        ("1-", ["`1-` is no line"]),
        ("1, 2-3", []),
    ],
)
def test_lines_that_cannot_be_highlighted_are_findings(marks: str, says: list[str]) -> None:
    """Each is named with the line of its fence."""
    findings = read(f"Text.\n\n```py {{{marks}}}\na\nb\nc\n```\n").findings
    assert [(finding.rule, finding.line) for finding in findings] == [("code-lines", 7)] * len(says)
    assert [finding.message.partition(", ")[2] for finding in findings] == says
