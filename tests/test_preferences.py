"""What a person says once for all of their blogs: names for them, an editor, an author."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_tasks import alcatraz

if TYPE_CHECKING:
    from tests.conftest import Blog

LAUNCHER = Path(__file__).parents[1] / "alcatraz"


def say(blog: Blog, text: str) -> Path:
    """Writes the file where the program that the tests run looks for it."""
    return blog.write(".config/alcatraz/config.toml", text)


def named(blog: Blog) -> Path:
    """Gives the blog the name `journal`."""
    return say(blog, f'[blogs.journal]\ndirectory = "{blog.root}"\n[blogs.notes]\ndirectory = "~/notes"\n')


@pytest.mark.parametrize("words", [["--blog", "journal"], ["--blog=journal"]])
def test_a_blog_by_its_name(blog: Blog, tmp_path: Path, words: list[str]) -> None:
    """Its tasks run from any folder; a path on the command line is still where the author stands."""
    named(blog)
    blog.post("one")
    done = alcatraz(blog, *words, "build", "--output=here", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "here" / "index.html").is_file()
    assert alcatraz(blog, *words, "new", "A title", cwd=tmp_path).stdout == "content/posts/a-title/index.md\n"


def test_its_own_tasks_are_there(blog: Blog, tmp_path: Path) -> None:
    """Also where a shell asks how to complete; and the names of blogs complete, and the option itself."""
    named(blog)
    blog.write("tasks.py", "from invoke import task\n\n@task\ndef greet(_):\n    print('hello')\n")
    assert alcatraz(blog, "--blog", "journal", "greet", cwd=tmp_path).stdout == "hello\n"
    ask = ("--complete", "--", "alcatraz", "--blog")
    assert {"build", "greet"} <= set(alcatraz(blog, *ask, "journal", "", cwd=tmp_path).stdout.split())
    assert alcatraz(blog, *ask, "jo", cwd=tmp_path).stdout.split() == ["journal", "notes"]
    assert "--blog" in alcatraz(blog, *ask[:-1], "--b", cwd=tmp_path).stdout.split()


def test_a_blog_with_a_launcher_has_an_engine_of_its_own(blog: Blog, tmp_path: Path) -> None:
    """The launcher gets the command line as it is, in the folder the author stands in, and its exit status counts."""
    named(blog)
    blog.write("alcatraz", '#!/bin/sh\necho "$# $1 $2"; pwd; echo "${ALCATRAZ_ROOT-none}"; exit 7\n').chmod(0o755)
    done = alcatraz(blog, "--blog", "journal", "new", "A title", cwd=tmp_path, ALCATRAZ_ROOT=str(tmp_path))
    assert (done.returncode, done.stdout) == (7, f"2 new A title\n{tmp_path}\nnone\n")
    own = alcatraz(blog, "--blog", "journal", "new", "A title", cwd=tmp_path, ALCATRAZ_ROOT=str(blog.root))
    assert own.stdout == "content/posts/a-title/index.md\n", "the launcher that has started this program is not started again"


def test_a_blog_with_the_real_launcher(blog: Blog, tmp_path: Path) -> None:
    """From one launcher to the other, and to the blog that was meant."""
    named(blog)
    blog.write("alcatraz", LAUNCHER.read_bytes()).chmod(0o755)
    (tmp_path / "alcatraz").write_bytes(LAUNCHER.read_bytes())
    variables = {"ALCATRAZ_PYTHON": sys.executable, "PYTHONPATH": os.pathsep.join(sys.path), "XDG_CONFIG_HOME": str(blog.root / ".config")}
    done = subprocess.run(
        [sys.executable, tmp_path / "alcatraz", "--blog=journal", "new", "A title"],
        cwd=tmp_path,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "content/posts/a-title/index.md\n"), done.stderr


def with_program(blog: Blog, program: Path | str) -> Path:
    """Gives the blog the name `journal`, and a program of its own."""
    return say(blog, f'[blogs.journal]\ndirectory = "{blog.root}"\nprogram = "{program}"\n')


def test_a_blog_with_a_program_of_its_own(blog: Blog, tmp_path: Path) -> None:
    """It gets the command line without the name, where the author stands, and hears which blog is meant; the launcher is left."""
    blog.write("alcatraz", "#!/bin/sh\nexit 3\n").chmod(0o755)
    program = blog.write(".config/bin/alcatraz", '#!/bin/sh\necho "$# $1 $2"; pwd; echo "$ALCATRAZ_ROOT"; exit 7\n')
    program.chmod(0o755)
    for written in (str(program), f"~/{program.relative_to(tmp_path)}"):
        with_program(blog, written)
        done = alcatraz(blog, "--blog", "journal", "new", "A title", cwd=tmp_path, HOME=str(tmp_path), ALCATRAZ_ROOT=str(tmp_path))
        assert (done.returncode, done.stdout) == (7, f"2 new A title\n{tmp_path}\n{blog.root}\n"), done.stderr


def test_the_program_works_on_the_blog(blog: Blog, tmp_path: Path) -> None:
    """From any folder, and it is what completes; one that calls the blog by its name again is not started for ever."""
    program = blog.write(".config/bin/alcatraz", f'#!/bin/sh\nexec {sys.executable} -m alcatraz --blog journal "$@"\n')
    program.chmod(0o755)
    with_program(blog, program)
    blog.write("tasks.py", "from invoke import task\n\n@task\ndef greet(_):\n    print('hello')\n")
    assert alcatraz(blog, "--blog", "journal", "new", "A title", cwd=tmp_path).stdout == "content/posts/a-title/index.md\n"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m alcatraz "$@"\n')
    ask = ("--complete", "--", "alcatraz", "--blog", "journal", "")
    assert {"build", "greet"} <= set(alcatraz(blog, *ask, cwd=tmp_path).stdout.split())


def test_the_program_may_be_this_one(blog: Blog, tmp_path: Path) -> None:
    """It goes on then, and does not start itself."""
    program = blog.write(".config/bin/alcatraz", f"#!{sys.executable}\nprint('started')\nfrom alcatraz.cli import main\nmain()\n")
    program.chmod(0o755)
    link = program.with_name("link")
    link.symlink_to(program)
    with_program(blog, program)
    environment = {key: value for key, value in os.environ.items() if key != "ALCATRAZ_ROOT"}
    done = subprocess.run(
        [link, "--blog", "journal", "new", "A title"],
        cwd=tmp_path,
        env={**environment, "XDG_CONFIG_HOME": str(blog.root / ".config"), "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "started\ncontent/posts/a-title/index.md\n"), done.stderr


def test_a_program_that_cannot_be_it_is_one_sentence(blog: Blog, tmp_path: Path) -> None:
    """What is not there, is no program, or is another folder's launcher, which would work on that folder."""
    plain = blog.write(".config/bin/plain", "")
    broken = blog.write(".config/bin/broken", "#!/no/shell\n")
    launcher = blog.write("../other/alcatraz", "#!/bin/sh\n")
    blog.write("../other/poetry.lock", "")
    for file in (broken, launcher):
        file.chmod(0o755)
    for program, words in (
        (tmp_path / "none", f"`blogs.journal.program` is {tmp_path}/none, which is no program; name a file"),
        (tmp_path, "which is no program"),
        (plain, "which is no program"),
        (broken, "the blog's program does not start (No such file or directory); mend it, or `blogs.journal.program` in "),
        (launcher, f"`blogs.journal.program` is {tmp_path}/other/alcatraz, which is the launcher of another folder"),
    ):
        file = with_program(blog, program)
        done = alcatraz(blog, "--blog", "journal", "build", cwd=tmp_path)
        assert done.returncode == 1
        assert words in done.stderr
        assert str(file) in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--blog", "jurnal", "build"], "there is no blog `jurnal` among journal, notes; did you mean `journal`?"),
        (["--blog", "x", "build"], "there is no blog `x` among journal, notes; choose one of them, or add it"),
        (["--blog", "notes", "build"], "`blogs.notes.directory` is /no/home/notes, which is not a folder"),
        (["--blog"], "--blog needs a name"),
        (["--blog", "--list"], "--blog needs a name"),
        (["build", "--blog", "journal"], "--blog stands before the task"),
        (["build", "--blog=journal"], "--blog stands before the task"),
    ],
)
def test_a_name_that_leads_nowhere_is_one_sentence(blog: Blog, words: list[str], said: str) -> None:
    """What there is, and what was perhaps meant."""
    named(blog)
    done = alcatraz(blog, *words, HOME="/no/home")
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_names_yet(blog: Blog, tmp_path: Path) -> None:
    """The sentence says where to give one; a folder that is relative does not count, as the standard has it."""
    done = alcatraz(blog, "--blog", "journal", "build", cwd=tmp_path, HOME=str(tmp_path), XDG_CONFIG_HOME="relative")
    assert done.returncode == 1
    assert done.stderr.startswith(f"alcatraz: {tmp_path}/.config/alcatraz/config.toml: no blog has a name yet; write [blogs.journal]")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("author = ", "this is not TOML"),
        (b'author = "\xff"', "this is not TOML"),
        ("author = 3", "`author` is 3, which is no text"),
        ('edtor = "vi"', "there is no setting `edtor`; did you mean `editor`?"),
        ("colour = 1", "there is no setting `colour`; choose one of author, editor, blogs"),
        ("editor = 'vi \"x'", "which is no command"),
        ('blogs = ["a"]', "`blogs` is ['a'], which is no table"),
        ('[blogs]\njournal = "/srv"', "`blogs.journal` is '/srv', which is no table"),
        ("[blogs.journal]", "`blogs.journal` has no directory"),
        ("[blogs.journal]\ndirectory = 3", "`blogs.journal.directory` is 3, which is no text"),
        ('[blogs.journal]\ndirectory = "src/journal"', "which is relative to nothing"),
        ('[blogs.journal]\ndirectory = "~nobody-here/journal"', "which is relative to nothing"),
        ('[blogs.journal]\ndirectory = "/srv"\nprogram = "bin/alcatraz"', "`blogs.journal.program` is 'bin/alcatraz', which is relative"),
        ('[blogs.journal]\ndirectory = "/srv"\nprogram = 3', "`blogs.journal.program` is 3, which is no text"),
        ('[blogs.journal]\ndirctory = "/srv"', "there is no setting `blogs.journal.dirctory`; did you mean `blogs.journal.directory`?"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(blog: Blog, text: str | bytes, said: str) -> None:
    """With the file and the key, and what to do."""
    file = blog.write(".config/alcatraz/config.toml", text)
    done = alcatraz(blog, "--blog", "journal", "build")
    assert done.returncode == 1
    assert done.stderr.startswith(f"alcatraz: {file}: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert alcatraz(blog, "build").returncode == 0, "tasks that ask nothing of the file do not care for it"


@pytest.mark.parametrize(("variable", "opened"), [(None, "theirs"), ("VISUAL", "mine"), ("EDITOR", "mine")])
def test_the_editor_of_new_posts(blog: Blog, tmp_path: Path, variable: str | None, opened: str) -> None:
    """It is the one that the file names where neither VISUAL nor EDITOR says another."""
    editors = {}
    for name in ("theirs", "mine"):
        editors[name] = blog.write(f"{name} editor", f'#!/bin/sh\necho "$@" > "{tmp_path}/{name}"\n')
        editors[name].chmod(0o755)
    say(blog, f"editor = \"'{editors['theirs']}' --wait\"\n")
    leader, terminal = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if key not in {"EDITOR", "VISUAL", "ALCATRAZ_ROOT"}}
    variables = {"XDG_CONFIG_HOME": str(blog.root / ".config"), **({variable: f"'{editors['mine']}' --wait"} if variable else {})}
    command = [sys.executable, "-m", "alcatraz", "new", "One"]
    subprocess.run(command, cwd=blog.root, env=kept | variables, stdin=terminal, stdout=terminal, check=True)
    os.close(leader)
    os.close(terminal)
    post = blog.root / "content" / "posts" / "one" / "index.md"
    assert (tmp_path / opened).read_text() == f"--wait {post}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blog", opened]


def test_the_author_of_new_blogs(blog: Blog, tmp_path: Path) -> None:
    """`init` writes the name into the settings, whatever letters it has."""
    say(blog, "author = 'Ada \"Countess\" Løvelace \\1'\n")
    done = alcatraz(blog, "init", "mine", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    settings = (tmp_path / "mine" / "pelicanconf.py").read_text(encoding="utf-8")
    assert settings.count("AUTHOR = ") == 1
    found = subprocess.run(
        [sys.executable, "-c", "import runpy; print(ascii(runpy.run_path('pelicanconf.py')['AUTHOR']))"],
        cwd=tmp_path / "mine",
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == ascii('Ada "Countess" Løvelace \\1')
