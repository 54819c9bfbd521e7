"""What the modules render, evaluated by Nix with builtins alone."""

from __future__ import annotations

import difflib
import re
from typing import Any

import pytest

from tests.modules import units
from tests.modules.rendered import DESCRIBED, EXPECTED, REFERENCE, ROOT, EvaluationError, evaluate, golden, reference, rendered


def difference(expected: str, found: str, name: str) -> str:
    lines = difflib.unified_diff(expected.splitlines(), found.splitlines(), f"expected {name}", name, lineterm="", n=1)
    return "\n".join(lines)


def test_files_are_as_expected() -> None:
    """Line by line; `./alcatraz golden` writes them anew where a change is meant."""
    found = golden() | units.golden()
    assert sorted(found) == sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file())
    for name, text in found.items():
        expected = (EXPECTED / name).read_text(encoding="utf-8")
        if text != expected:
            pytest.fail(difference(expected, text, name))


def test_a_small_request() -> None:
    """A site without policies, redirects, error pages and twins is one that every provider serves."""
    small = {**{key: DESCRIBED[key] for key in ("name", "domain", "validator")}, "root": "/srv/blog", "compressed": []}
    for provider in ("caddy", "nginx"):
        text = "".join(rendered(provider, **small).values())
        assert "policies" not in text
        assert "gzip" not in text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "A blog"}, "a site's name is of small letters, digits and hyphens"),
        ({"redirects": {"old": "/new/"}}, "the redirect from `old` must begin with a slash"),
        ({"redirects": {"/old?page=1": "/new/"}}, "the redirect from `/old?page=1` must begin with a slash, without query"),
        ({"redirects": {"/$uri": "/new/"}}, "the redirect from `/$uri`"),
        ({"redirects": {'/"; } evil': "/new/"}}, "without * ? # ;"),
        ({"redirects": {"/old": "new/"}}, "the redirect from `/old` must lead to a path or an address, and not to `new/`"),
        ({"redirects": {"/old": "/{path}"}}, "and not to `/{path}`"),
        ({"errorPages": {"200": "/404.html"}}, "errorPages: `200` must be a status"),
        ({"headers": {"X-Of-Ours": "one\r\nX-Of-Theirs: two"}}, "the header X-Of-Ours has a character"),
        ({"headers": {"X Of Ours": "one"}}, "the header X Of Ours has a character"),
    ],
)
def test_requests_that_no_server_can_fulfil(changed: dict[str, Any], said: str) -> None:
    """They are refused with the site's name, before any server reads what would mean something else to it."""
    with pytest.raises(EvaluationError) as caught:
        evaluate("hosting.request site", site={**DESCRIBED, "root": "/srv/blog", **changed})
    assert "services.alcatraz.sites." in str(caught.value)
    assert said in str(caught.value)


def test_the_reference_of_options_is_current() -> None:
    """docs/options.md is made of what the modules declare; `./alcatraz golden` writes it anew."""
    expected, found = REFERENCE.read_text(encoding="utf-8"), reference()
    if found != expected:
        pytest.fail(difference(expected, found, "docs/options.md"))


def test_the_nix_of_the_document_is_nix() -> None:
    """Of the blocks of docs/serving.md the first and the last are modules, and the first one is ten lines; between is a flake's."""
    text = (ROOT / "docs/serving.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```nix\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    ours, flake, another = blocks
    for module in (ours, another):
        assert evaluate(f"builtins.isFunction ({module})")
    assert len(ours.splitlines()) <= 10
    assert set(evaluate(f"builtins.attrNames {{ {flake} }}")) == {"inputs", "outputs"}
