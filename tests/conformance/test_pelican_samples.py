"""Pelican's own sample content: built as Pelican builds it where a site is Pelican's, and read as Pelican reads it by `python-markdown`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pelican
import pytest

from alcatraz.build import Request, build
from alcatraz.errors import OutputError
from alcatraz.settings import read
from tests.conformance.sources import source_of
from tests.conftest import NOW, SETTINGS, Blog, lacking

# The folders of content that Pelican's wheel has for its own tests.
FOLDERS = ("TestPages", "content", "cyclic_intersite_links", "mixed_content", "nested_content", "parse_error", "simple_content")
# Files that say another thing at each build, Pelican's too: where no post is, the feed has the moment of the build.
NEVER_THE_SAME = {"parse_error": {"feeds/all.atom.xml"}}
FORMS = (".md", ".markdown", ".mkd", ".mdown")
PLAIN = """\
SITENAME = "Theirs"
AUTHOR = "Eve"
TIMEZONE = "UTC"
PATH = "content"
"""


def samples(name: str) -> Path:
    """A folder of content in Pelican's wheel."""
    folder = Path(pelican.__file__).parent / "tests" / name
    if not folder.is_dir():
        lacking("the content for tests in Pelican's wheel")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def by_pelican(root: Path, settings: str, content: str = "content") -> dict[str, bytes]:
    """What stock Pelican makes of a site."""
    command = [sys.executable, "-m", "pelican", content, "-s", settings, "-o", "theirs", "-q"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return files(root / "theirs")


def by_us(root: Path, settings: str, **overrides: Any) -> dict[str, bytes]:
    """What this engine makes of it."""
    build(Request(settings=read(root, root / settings, overrides), now=NOW, output=root / "ours", search=False))
    return files(root / "ours")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


@pytest.mark.parametrize("settings", ["pelican.conf.py", "pelican.conf_FR.py"])
def test_the_samples_are_built_to_the_byte(tmp_path: Path, settings: str) -> None:
    """The site that Pelican shows itself with, by both of its settings: drafts, translations, pictures, a template as a page."""
    root = tmp_path / "samples"
    shutil.copytree(source_of("pelican") / "samples", root)
    theirs = by_pelican(root, settings)
    assert len(theirs) > 50
    assert differing(theirs, by_us(root, settings, PATH="content")) == set()


@pytest.mark.parametrize("name", FOLDERS)
def test_the_content_of_pelicans_tests_is_built_to_the_byte(tmp_path: Path, name: str) -> None:
    """All of it, what Pelican stumbles over included, once each file has an address of its own."""
    shutil.copytree(samples(name), tmp_path / "content")
    own = 'PATH_METADATA = r"(?P<slug>.+)"\nDEFAULT_DATE = (2012, 1, 1)\nTHEME_TEMPLATES_OVERRIDES = ["templates"]\n'
    (tmp_path / "pelicanconf.py").write_text(PLAIN + own)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "custom.html").write_text("{{ (article or page).content }}")  # which two of the pages ask for
    theirs = by_pelican(tmp_path, "pelicanconf.py")
    assert differing(theirs, by_us(tmp_path, "pelicanconf.py")) == NEVER_THE_SAME.get(name, set())


def test_what_pelican_cannot_build_ends_our_build_too(tmp_path: Path) -> None:
    """Two of the samples have one address: Pelican ends with half a site, and we with a sentence and none."""
    shutil.copytree(samples("content"), tmp_path / "content")
    (tmp_path / "pelicanconf.py").write_text(PLAIN)
    with pytest.raises(subprocess.CalledProcessError):
        by_pelican(tmp_path, "pelicanconf.py")
    with pytest.raises(OutputError, match="two things have one address"):
        by_us(tmp_path, "pelicanconf.py")
    assert not (tmp_path / "ours").exists()


def in_markdown() -> dict[str, str]:
    """Every Markdown file of the samples and of the tests' content, by its path."""
    found = {f"{name}/{path}": text for name in FOLDERS for path, text in files(samples(name)).items()}
    found |= files(source_of("pelican") / "samples" / "content")
    return {path: text.decode("utf-8-sig") for path, text in sorted(found.items()) if path.endswith(FORMS)}


