"""What a page's policy lets through, and what it does not."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from alcatraz.hosting import HostingError, policies, prepare

if TYPE_CHECKING:
    from pathlib import Path

ORIGIN = "https://blog.example"


def policy(folder: Path, html: str, allow: dict[str, list[str]] | None = None) -> dict[str, set[str]]:
    """The policy of a site with one page: sources, by directive."""
    page = folder / "index.html"
    page.write_text(html, encoding="utf-8")
    found = policies({"/index.html": page}, "/", ORIGIN, allow or {})["default"]
    return {directive: set(sources) for directive, *sources in (part.split() for part in found.split("; "))}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_an_empty_page_may_do_nothing(tmp_path: Path) -> None:
    """But show pictures of the site, and send its forms there."""
    assert policy(tmp_path, "<p>Text.") == {
        "default-src": {"'none'"},
        "base-uri": {"'none'"},
        "form-action": {"'self'"},
        "frame-ancestors": {"'none'"},
        "img-src": {"'self'"},
    }


def test_what_is_inline_is_named_by_its_hash(tmp_path: Path) -> None:
    """Byte for byte as it stands between the tags; a block of data is nobody's script."""
    found = policy(
        tmp_path,
        "<style>a > b { }\n</style><script>1 && 2 < 3</script><script type=module>0</script>"
        '<script type="application/ld+json">{}</script><p style="color: red" onclick="go()">',
    )
    assert found["style-src"] == {digest("a > b { }\n")}
    assert found["script-src"] == {digest("1 && 2 < 3"), digest("0")}
    assert found["style-src-attr"] == {"'unsafe-hashes'", digest("color: red")}
    assert found["script-src-attr"] == {"'unsafe-hashes'", digest("go()")}


def test_what_lies_in_the_site_may_be_fetched(tmp_path: Path) -> None:
    """However its address is written."""
    found = policy(
        tmp_path,
        "<script src=/a.js></script><link rel=stylesheet href=a.css><video src=../a.mp4 poster=a.png></video>"
        f'<img src="{ORIGIN}/a.png" srcset="a.png 1x, /b.png 2x"><link rel=icon href="data:,"><iframe src=//blog.example/x></iframe>',
    )
    assert found["script-src"] == found["style-src"] == found["media-src"] == found["frame-src"] == {"'self'"}
    assert found["img-src"] == {"'self'", "data:"}


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<img src=//other.example/a.png>", "img-src https://other.example"),
        ('<img src=a.png srcset="a.png 1x, https://other.example/b.png 2x">', "img-src https://other.example"),
        ("<picture><source srcset=https://other.example/a.avif></picture>", "img-src https://other.example"),
        ("<audio><source src=https://other.example/a.ogg></audio>", "media-src https://other.example"),
        ("<iframe src=https://films.example/1></iframe>", "frame-src https://films.example"),
        ("<script src=http://blog.example/a.js></script>", "script-src http://blog.example"),
        ("<link rel='preload stylesheet' href=https://other.example/a.css>", "style-src https://other.example"),
        ("<form action=https://other.example/subscribe></form>", "form-action https://other.example"),
    ],
)
def test_what_lies_elsewhere_is_told(tmp_path: Path, html: str, said: str) -> None:
    """With page and host, since readers would see a gap; and it is let through where the author says so."""
    with pytest.raises(HostingError) as caught:
        policy(tmp_path, html)
    assert f"\n  /index.html: {said}\n" in str(caught.value)
    assert "allow the host, as in contentSecurityPolicy." in str(caught.value)
    directive, source = said.split()
    assert source in policy(tmp_path, html, {directive: [source]})[directive]
    assert f"{source.partition(':')[0]}:" in policy(tmp_path, html, {directive: [f"{source.partition(':')[0]}:"]})[directive]


def test_an_address_is_no_fetch(tmp_path: Path) -> None:
    """Links may lead anywhere."""
    page = "<a href=https://other.example/>x</a><link rel=canonical href=https://other.example/><link rel=me href=https://s.example>"
    assert "https" not in str(policy(tmp_path, page))


def test_a_policy_that_no_server_would_send(tmp_path: Path) -> None:
    """Hundreds of different styles are told with what to do."""
    with pytest.raises(HostingError, match=r"the policy would have \d+ bytes, with 100 hashes .* into files"):
        policy(tmp_path, "".join(f"<style>p{{top:{number}px}}</style>" for number in range(100)))


def test_a_site_without_policies(tmp_path: Path) -> None:
    """Nothing is looked at, and nothing is written but what is served."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<img src=https://other.example/a.png>")
    prepare(tmp_path / "site", tmp_path / "made", path="/", origin=ORIGIN, allow=None)
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["root"]
    assert (tmp_path / "made" / "root" / "index.html").read_text() == "<img src=https://other.example/a.png>"


def test_a_blog_is_not_a_site(tmp_path: Path) -> None:
    """Nobody serves drafts by naming a flake's input, and not what is built of it."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/draft.md").write_text("Not yet.")
    with pytest.raises(HostingError, match=r"there is no index.html, so it is not a site; name what is built"):
        prepare(tmp_path, tmp_path / "made", path="/", origin=ORIGIN, allow=None)
    assert not (tmp_path / "made").exists()


def test_the_policies_in_each_form_say_the_same(tmp_path: Path) -> None:
    """For whoever reads JSON, and for the maps of the servers that we know."""
    site = tmp_path / "site"
    for name, html in (("index.html", "<p>"), ("search/index.html", "<p data-index=/blog/pagefind/>"), ("pagefind/pagefind.js", "")):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(html)
    prepare(site, tmp_path / "made", path="/blog", origin=ORIGIN, allow={})
    found = json.loads((tmp_path / "made/policies.json").read_text())
    assert list(found) == ["default", "/blog/search/", "/blog/search/index.html", "/blog/pagefind/pagefind.js"]
    assert "wasm" not in found["default"]
    for server, end in (("nginx", ";"), ("caddy", "")):
        lines = (tmp_path / f"made/policies.{server}").read_text().splitlines()
        assert lines[0] == f'default "{found["default"]}"{end}'
        assert lines[1:-1] == [f'"{path}" "{text}"{end}' for path, text in list(found.items())[1:]]


@pytest.mark.parametrize("name", ['a" ""; } server { listen 8; root "/etc', "a{$SECRET}", "a\\", "a\nb"])
def test_no_name_in_a_site_writes_the_configuration_of_its_server(tmp_path: Path, name: str) -> None:
    """What serves a site trusts less than what builds it: a name that would end the word it stands in is refused."""
    page = tmp_path / "site" / name / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text('<script src="/pagefind/pagefind-ui.js"></script>')
    (tmp_path / "site" / "index.html").write_text("")
    with pytest.raises(HostingError, match="has a character that servers take for more than itself"):
        prepare(tmp_path / "site", tmp_path / "hosted", path="/", origin=ORIGIN, allow={})


def test_no_source_in_a_page_writes_it_either(tmp_path: Path) -> None:
    """Where any host may be fetched from, its name is what the page says."""
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("<img src='https://a\"; } server { listen 8; '>")
    with pytest.raises(HostingError, match="has a character"):
        prepare(tmp_path / "site", tmp_path / "hosted", path="/", origin=ORIGIN, allow={"img-src": ["https:"]})
