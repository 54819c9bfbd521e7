"""What modules/lib makes of plain values, evaluated by Nix without any input; and a site to make it of."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from alcatraz.build import Request, build
from alcatraz.hosting import compress, prepare
from alcatraz.settings import read
from tests.conftest import lacking
from tests.golden.site import HERE, NOW

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "expected"
LIB = ROOT / "modules" / "lib"
STAND_INS = ROOT / "tests" / "nix"
REFERENCE = ROOT / "docs" / "options.md"
VALIDATOR = "7d3k2nq9v1x0mz8b5c4a6fghijlprswy"
BASE = "/blog"
REDIRECTS = {"/blog/old": "/blog/about/", "/café": "https://elsewhere.example/menu?of=today", "/": "/blog/"}
DESCRIBED: dict[str, Any] = {
    "name": "a-blog",
    "domain": "golden.example",
    "validator": VALIDATOR,
    "redirects": REDIRECTS,
    "errorPages": {"404": f"{BASE}/404.html"},
    "headers": {"Cross-Origin-Opener-Policy": None, "X-Of-Ours": "yes, it is"},
    "compressed": ["gzip"],
}


class EvaluationError(Exception):
    """Nix refuses to evaluate; the text is what it says."""


def evaluate(expression: str, **values: Any) -> Any:
    """The value of an expression in which modules/lib has its names, the stand-ins' `lib` and `hm` theirs, and so has each of `values`."""
    if shutil.which("nix-instantiate") is None:
        lacking("Nix")
    given = "".join(
        f"{name} = builtins.fromJSON {json.dumps(json.dumps(value)).replace('${', chr(92) + '${')}; " for name, value in values.items()
    )
    inputs = f"lib = import {STAND_INS}/nixpkgs/lib; inherit (import {STAND_INS}/home-manager/lib {{ inherit lib; }}) hm;"
    whole = f"let blogs = import {LIB}/blogs; hosting = import {LIB}/hosting; {inputs} {given} in {expression}"
    # What is made of builtins alone wants no store, and so no daemon that lets one in.
    command = ["nix-instantiate", "--store", "dummy://", "--eval", "--strict", "--json", "--expr", whole]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise EvaluationError(done.stderr)
    return json.loads(done.stdout)


def rendered(provider: str, **described: Any) -> dict[str, str]:
    """The configuration that a provider makes of a site."""
    texts: dict[str, str] = evaluate(f"hosting.providers.{provider} (hosting.request site)", site=described)
    return texts


def golden() -> dict[str, str]:
    """What each provider makes of a site, by the names of the files in `expected`."""
    store = "/nix/store/abcdfghijklmnpqrsvwxyz0123456789-a-blog-hosted"
    described = {**DESCRIBED, "root": f"{store}/root", "policies": store, "compressed": ["br", "gzip"]}
    return {f"hosting/{provider}.{part}": text for provider in ("caddy", "nginx") for part, text in rendered(provider, **described).items()}


def reference() -> str:
    """docs/options.md, as the modules are now."""
    text: str = evaluate(f"import {ROOT}/nix/options-reference.nix {{ inherit hm lib; }}")
    return text


def hosted(folder: Path) -> Path:
    """A folder made of the golden site, as the module makes it: `root`, and the policies."""
    shutil.copytree(HERE / "blog", folder / "blog")
    build(Request(settings=read(folder / "blog"), now=NOW, output=folder / "output"))
    for name in (".well-known/here.txt", ".git/config", "posts/.secret"):
        (folder / "output" / name).parent.mkdir(exist_ok=True)
        (folder / "output" / name).write_text("A file with a dot before its name.\n")
    prepare(folder / "output", folder / "hosted", path=BASE, origin="https://golden.example", allow={})
    compress(folder / "hosted" / "root", shutil.which("brotli"))
    return folder / "hosted"
