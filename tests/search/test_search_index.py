"""The search index: what it holds, when it is made, and that it is the same bytes each time."""

from __future__ import annotations

import gzip
import json
import random
import sys
import types
from typing import TYPE_CHECKING, Any

import pagefind_bin
import pytest

from alcatraz.errors import OutputError, TemplateError, ToolError
from alcatraz.search import pagefind
from alcatraz.search.index import index
from tests.conftest import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Blog

PAGE = (
    '<!DOCTYPE html><html lang="{lang}"><head><style>{style}</style></head><body><nav>{nav}</nav>'
    '<article class="post" data-pagefind-body><h1>{title}</h1><h2 id="part">Part</h2><p>{text}</p></article>'
    "<footer>{style}</footer></body></html>"
)


def write(site: Path, path: str, text: str = "pelicans", *, lang: str = "en", style: str = "a{}", nav: str = "n") -> None:
    """Puts a page into a site."""
    target = site / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(PAGE.format(lang=lang, title=f"Title of {path}", text=text, style=style, nav=nav), encoding="utf-8")


def bundle(site: Path) -> dict[str, bytes]:
    """Every file of the index."""
    folder = site / "pagefind"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def fragments(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """What the index holds of each page, by address."""
    found = (gzip.decompress(data).removeprefix(b"pagefind_dcd") for path, data in files.items() if path.endswith(".pf_fragment"))
    return sorted((json.loads(data) for data in found), key=lambda each: str(each["url"]))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of three posts and a page that is not searched."""
    folder = tmp_path / "output"
    for name in ("one", "two", "three"):
        write(folder, f"posts/{name}/index.html", f"pelicans on {name}")
    (folder / "index.html").write_text("<html lang=en><body><h1>Home</h1>pelicans</body></html>")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where indexes are kept."""
    return tmp_path / "cache"


def test_only_marked_pages_are_found_at_their_addresses(site: Path, cache: Path) -> None:
    """With their title, their text and the anchors of their headings; navigation and footer are not searched."""
    write(site, "a b/größe.html", nav="menu")
    assert index(site, cache)
    found = fragments(bundle(site))
    assert [each["url"] for each in found] == ["/a%20b/gr%C3%B6%C3%9Fe.html", "/posts/one/", "/posts/three/", "/posts/two/"]
    assert found[1]["meta"]["title"] == "Title of posts/one/index.html"
    assert [anchor["id"] for anchor in found[1]["anchors"]] == ["part"]
    assert "pelicans on one" in found[1]["content"]
    assert not any("menu" in each["content"] for each in found)


def test_the_bundle_holds_what_a_search_page_loads_and_nothing_else(site: Path, cache: Path) -> None:
    """The program and the index; none of Pagefind's own user interfaces."""
    index(site, cache)
    names = {path.partition("/")[0] if "/" in path else path for path in bundle(site)}
    assert {name for name in names if not name.endswith(".pf_meta")} == {
        "fragment",
        "index",
        "pagefind-entry.json",
        "pagefind-worker.js",
        "pagefind.js",
        "wasm.en.pagefind",
    }


def test_an_index_whose_text_did_not_change_is_taken_from_the_cache(site: Path, cache: Path) -> None:
    """The same bytes, without running Pagefind; other styles, navigation and footers change no text."""
    assert index(site, cache)
    before = bundle(site)
    assert not index(site, cache)
    assert bundle(site) == before
    for name in ("one", "two", "three"):
        write(site, f"posts/{name}/index.html", f"pelicans on {name}", style="b{}", nav="other")
    assert not index(site, cache)
    assert bundle(site) == before


def test_a_changed_text_makes_the_index_anew(site: Path, cache: Path) -> None:
    """As does a page more, and a page less; what was found before is gone."""
    index(site, cache)
    write(site, "posts/one/index.html", "herons")
    assert index(site, cache)
    assert "herons" in fragments(bundle(site))[0]["content"]
    (site / "posts/two/index.html").unlink()
    assert index(site, cache)
    assert [each["url"] for each in fragments(bundle(site))] == ["/posts/one/", "/posts/three/"]


def test_the_cache_keeps_one_index(site: Path, cache: Path) -> None:
    """So it does not grow, and what a killed build has left goes too."""
    index(site, cache)
    (cache / "new").mkdir()
    write(site, "posts/one/index.html", "herons")
    index(site, cache)
    assert len([path for path in cache.iterdir() if path.is_dir()]) == 1


@pytest.mark.parametrize("damage", ["changed", "missing", "listing"])
def test_a_damaged_cache_is_made_anew(site: Path, cache: Path, damage: str) -> None:
    """Whatever happened to it, the index is whole."""
    index(site, cache)
    before = bundle(site)
    victim = next(cache.rglob("listing.json" if damage == "listing" else "pagefind.js"))
    victim.unlink()
    if damage != "missing":
        victim.write_bytes(b"[1]")
    assert index(site, cache)
    assert bundle(site) == before
    assert not index(site, cache)


def test_a_site_without_a_marked_page_has_no_index(tmp_path: Path, cache: Path) -> None:
    """Nothing is searched where no page asks for it; an attribute's name in a text does not ask."""
    text = "<body><p title=' data-pagefind-body '>&lt;article data-pagefind-body&gt;</p><!-- data-pagefind-body --></body>"
    (tmp_path / "index.html").write_text(text)
    assert not index(tmp_path, cache)
    assert not (tmp_path / "pagefind").exists()


def test_the_same_pages_give_the_same_bytes(tmp_path: Path, cache: Path) -> None:
    """In whatever order and place the files were made, in several languages, made anew each time."""
    chance = random.Random(1)  # noqa: S311 (no secret)
    pages = [(f"posts/p{number}/index.html", f"word{number} Größe naïve running", "de" if number % 3 else "en") for number in range(12)]
    seen = []
    for attempt in range(4):
        folder = tmp_path / f"place {attempt}"
        chance.shuffle(pages)
        for path, text, lang in pages:
            write(folder, path, text, lang=lang)
        assert index(folder, cache / str(attempt))
        seen.append(bundle(folder))
    assert all(each == seen[0] for each in seen)


def test_one_language_makes_every_post_found_from_everywhere(tmp_path: Path, cache: Path) -> None:
    """Without it each language has its own index; a language without a stemmer gets the program for any."""
    write(tmp_path, "a/index.html", lang="en")
    write(tmp_path, "b/index.html", lang="de")
    languages = []
    for language in (None, "en-GB", "xx"):
        assert index(tmp_path, cache, language=language)
        languages.append(json.loads(bundle(tmp_path)["pagefind-entry.json"])["languages"])
        assert ("wasm.unknown.pagefind" in bundle(tmp_path)) == (language == "xx")
    assert [sorted(each) for each in languages] == [["de", "en"], ["en-gb"], ["xx"]]
    assert languages[1]["en-gb"]["page_count"] == 2


@pytest.mark.parametrize(
    ("attributes", "fine"),
    [
        ('<i data-pagefind-sort="date:1"></i>', True),
        ('<i data-pagefind-sort="date:1"></i><i data-pagefind-sort="weight:1"></i>', False),
        ('<i data-pagefind-sort="date:1, weight[x]"></i>', False),
        ('<i data-pagefind-filter="tag">nix</i>', False),
        ("<p>&lt;i data-pagefind-filter=&quot;tag&quot;&gt;</p>", True),
    ],
)
def test_what_pagefind_writes_in_random_order_is_refused(tmp_path: Path, cache: Path, attributes: str, fine: bool) -> None:
    """Filters, and more than one key to sort by, with the page that has them."""
    write(tmp_path, "a/index.html", attributes)
    if fine:
        assert index(tmp_path, cache)
    else:
        with pytest.raises(TemplateError, match=r"a/index\.html.*random order"):
            index(tmp_path, cache)


def test_a_pagefind_that_fails_is_one_sentence(site: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What it said last, and what to do; no index is left half made."""
    program = tmp_path / "pagefind"
    program.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('no room for the index')\n")
    program.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: program)
    with pytest.raises(ToolError, match="no room for the index") as caught:
        index(site, cache)
    assert "\n" not in str(caught.value)
    assert not (site / "pagefind").exists()


def test_a_pagefind_that_is_not_installed_is_one_sentence(site: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how to get it."""
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(ToolError, match="not installed"):
        index(site, cache)


def extended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installs a package that claims to be the extended Pagefind, and has the plain one's program."""
    package = types.ModuleType("pagefind_bin_extended")
    package.get_executable = pagefind_bin.get_executable  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, package.__name__, package)
    metadata = folder / "pagefind_bin_extended-1.5.2.dist-info" / "METADATA"
    metadata.parent.mkdir(parents=True)
    metadata.write_text("Name: pagefind_bin_extended\nVersion: 1.5.2\n")
    monkeypatch.syspath_prepend(str(folder))


def test_the_extended_pagefind_is_used_where_it_is_installed(
    site: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And an index that the plain one made is not taken for one of its."""
    assert index(site, cache)
    extended(tmp_path / "packages", monkeypatch)
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    assert index(site, cache)
    assert not index(site, cache)


@pytest.mark.parametrize(("language", "told"), [("ja", True), ("zh-TW", True), ("th", True), ("ko", False), ("km", False), ("en", False)])
def test_a_language_without_spaces_asks_for_the_extended_pagefind(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, language: str, told: bool
) -> None:
    """With the line that says the language; once that package is there, and where nothing is searched, it is content."""
    blog.write("pelicanconf.py", f'{SETTINGS}DEFAULT_LANG = "{language}"\n')
    blog.post("one")
    found = [str(finding) for finding in blog.build(search=True).findings]
    assert [finding.partition(":")[0] for finding in found] == ["pelicanconf.py"] * told
    assert all(finding.startswith("pelicanconf.py:5: ") and "add pagefind-bin-extended to" in finding for finding in found)
    assert blog.build(search=False).findings == ()
    extended(blog.root / "packages", monkeypatch)
    assert blog.build(search=True).findings == ()


def test_the_surroundings_do_not_decide(site: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither Pagefind's variables nor a settings file of its own where the build was started change the index."""
    index(site, cache / "1")
    before = bundle(site)
    monkeypatch.setenv("PAGEFIND_KEEP_INDEX_URL", "true")
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/nowhere")
    (tmp_path / "pagefind.toml").write_text("keep_index_url = true\n")
    monkeypatch.chdir(tmp_path)
    index(site, cache / "2")
    assert bundle(site) == before


def test_a_folder_that_cannot_be_written_is_one_sentence(site: Path, tmp_path: Path) -> None:
    """It names the place."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be made"):
        index(site, tmp_path / "file" / "cache")


def test_pages_are_handed_over_in_order() -> None:
    """The order in which a dictionary was filled does not matter."""
    html = '<html lang="en"><body><p data-pagefind-body>pelican {}</p></body></html>'
    pages = {f"/{number}/": html.format(number) for number in range(5)}
    assert pagefind.make_index(pages) == pagefind.make_index(dict(reversed(pages.items())))