# What a blog of ours does not take as it is, by rule and file: Pelican would date these by the clock or the file's own time,
# has no title for them (and leaves them out itself), or knows a key of its own tests' plugins.
REFUSED = {
    "date": {
        "TestPages/hidden_page_markdown.md",
        "TestPages/page_markdown.md",
        "TestPages/page_with_category_and_tag_links.md",
        "TestPages/page_with_static_links.md",
        "content/2012-11-30_md_w_filename_meta#foo-bar.md",
        "content/article_with_markdown_and_empty_tags.md",
        "content/article_with_markdown_extension.markdown",
        "content/article_with_markdown_markup_extensions.md",
        "content/article_with_mdown_extension.mdown",
        "content/article_with_mkd_extension.mkd",
        "content/article_with_typogrify_dashes.md",
        "content/empty.md",
        "content/empty_with_bom.md",
        "mixed_content/short_page.md",
        "nested_content/maindir/maindir.md",
        "nested_content/maindir/subdir/subdir.md",
    },
    "front-matter": {
        "content/article_with_markdown_and_footnote.md",
        "content/article_with_markdown_and_summary_metadata_multi.md",
    },
    "pelican": {
        "content/2012-11-30_md_w_filename_meta#foo-bar.md",
        "content/empty.md",
        "content/empty_with_bom.md",
    },
}


def test_what_a_blog_of_ours_refuses_of_the_samples(blog: Blog) -> None:
    """A post says when it came out and what it is called, and no key that nobody reads; and of all that may be seen, who wrote it."""
    for path, text in in_markdown().items():
        blog.write(f"content/{path}", text.encode())
    blog.overrides["MARKDOWN_READER"] = "python-markdown"
    found: dict[str, set[str]] = {}
    for finding in blog.refusal():
        found.setdefault(finding.rule, set()).add(finding.path.removeprefix("content/"))
    unseen = {"TestPages/draft_page_markdown.md", "content/article_draft.md", "content/article_skip.md"}
    assert found.pop("label") == in_markdown().keys() - REFUSED["front-matter"] - unseen
    assert found.pop("link") == {"TestPages/page_with_static_links.md", "cat1/markdown-article.md"}  # to files that are not in Markdown
    assert found.pop("address") == {"simple_content/article_with_md_extension.md"}  # which is there twice
    assert found == REFUSED


# What both sites say: the keys of Pelican's tests, and pages that are a body alone; and the addresses that ours has anyway.
SHARED = """\
DEFAULT_METADATA = {"multiline": "", "custom_formatted_field": ""}
THEME_TEMPLATES_OVERRIDES = ["templates"]
"""
OF_STOCK = """\
THEME = "simple"
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = DRAFT_SAVE_AS = "posts/{slug}/index.html"
ARTICLE_LANG_URL = "posts/{slug}/{lang}/"
ARTICLE_LANG_SAVE_AS = "posts/{slug}/{lang}/index.html"
CATEGORY_URL = "categories/{slug}/"
TAG_URL = "tags/{slug}/"
"""


def lawful(number: int, text: str) -> str:
    """A sample with what its header lacks for a blog of ours, and an address of its own; its body stays."""
    header = text.partition("\n\n")[0]
    needed = {"title": "Untitled", "date": "2012-01-01", "label": "human"}
    added = "".join(f"{key}: {value}\n" for key, value in needed.items() if not re.search(f"^{key}:", header, re.MULTILINE | re.IGNORECASE))
    return f"slug: post-{number}\n{added}" + re.sub("^slug:.*\n", "", text, flags=re.MULTILINE | re.IGNORECASE)


# A file that is linked has its hash in its name, and stays where it lies, where Pelican's `{attach}` would bring it to the post.
HASHED = re.compile(rb"(/TestPages/image\d)\.[0-9a-f]{10}(?=\.jpg)")
ATTACHED = re.compile(rb"/posts/post-\d+(?=/image1\.jpg)")


def bodies(pages: dict[str, bytes]) -> dict[str, bytes]:
    return {path: page for path, page in pages.items() if re.fullmatch(r"posts/post-\d+/index\.html", path)}


def test_python_markdown_reads_as_pelican_does(blog: Blog) -> None:
    """With `python-markdown`, the body of every Markdown file of the samples is what stock Pelican makes of it, to the byte."""
    written = in_markdown()
    for number, (path, text) in enumerate(written.items()):
        blog.write(f"content/{path}", lawful(number, text).encode())
    for picture in ("image0.jpg", "image1.jpg"):
        blog.write(f"content/TestPages/{picture}", b"a picture")
    blog.write("content/unbelievable.rst", "Unbelievable\n############\n\n:date: 2012-01-01\n:label: human\n\nText.\n")
    blog.write("templates/article.html", "{{ article.content }}\n")
    blog.write("pelicanconf.py", SETTINGS + SHARED)
    blog.write("theirs.py", PLAIN + SHARED + OF_STOCK)
    blog.overrides["MARKDOWN_READER"] = "python-markdown"
    assert blog.build(drafts=True).findings == ()
    ours, theirs = bodies(blog.files()), bodies(by_pelican(blog.root, "theirs.py"))
    assert len(ours) == len(written) - 1  # `Status: skip` is for nobody
    assert {path: HASHED.sub(rb"\1", page) for path, page in ours.items()} == {
        path: ATTACHED.sub(b"/TestPages", page) for path, page in theirs.items()
    }
