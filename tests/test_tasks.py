"""The program as an author runs it: tasks, their output, their exit status."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Blog


def alcatraz(blog: Blog, *arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the program in the blog's folder, away from whatever surrounds the tests."""
    kept = {key: value for key, value in os.environ.items() if key not in {"CI", "SOURCE_DATE_EPOCH", "ALCATRAZ_ROOT", "EDITOR", "VISUAL"}}
    return subprocess.run(
        [sys.executable, "-m", "alcatraz", *arguments],
        cwd=cwd or blog.root,
        env={**kept, "XDG_CONFIG_HOME": str(blog.root / ".config"), **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_build_ends_with_one_line(blog: Blog) -> None:
    """Pages, posts and seconds, and what was left out."""
    blog.post("one")
    blog.post("two", draft="true")
    blog.post("three", date="2999-01-01")
    done = alcatraz(blog, "build")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("output/: 1 post, 0 pages, ")
    assert line.endswith("(1 draft and 1 future post left out)")
    assert (blog.root / "output" / "search" / "index.html").is_file()
    assert (blog.root / "output" / "pagefind" / "pagefind.js").is_file()


def test_build_does_without_a_search_index(blog: Blog) -> None:
    """All of the site is there but that."""
    blog.post("one")
    done = alcatraz(blog, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    assert (blog.root / "output" / "posts" / "one" / "index.html").is_file()
    assert not (blog.root / "output" / "pagefind").exists()


def test_build_explains_itself_when_asked(blog: Blog) -> None:
    """After its line: how long it took, what was converted, and what each plugin that is not ours listens to."""
    blog.write(
        "listening.py", "from pelican import signals\ndef hear(_): pass\ndef register(): signals.content_object_init.connect(hear)\n"
    )
    blog.write(
        "pelicanconf.py", SETTINGS + 'PLUGIN_PATHS = ["."]\nPLUGINS = [*PLUGINS, "listening"]\nMARKDOWN_READER = "python-markdown"\n'
    )
    blog.other("python-markdown")
    told = alcatraz(blog, "build", "--no-search", "--explain").stdout.splitlines()
    assert told[0].startswith("output/: 1 post")
    assert told[1].startswith("  time: reading ")
    assert told[2] == "  python-markdown: 1 text, of which 0 known from an earlier build, 0 converted by other processors, 1 by this one"
    assert told[3].startswith("  plugin listening connects `content_object_init` (called 1 time, ")
    assert len(told) == 4
    assert len(alcatraz(blog, "build", "--no-search").stdout.splitlines()) == 1


def test_build_works_from_a_folder_below(blog: Blog) -> None:
    """The blog is found upwards; a path on the command line is where the author stands."""
    blog.post("one")
    below = blog.write("notes/today.txt", "").parent
    done = alcatraz(blog, "build", "--output=here", cwd=below)
    assert done.returncode == 0, done.stderr
    assert (below / "here" / "index.html").is_file()


def test_warnings_have_their_place(blog: Blog) -> None:
    """Each warning is one line that begins with file and line; --strict and CI make it final."""
    blog.post("one", label="")
    done = alcatraz(blog, "build")
    assert done.returncode == 0
    assert done.stderr.startswith("warning: content/posts/one/index.md:1: ")
    for strict in (alcatraz(blog, "build", "--strict"), alcatraz(blog, "build", CI="true")):
        assert strict.returncode == 1
        assert "content/posts/one/index.md:1: " in strict.stderr
        assert "Traceback" not in strict.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["build", "--now=tomorrow"], {}, "--now is 'tomorrow'"),
        (["build", "--now=2026-11-22T06:30:00"], {}, "offset"),
        (["build"], {"SOURCE_DATE_EPOCH": "now"}, "SOURCE_DATE_EPOCH is 'now'"),
        (["build", "--settings=nowhere.py"], {}, "there are no settings"),
        (["build", "--output=content"], {}, "the output lies in the content"),
        (["build", "--output=."], {}, "the blog itself"),
        (["new", ""], {}, "the title is empty"),
        (["biuld"], {}, "did you mean `build`?"),
        (["build", "--strct"], {}, "there is no flag `--strct`"),
        (["new"], {}, "'title'"),
        (["new", "T", "--label=robot"], {}, "'robot'"),
        (["check", "--format=xml"], {}, "`xml`"),
        (["check", "--site-url=u.example"], {}, "--site-url is 'u.example'"),
        (["check", "--format"], {}, "--format needs a value"),
        (["init", "--from"], {}, "--from needs a value"),
        (["serve", "--port", "abc"], {}, "--port is 'abc', which is no number"),
        (["serve", "--port=abc"], {}, "--port is 'abc', which is no number"),
        (["upgrade"], {}, "`upgrade` needs --from"),
    ],
)
def test_a_mistake_is_one_sentence(blog: Blog, arguments: list[str], environment: dict[str, str], words: str) -> None:
    """What happened and what to do, on one line, with exit status 1 and nothing lost."""
    blog.post("one")
    before = sorted(path for path in blog.root.rglob("*") if ".alcatraz" not in path.parts)
    done = alcatraz(blog, *arguments, cwd=None, **environment)
    assert done.returncode == 1
    assert done.stderr.startswith("alcatraz: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(path for path in blog.root.rglob("*") if ".alcatraz" not in path.parts) == before


def test_no_blog_is_one_sentence(tmp_path: Path, blog: Blog) -> None:
    """Outside of a blog the program says how to get one."""
    done = alcatraz(blog, "build", cwd=tmp_path)
    assert done.returncode == 1
    assert "there is no blog here" in done.stderr
    assert "alcatraz init" in done.stderr


def test_check_tells_findings_as_json(blog: Blog) -> None:
    """Programs get the rule, the place and the remedy of each finding."""
    blog.post("one", "[gone](../gone/index.md)\n", label="")
    done = alcatraz(blog, "check.content", "--format=json")
    assert done.returncode == 1
    found = json.loads(done.stdout)["findings"]
    assert [(finding["rule"], finding["path"], finding["line"]) for finding in found] == [
        ("label", "content/posts/one/index.md", 1),
        ("link", "content/posts/one/index.md", 6),
    ]


def test_every_check_that_is_named_runs(blog: Blog) -> None:
    """What one of several checks finds neither stops those after it nor is forgotten when they find nothing."""
    blog.post("one", "See [that](/nope/).\n")
    done = alcatraz(blog, "check.links", "check.html", "check.feeds", "--now=2026-11-22T06:30:00Z")
    assert done.returncode == 1
    ran = [line.split()[0] for line in done.stdout.splitlines() if line.strip().startswith(("links ", "html ", "feeds "))]
    assert ran == ["links", "html", "feeds"], done.stdout
    assert alcatraz(blog, "check.html", "check.content").returncode == 0


@pytest.mark.parametrize("address", ["https://test.example", "https://u.example/blog"])
def test_a_whole_site_passes_every_check(blog: Blog, address: str) -> None:
    """What the theme makes of a lawful blog is lawful, at the root and under a path."""
    blog.post("one", "Text[^1] and `code`.\n\n## Section\n\n[two](../two/index.md)\n\n[^1]: Note.\n", tags="[a]", toc="true")
    blog.post("two", tags="[a]", categories="[X]")
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nHello.\n")
    done = alcatraz(blog, "check", f"--site-url={address}")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("address", ["", "https://u.example"])
def test_a_site_of_pelicans_own_is_not_held_to_our_rules(blog: Blog, address: str) -> None:
    """It needs no sitemap and no canonical address; without an address of its own, nothing is said of whole addresses."""
    blog.write("pelicanconf.py", f'SITENAME = "Theirs"\nSITEURL = "{address}"\nAUTHOR = "Ada"\nTIMEZONE = "UTC"\nTHEME = "simple"\n')
    blog.write("content/one.md", f"Title: One\nDate: 2026-11-01\n\n<p style=color:red><a href={address}/gone/>Gone</a></p>\n")
    done = alcatraz(blog, "check", "--format=json")
    rules = {found["rule"] for found in json.loads(done.stdout)["findings"]}
    assert rules == {"link-missing"}
    said = "SITEURL names no host, so whole addresses were not judged" in " ".join(alcatraz(blog, "check.feeds").stdout.split())
    assert said == (not address)


def test_new_begins_a_draft(blog: Blog) -> None:
    """The folder is named by the title; without an editor the path is printed and nothing else happens."""
    done = alcatraz(blog, "new", "A week: in “Lisbon”", "--label=human", "--now=2026-11-22T06:30:00Z")
    assert done.stdout == "content/posts/a-week-in-lisbon/index.md\n"
    assert alcatraz(blog, "build", "--drafts", "--strict").returncode == 0
    again = alcatraz(blog, "new", "A week: in “Lisbon”")
    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_clean_removes_what_was_built(blog: Blog) -> None:
    """The content stays."""
    blog.post("one")
    alcatraz(blog, "build")
    assert alcatraz(blog, "clean").returncode == 0
    assert not (blog.root / "output").exists()
    assert (blog.root / "content" / "posts" / "one" / "index.md").is_file()


def test_the_tasks_are_listed(blog: Blog) -> None:
    """`--list` names every task with the first line of its help; help works for each."""
    done = alcatraz(blog, "--list")
    for task in (
        "build",
        "serve",
        "new",
        "clean",
        "check",
        "check.content",
        "check.links",
        "check.html",
        "check.feeds",
        "init",
        "upgrade",
        "publish",
    ):
        assert task in done.stdout
    assert "Build the whole site." in done.stdout
    assert "--strict" in alcatraz(blog, "--help", "build").stdout


def test_shells_complete(blog: Blog) -> None:
    """There is a script for each shell, and tasks and flags complete."""
    for shell in ("bash", "zsh", "fish"):
        assert "--complete -- alcatraz" in alcatraz(blog, f"--print-completion-script={shell}").stdout
    # Else compinit passes over the file where it is installed.
    assert alcatraz(blog, "--print-completion-script=zsh").stdout.startswith("#compdef alcatraz\n")
    assert "no completion" in alcatraz(blog, "--print-completion-script=cmd").stderr
    assert "build" in alcatraz(blog, "--complete", "--", "alcatraz").stdout.split()
    assert "--strict" in alcatraz(blog, "--complete", "--", "alcatraz build -").stdout.split()


@pytest.mark.parametrize(("words", "completed"), [("bui", "build"), ("build --dr", "--drafts"), ("check.co", "check.content")])
def test_bash_completes_the_launcher(blog: Blog, words: str, completed: str) -> None:
    """Called by its path, as the README does, it completes by asking itself."""
    launcher = blog.write("alcatraz", f'#!/bin/sh\nexec {sys.executable} -m alcatraz "$@"\n')
    launcher.chmod(0o755)
    last = words.rsplit(maxsplit=1)[-1]
    ask = f'. <(./alcatraz --print-completion-script=bash); COMP_WORDS=(./alcatraz {words}); _alcatraz ./alcatraz {last}; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", ask], cwd=blog.root, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [completed], done.stderr


def test_modules_stay_compiled_and_the_authors_files_do_not(blog: Blog, tmp_path: Path) -> None:
    """What the program is made of is compiled once, in an environment where nothing is yet; beside settings, tasks and plugins nothing lies."""
    blog.write("tasks.py", "from invoke import task\n\n@task\ndef greet(_):\n    print('hello')\n")
    blog.write("plugins/own.py", "def register():\n    pass\n")
    blog.write("pelicanconf.py", SETTINGS + "PLUGIN_PATHS = ['plugins']\nPLUGINS = [*PLUGINS, 'own']\n")
    compiled = tmp_path / "compiled"
    done = alcatraz(blog, "build", PYTHONDONTWRITEBYTECODE="", PYTHONPYCACHEPREFIX=str(compiled))
    assert done.returncode == 0, done.stderr
    names = {path.name.partition(".")[0] for path in compiled.rglob("*.pyc")}
    assert {"steps", "generators"} <= names, "the engine's and Pelican's, which a task imports when it needs them"
    assert not compiled.joinpath(*blog.root.parts[1:]).exists()


def test_a_blog_may_have_tasks_of_its_own(blog: Blog) -> None:
    """A tasks.py beside the settings adds to ours."""
    blog.write(
        "tasks.py",
        """\
        from invoke import task
        from alcatraz.tasks import namespace

        @task
        def greet(c):
            print("hello")

        ns = namespace()
        ns.add_task(greet)
        """,
    )
    assert alcatraz(blog, "greet").stdout == "hello\n"
    assert "build" in alcatraz(blog, "--list").stdout


def test_clean_leaves_what_no_build_has_made(blog: Blog) -> None:
    """An output that names somebody's own folder is not removed."""
    blog.write("pelicanconf.py", blog.root.joinpath("pelicanconf.py").read_text() + 'OUTPUT_PATH = "content"\n')
    path = blog.post("one")
    done = alcatraz(blog, "clean")
    assert done.returncode == 1
    assert "no build of this blog has made" in done.stderr
    assert path.is_file()


@pytest.mark.parametrize("names", ["check", "check.content"])
def test_content_that_cannot_be_built_is_told_in_every_format(blog: Blog, names: str) -> None:
    """Programs get errors in the form they asked for, too."""
    blog.post("one", date="2024")
    (found,) = json.loads(alcatraz(blog, names, "--format=json").stdout)["findings"]
    assert (found["rule"], found["path"], found["line"]) == ("date", "content/posts/one/index.md", 3)
    assert alcatraz(blog, names, "--format=github").stdout.startswith("::error file=content/posts/one/index.md,line=3,")


def test_findings_of_the_built_site_have_their_line(blog: Blog) -> None:
    """A link in a post is found in the post; one of the theme's is not blamed on the author."""
    blog.post("one", "Text.\n\nSee [that](/nope/).\n")
    blog.write("pelicanconf.py", blog.root.joinpath("pelicanconf.py").read_text() + 'MENUITEMS = [("Gone", "gone/")]\n')
    done = alcatraz(blog, "check.links", "--format=json", "--site-url=https://u.example/blog")
    found = {(finding["path"], finding["line"]) for finding in json.loads(done.stdout)["findings"] if "/nope/" in finding["message"]}
    assert ("content/posts/one/index.md", 9) in found
    theirs = [finding["path"] for finding in json.loads(done.stdout)["findings"] if "/gone/" in finding["message"]]
    assert ".alcatraz/check/site/404.html" in theirs
    assert all((blog.root / path).is_file() for path in theirs)


def test_a_fault_of_the_content_is_told_once(blog: Blog) -> None:
    """A place that is not there is told where it is written, and not again for the page and the feeds; alone, the links tell it."""
    blog.post("one", "See [this](#nah)\nand [that](../two/index.md#nope).\n", categories="[Birds]")
    blog.post("two")

    def found(*tasks: str) -> list[tuple[str, int]]:
        return [(each["path"], each["line"]) for each in json.loads(alcatraz(blog, *tasks, "--format=json").stdout)["findings"]]

    assert found("check") == [("content/posts/one/index.md", 8), ("content/posts/one/index.md", 9)]
    assert [path for path, _ in found("check.links")] == [".alcatraz/check/site/posts/one/index.html", "content/posts/one/index.md"]


def test_a_post_that_nix_does_not_see_is_told(blog: Blog) -> None:
    """A flake is what git knows of a folder: who has one is told of a post that git does not know."""
    blog.post("one")
    git = ["git", "-c", "init.defaultBranch=main", "-C", str(blog.root)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    assert alcatraz(blog, "build").stderr == ""
    blog.write("flake.nix", "{ }\n")
    warning = "warning: content/posts/one/index.md: git does not know this file, so `nix build` does not see it; `git add` it\n"
    assert alcatraz(blog, "build").stderr == warning
    subprocess.run([*git, "add", "content"], check=True)
    assert alcatraz(blog, "build").stderr == ""


def test_a_tasks_py_that_knows_nothing_of_us_adds_to_our_tasks(blog: Blog) -> None:
    """`pelican-quickstart` writes one with a `build` of its own: `alcatraz build` stays ours, and what else there is, is there."""
    blog.post("one")
    own = "from invoke import task\n\n@task\ndef build(c):\n    print('theirs')\n\n@task\ndef greet(c):\n    print('hello')\n"
    blog.write("tasks.py", own)
    assert alcatraz(blog, "build", "--strict").stdout.startswith("output/: 1 post, ")
    assert alcatraz(blog, "greet").stdout == "hello\n"


def test_a_tasks_py_runs_from_the_folder_of_its_blog(blog: Blog) -> None:
    """`pelican-quickstart` writes one that reads "pelicanconf.py" as it is imported, and we may be called from anywhere in the blog."""
    blog.post("one")
    blog.write("tasks.py", "open('pelicanconf.py').close()\n")
    assert alcatraz(blog, "build", cwd=blog.root / "content").returncode == 0


def test_help_begins_with_the_tasks(blog: Blog) -> None:
    """Whoever asks what there is sees the tasks first, then the few options that are ours."""
    shown = alcatraz(blog, "--help").stdout
    assert shown.index("Build the whole site.") < shown.index("--version")
    assert "--prompt-for-sudo-password" not in shown


@pytest.mark.parametrize("task", ["build", "serve", "new", "init", "upgrade", "publish", "clean", "check", "check.links"])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_task_explains_itself(blog: Blog, task: str, flag: str) -> None:
    """After any task `-h` and `--help` show its flags, and nothing is done: no post is begun that has this for its title."""
    before = sorted(blog.root.rglob("*"))
    done = alcatraz(blog, task, flag)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ")
    assert "-h " not in done.stdout
    assert sorted(blog.root.rglob("*")) == before


def test_output_that_nobody_reads_to_its_end(blog: Blog) -> None:
    """`alcatraz --help | head -1` ends without a traceback."""
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m alcatraz --help | true; echo ${{PIPESTATUS[0]}}"],
        cwd=blog.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.strip() in {"141", "0"}  # 0 where `true` was slower than we


@pytest.mark.parametrize(("seconds", "shown"), [(1.6, True), (0.1, False)])
def test_a_long_build_shows_a_bar(seconds: float, shown: bool) -> None:
    """On a terminal a bar is there once a second has gone, also where no step is done meanwhile; a short build has none."""
    code = f"import time; from alcatraz.tasks.shown import progress\nwith progress() as show: show('Reading', 1, 9); time.sleep({seconds})"
    leader, terminal = pty.openpty()
    subprocess.run([sys.executable, "-c", code], stdout=terminal, env={**os.environ, "TERM": "xterm"}, check=True)
    os.write(terminal, b"end")
    assert ("Reading" in os.read(leader, 65536).decode()) == shown
    os.close(leader)
    os.close(terminal)


def test_drafts_are_looked_over_when_asked_for(blog: Blog) -> None:
    """What is not published is nobody's concern until its author asks."""
    blog.post("one")
    blog.post("two", "![](gone.jpg)\n", draft="true")
    assert alcatraz(blog, "check.content").returncode == 0
    asked = alcatraz(blog, "check.content", "--drafts")
    assert asked.returncode == 1
    assert "content/posts/two/index.md:8: the picture gone.jpg leads to a file that is not there" in asked.stdout
