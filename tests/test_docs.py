"""The documents say what is so: their commands are run, their lists are compared with the program."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tomllib
from pathlib import Path

import pytest

from alcatraz.content.schema import KEYS
from alcatraz.tasks import namespace
from tests.conftest import lacking, needs_index

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^(`{3,}).*?^\1`*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def run(command: str, folder: Path) -> str:
    """Runs a line of the README as a reader would, in a shell; gives what it printed."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ALCATRAZ_") and key not in {"CI", "EDITOR", "VISUAL"}}
    done = subprocess.run(
        ["sh", "-ec", command], cwd=folder, env=kept, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    needs_index(done.stderr)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def see(folder: Path) -> None:
    """`serve` runs until it is interrupted: it must print an address, and end well."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ALCATRAZ_")}
    with subprocess.Popen(["./alcatraz", "serve"], cwd=folder, env=kept, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("Serving http://127.0.0.1:")
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)
    assert server.returncode == 0


def test_the_commands_of_the_readme_work(tmp_path: Path) -> None:
    """From a fresh copy of this folder to a blog of one's own, line by line."""
    clone = tmp_path / "alcatraz"
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    if names.returncode:
        lacking("git")
    for name in names.stdout.splitlines():
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    folder = clone
    for line in (line for block in BLOCK.findall(README) for line in block.splitlines() if line):
        if line.startswith("cd "):
            folder = (folder / line.removeprefix("cd ")).resolve()
        elif line == "./alcatraz test":
            assert "Run every test" in run("./alcatraz --help test", folder)  # this is one of them
        elif line == "./alcatraz serve":
            see(folder)
        elif line == "./alcatraz check":
            post = folder / "content/posts/hello-world/index.md"  # the README has the reader write here meanwhile
            post.write_text(post.read_text().replace("draft: true\n", "") + "Words.\n")
            run(line, folder)
        else:
            run(line, folder)
    assert (clone / "output" / "index.html").is_file()
    assert (tmp_path / "my-blog" / "output" / "posts" / "hello-world" / "index.html").is_file()


def test_the_readme_names_every_task() -> None:
    """Each task of a blog has its line in the table, and each line its task."""
    listed = set(re.findall(r"^\| `([a-z]+)[^|]*\|", README, re.MULTILINE))
    assert listed == {name.partition(".")[0] for name in namespace().task_names}


def test_every_key_of_front_matter_is_explained() -> None:
    """docs/writing.md and the schema name the same keys."""
    rows = re.findall(r"^\| (`[^|]*`) \|", (ROOT / "docs/writing.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == set(KEYS)


def test_every_dependency_is_explained() -> None:
    """Each direct dependency has its line, and none has one that is not there."""
    poetry = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["poetry"]
    groups = [poetry["dependencies"], *(group["dependencies"] for group in poetry["group"].values())]
    wanted = {name for group in groups for name in group} - {"python"}
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^- \*\*([\w-]+)\*\*", text, re.MULTILINE))
    assert wanted <= named
    assert named - wanted == set()


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_links_of_the_documents_lead_somewhere(document: Path) -> None:
    """A document that is named is there; what stands in code is an example."""
    text = CODE.sub("", document.read_text(encoding="utf-8"))
    assert [target for target in LINK.findall(text) if not (document.parent / target).exists()] == []


def test_nothing_names_the_place_it_was_written_in() -> None:
    """Paths and hosts of somebody's machine have no business in here."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if names.returncode:
        lacking("git")
    homes = re.compile(rb"/(?:home|Users)/(?!ada/)[a-z]\w*/|/root/(?!clone)")  # Ada is nobody
    texts = [path for path in map(ROOT.joinpath, names.stdout.splitlines()) if path.is_file() and path != Path(__file__)]
    assert [str(path) for path in texts if homes.search(path.read_bytes())] == []
