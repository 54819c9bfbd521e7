"""The launcher: an environment of what the lock names and nothing else, made once, never used half-made.

The projects here are as small as they can be: a lock of one-module wheels that the tests make, and an engine that tells what
it was started with. pip and the virtual environments are real; nothing leaves the machine.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

LAUNCHER = Path(__file__).parents[1] / "alcatraz"
PYTHON = os.path.realpath(getattr(sys, "_base_executable", sys.executable))  # the one outside the tests' own environment

ENGINE = """\
import importlib.metadata, json, os, sys
print(json.dumps({
    "arguments": sys.argv[1:],
    "cwd": os.getcwd(),
    "engine": __file__,
    "installed": sorted(f"{found.name} {found.version}" for found in importlib.metadata.distributions()),
    "prefix": sys.prefix,
    "root": os.environ["ALCATRAZ_ROOT"],
}))
sys.exit(7 if "fail" in sys.argv else 0)
"""


def make_wheel(folder: Path, name: str, version: str = "1.0", code: str = "") -> Path:
    """A wheel of one package whose `__main__` is `code`."""
    record = f"{name}-{version}.dist-info"
    path = folder / f"{name}-{version}-py3-none-any.whl"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/__init__.py", "")
        archive.writestr(f"{name}/__main__.py", code)
        archive.writestr(f"{record}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{record}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{record}/RECORD", "")
    return path


def locked(wheel: Path, *, groups: tuple[str, ...] = ("main",), markers: str = "", source: str = "") -> str:
    """The lock's entry for a wheel; `markers` and `source` are TOML."""
    name, version = wheel.name.split("-")[:2]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return "\n".join(
        [
            "[[package]]",
            f'name = "{name}"',
            f'version = "{version}"',
            f"groups = {json.dumps(groups)}",
            f"markers = {markers}" if markers else "",
            f'files = [{{file = "{wheel.name}", hash = "sha256:{digest}"}}]',
            f"[package.source]\n{source}" if source else "",
        ]
    )


@dataclass
class Project:
    """A blog with a lock and a launcher, and the wheels that an index would have."""

    root: Path
    index: Path
    variables: dict[str, str]
    quick: str

    def lock(self, *entries: str) -> None:
        """Writes the lock: the engine, and these."""
        engine = make_wheel(self.root / "engine", "alcatraz", code=ENGINE)
        own = locked(engine, source=f'type = "file"\nurl = "engine/{engine.name}"')
        (self.root / "poetry.lock").write_text("\n".join([*entries, own]) + "\n", encoding="utf-8")

    def command(self, *arguments: str, before: str = "", launcher: Path | None = None) -> list[str]:
        """What starts the launcher; `before` is code that changes the interpreter it meets."""
        lines = ["import runpy, sys", "sys.argv = sys.argv[1:]", self.quick, before, "runpy.run_path(sys.argv[0], run_name='__main__')"]
        return [PYTHON, "-c", "\n".join(lines), str(launcher or self.root / "alcatraz"), *arguments]

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Starts the launcher in a process group of its own."""
        return subprocess.Popen(
            self.command(*arguments),
            env=self.variables | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(
        self, *arguments: str, before: str = "", launcher: Path | None = None, cwd: Path | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs the launcher to its end."""
        command = self.command(*arguments, before=before, launcher=launcher)
        return run(command, env=self.variables | variables, cwd=cwd)

    def environments(self) -> set[str]:
        """The names of the environments that are on the disk."""
        return {path.name for path in (self.root / ".alcatraz").glob("env-*")}


def told(done: subprocess.CompletedProcess[str]) -> Any:
    """What the engine was started with."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence that a failed run ends in."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("alcatraz: ")
    return last


def run(command: list[str], env: dict[str, str], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="session")
def quick(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Code that makes Python's own pip an unpacked one: from its wheel it takes a second to start, each time."""
    folder = tmp_path_factory.mktemp("ensurepip")
    show = "import ensurepip, sysconfig; print(sysconfig.get_config_var('WHEEL_PKG_DIR') or ensurepip.__path__[0] + '/_bundled')"
    (wheel,) = Path(run([PYTHON, "-c", show], env={}).stdout.strip()).glob("pip-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "_bundled" / wheel.name)
    return f"import ensurepip, sysconfig; ensurepip.__file__ = {str(folder / 'unpacked')!r}; sysconfig.get_config_vars()['WHEEL_PKG_DIR'] = None"


def new_project(folder: Path, quick: str) -> Project:
    """A project in a folder with a space and letters beyond ASCII in its name, as authors have them."""
    root = folder / "mon blog d’été"
    root.mkdir()
    shutil.copy2(LAUNCHER, root)
    index = folder / "index"
    index.mkdir()
    variables = {
        "HOME": str(folder),
        "PATH": os.defpath,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": index.as_uri(),
        "PIP_NO_CACHE_DIR": "1",
        "PIP_NO_INDEX": "1",
    }
    made = Project(root, index, variables, quick)
    (root / "pyproject.toml").write_text('[tool.alcatraz.groups]\ntest = ["dev"]\n', encoding="utf-8")
    made.lock(locked(make_wheel(index, "alpha")))
    return made


@pytest.fixture
def project(tmp_path: Path, quick: str) -> Project:
    """A project that was never run."""
    return new_project(tmp_path, quick)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, quick: str) -> Project:
    """A project whose environment is there; for tests that leave it as it is."""
    made = new_project(tmp_path_factory.mktemp("ready"), quick)
    told(made.run("build"))
    return made


@pytest.fixture
def silent_index() -> Iterator[socket.socket]:
    """An index that takes calls and never answers them: pip hangs until the socket is closed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        yield server


def asking(server: socket.socket) -> dict[str, str]:
    """The variables that make pip ask this index."""
    return {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": f"http://127.0.0.1:{server.getsockname()[1]}/simple"}


def test_first_run_makes_the_environment_of_the_lock_and_runs_the_task(project: Project) -> None:
    """The first run installs what the lock names and nothing else, says so in one line, and runs the task with its arguments."""
    python = project.index / "bin/python3"
    python.parent.mkdir()
    python.symlink_to(PYTHON)
    done = run([str(project.root / "alcatraz"), "build", "--strict"], env=project.variables | {"PATH": f"{python.parent}:{os.defpath}"})
    engine = told(done)
    assert engine["arguments"] == ["build", "--strict"]
    assert engine["installed"] == ["alcatraz 1.0", "alpha 1.0"]
    assert engine["root"] == str(project.root)
    assert Path(engine["prefix"]) == (project.root / ".venv").resolve()
    version = "{}.{}".format(*sys.version_info)
    assert done.stderr.startswith(f"Setting up the environment (Python {version}, 2 packages) … ")
    assert done.stderr.count("\n") == 1


def test_later_run_makes_nothing_and_says_nothing(ready: Project) -> None:
    """A later run uses the environment that is there, and the only output is the task's."""
    before = ready.environments()
    done = ready.run("build")
    told(done)
    assert done.stderr == ""
    assert ready.environments() == before


def test_later_run_loads_nothing_that_takes_time(ready: Project) -> None:
    """A later run looks and starts the task: what making an environment needs is not even imported."""
    # -S: what somebody has put into that Python's own site-packages is not the launcher's to answer for.
    command = [PYTHON, "-S", "-X", "importtime", str(ready.root / "alcatraz"), "build"]
    told = subprocess.run(command, env=ready.variables, capture_output=True, text=True, check=True).stderr
    launcher = told.partition("alcatraz.__main__")[0]
    imported = {line.rpartition("|")[2].strip() for line in launcher.splitlines() if line.startswith("import time:")}
    assert "tomllib" in imported
    assert imported.isdisjoint({"ensurepip", "hashlib", "pathlib", "shutil", "subprocess", "sysconfig", "tempfile", "venv"})


def test_exit_status_is_the_tasks(ready: Project) -> None:
    """The launcher ends with the status of the task."""
    assert ready.run("fail").returncode == 7


def test_launcher_works_from_elsewhere_through_a_link(ready: Project, tmp_path: Path) -> None:
    """Called through a symbolic link and from another folder, it finds its own project, and the task runs where the caller stands."""
    link = tmp_path / "link to it"
    link.symlink_to(ready.root / "alcatraz")
    engine = told(ready.run("build", launcher=link, cwd=tmp_path))
    assert engine["root"] == str(ready.root)
    assert engine["cwd"] == str(tmp_path)


def test_callers_folder_and_path_have_no_say_in_imports(ready: Project, tmp_path: Path) -> None:
    """A file json.py where the command is given, or on PYTHONPATH, is not taken for the library's."""
    (tmp_path / "json.py").write_text("raise SystemExit('taken')", encoding="utf-8")
    told(ready.run("build", cwd=tmp_path))
    told(ready.run("build", PYTHONPATH=str(tmp_path), PYTHONSAFEPATH="1"))


def test_launcher_starts_from_within_its_own_environment(ready: Project) -> None:
    """With the environment's own Python first on the PATH (as after `activate`), no other environment is made."""
    done = subprocess.run(
        [ready.root / ".venv/bin/python", ready.root / "alcatraz", "build"],
        env=ready.variables,
        capture_output=True,
        text=True,
        check=False,
    )
    told(done)
    assert done.stderr == ""


def test_environment_is_made_in_any_locale(project: Project) -> None:
    """Spaces and letters beyond ASCII in the folder's name do no harm, not even where the locale is the plainest."""
    assert told(project.run("build", LC_ALL="C"))["installed"] == ["alcatraz 1.0", "alpha 1.0"]


def test_another_lock_makes_another_environment(project: Project) -> None:
    """When the lock changes, the environment is made anew; the one before is kept for what still runs in it, older ones go."""
    first = Path(told(project.run("build"))["prefix"])
    shutil.copytree(first, first.with_name("env-older"), symlinks=True)
    project.lock(locked(make_wheel(project.index, "alpha", "2.0")))
    engine = told(project.run("build"))
    assert engine["installed"] == ["alcatraz 1.0", "alpha 2.0"]
    assert project.environments() == {first.name, Path(engine["prefix"]).name}


def test_another_interpreter_makes_another_environment(project: Project) -> None:
    """When the interpreter is another one, the environment is made anew; back with the first one, it is taken up again."""
    first = told(project.run("build"))["prefix"]
    second = told(project.run("build", before="sys.version = '3.99'"))["prefix"]
    assert second != first
    done = project.run("build")
    assert told(done)["prefix"] == first
    assert done.stderr == ""


def test_moved_project_makes_another_environment(ready: Project, tmp_path: Path) -> None:
    """A copy of the project does not use the environment of the place it was copied from."""
    copy = Project(tmp_path / "copy", ready.index, ready.variables, ready.quick)
    shutil.copytree(ready.root, copy.root, symlinks=True)
    assert Path(told(copy.run("build"))["prefix"]).is_relative_to(copy.root)


def test_groups_are_installed_for_the_tasks_that_need_them(project: Project) -> None:
    """`build` gets the runtime packages; `test` the others too; a `build` after it makes do with what is there."""
    project.lock(
        locked(make_wheel(project.index, "alpha"), groups=("main", "dev")), locked(make_wheel(project.index, "beta"), groups=("dev",))
    )
    assert told(project.run("build"))["installed"] == ["alcatraz 1.0", "alpha 1.0"]
    everything = ["alcatraz 1.0", "alpha 1.0", "beta 1.0"]
    assert told(project.run("test"))["installed"] == everything
    done = project.run("build")
    assert told(done)["installed"] == everything
    assert done.stderr == ""


def test_markers_choose_the_packages(project: Project) -> None:
    """Pip evaluates the lock's markers, also those that differ from group to group."""
    entries = {
        "yes": "'python_version >= \"3\"'",
        "no": "'sys_platform == \"win32\"'",
        "elsewhere": "{dev = 'python_version >= \"3\"', main = 'sys_platform == \"win32\"'}",
        "everywhere": "{dev = 'sys_platform == \"win32\"'}",
    }
    wheels = {name: make_wheel(project.index, name) for name in entries}
    project.lock(*(locked(wheels[name], groups=("main", "dev"), markers=markers) for name, markers in entries.items()))
    assert told(project.run("build"))["installed"] == ["alcatraz 1.0", "everywhere 1.0", "yes 1.0"]


def test_checkout_runs_its_own_source(project: Project) -> None:
    """Where the engine's source lies beside the launcher, that is what runs."""
    source = project.root / "src/alcatraz/__main__.py"
    source.parent.mkdir(parents=True)
    source.write_text(ENGINE, encoding="utf-8")
    (project.root / "poetry.lock").write_text(locked(make_wheel(project.index, "alpha")), encoding="utf-8")
    assert told(project.run("build"))["engine"] == str(source)


def test_two_first_runs_at_once_make_one_environment(project: Project) -> None:
    """Of two first runs at once one makes the environment, and the other waits for it."""
    with project.start("build") as one, project.start("build") as other:
        ended = [(*each.communicate(timeout=60), each.returncode) for each in (one, other)]
    assert [status for *_, status in ended] == [0, 0]
    assert len({json.loads(output)["prefix"] for output, *_ in ended}) == 1
    assert sum("Setting up" in errors for _, errors, _ in ended) == 1
    assert len(project.environments()) == 1


def test_killed_set_up_is_never_used(project: Project, silent_index: socket.socket) -> None:
    """After a set-up that was killed half-way, the next run waits until its pip has ended, and makes the environment anew."""
    with project.start("build", **asking(silent_index)) as killed:
        call, _ = silent_index.accept()
        left = project.environments()
        killed.kill()
    with project.start("build") as following:
        assert following.stderr
        assert "waiting for it" in following.stderr.readline()
        silent_index.close()
        call.close()
        output, errors = following.communicate(timeout=60)
    assert following.returncode == 0, errors
    assert json.loads(output)["installed"] == ["alcatraz 1.0", "alpha 1.0"]
    assert len(left) == len(project.environments()) == 1


def test_interrupted_set_up_ends_cleanly(project: Project, silent_index: socket.socket) -> None:
    """Ctrl-C during the set-up ends it at once, with the status shells expect, no traceback, and nothing left half-made."""
    with project.start("build", **asking(silent_index)) as interrupted:
        call, _ = silent_index.accept()
        os.killpg(interrupted.pid, signal.SIGINT)
        _, errors = interrupted.communicate(timeout=60)
    call.close()
    assert interrupted.returncode == 130
    assert "Traceback" not in errors
    assert project.environments() == set()


def test_completion_installs_nothing(project: Project) -> None:
    """A shell that asks for completions before the first run gets none, and at once."""
    done = project.run("--complete", "--", "alcatraz bu")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (project.root / ".alcatraz").exists()


def test_wrong_hash_installs_nothing(project: Project) -> None:
    """A file whose hash is not the lock's is refused, by name."""
    make_wheel(project.index, "alpha", code="changed = True")
    assert "alpha==1.0 is not the file that poetry.lock names" in sentence(project.run("build"))
    assert project.environments() == set()


def test_unreachable_index_says_that_the_first_run_needs_the_network(project: Project, silent_index: socket.socket) -> None:
    """Without network the first run says that it needs one, and that later ones do not."""
    project.variables |= asking(silent_index)
    silent_index.close()
    assert "cannot be reached ([Errno 111] Connection refused); the first run needs the network, later ones do not" in sentence(
        project.run("build")
    )


def test_missing_wheel_is_told_by_name(project: Project) -> None:
    """A package that has no wheel for this Python is named."""
    (project.index / "alpha-1.0-py3-none-any.whl").unlink()
    assert "no wheel of alpha==1.0 for Python" in sentence(project.run("build"))


def test_engine_that_is_not_there_is_told(project: Project) -> None:
    """The engine's wheel, which no index has, is named by its place in the blog, with where to take it from."""
    (project.root / "engine/alcatraz-1.0-py3-none-any.whl").unlink()
    said = sentence(project.run("build"))
    assert "engine/alcatraz-1.0-py3-none-any.whl, which poetry.lock names, is not there; take it from git" in said
    assert project.environments() == set()


def test_engine_that_is_another_is_told(project: Project) -> None:
    """Of an engine whose hash is not the lock's, no index is blamed."""
    make_wheel(project.root / "engine", "alcatraz", code="changed = True")
    said = sentence(project.run("build"))
    assert "engine/alcatraz-1.0-py3-none-any.whl is not the file that poetry.lock names" in said
    assert "from git" in said
    assert "pip" not in said
    assert project.environments() == set()


def test_other_trouble_is_told_in_pips_own_words(project: Project) -> None:
    """What the launcher does not know by heart is passed on as pip says it."""
    wheel = make_wheel(project.index, "alpha")
    wheel.write_bytes(b"no wheel")
    project.lock(locked(wheel))
    assert "alpha" in sentence(project.run("build"))


def test_python_without_venv_says_what_to_install(project: Project) -> None:
    """Where the system keeps the venv module in a package of its own, the sentence names that package."""
    version = "{}.{}".format(*sys.version_info)
    assert f"apt install python{version}-venv" in sentence(project.run("build", before="sys.modules['ensurepip'] = None"))


OLD = "sys.version_info = (3, 8, 0, 'final', 0)"


def test_old_python_looks_for_a_newer_one(project: Project, tmp_path: Path) -> None:
    """Started by too old a Python, it starts again with a newer one from the PATH, and passes over names behind which there is none."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3.13").write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    (programs / "python3.13").chmod(0o755)
    (programs / "python3.12").symlink_to(PYTHON)
    assert told(project.run("build", before=OLD, PATH=str(programs)))["arguments"] == ["build"]


def test_old_python_alone_says_what_is_needed(project: Project, tmp_path: Path) -> None:
    """Where there is no newer Python, the sentence says which is needed and how to get it."""
    assert "this is Python 3.8, and Alcatraz needs 3.11 or newer; install one" in sentence(
        project.run("build", before=OLD, PATH=str(tmp_path))
    )


def test_old_python_can_read_the_launcher() -> None:
    """The launcher is written so that Python 3.6 can parse it, and come to the sentence."""
    ast.parse(LAUNCHER.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_launcher_needs_the_standard_library_only() -> None:
    """The launcher imports nothing that has to be installed first."""
    tree = ast.parse(LAUNCHER.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names


def test_given_interpreter_is_used_as_it_is(project: Project, tmp_path: Path) -> None:
    """Where ALCATRAZ_PYTHON names an interpreter, as in `nix develop`, that one runs the checkout's engine, and nothing is made."""
    source = project.root / "src/alcatraz/__main__.py"
    source.parent.mkdir(parents=True)
    source.write_text(ENGINE, encoding="utf-8")
    program = tmp_path / "given"
    program.write_text(f'#!/bin/sh\nexec {PYTHON} "$@" given\n', encoding="utf-8")
    program.chmod(0o755)
    engine = told(project.run("build", before=OLD, ALCATRAZ_PYTHON=str(program)))
    assert engine["arguments"] == ["build", "given"]
    assert (engine["engine"], engine["root"]) == (str(source), str(project.root))
    assert not (project.root / ".alcatraz").exists()


def test_given_interpreter_that_is_not_there_is_named(project: Project) -> None:
    """An ALCATRAZ_PYTHON that does not start is named, with what to do."""
    assert "ALCATRAZ_PYTHON is /nowhere/python, which does not start" in sentence(project.run("build", ALCATRAZ_PYTHON="/nowhere/python"))


@pytest.mark.parametrize(
    ("lock", "words"),
    [
        (None, "has no poetry.lock"),
        ("package = [", "is not a lock of Poetry 2"),
        ('[[package]]\nname = "alpha"\nversion = "1.0"\nfiles = []', "is not a lock of Poetry 2"),
        (
            '[[package]]\nname = "alpha"\nversion = "1.0"\ngroups = ["main"]\nfiles = []\n[package.source]\ntype = "git"',
            "takes alpha from a git",
        ),
    ],
)
def test_lock_that_cannot_be_installed_is_refused(project: Project, lock: str | None, words: str) -> None:
    """No lock, a broken one, one of an old Poetry, one that names what has no hash: one sentence, and nothing is made."""
    (project.root / "poetry.lock").unlink()
    if lock is not None:
        (project.root / "poetry.lock").write_text(lock, encoding="utf-8")
    assert words in sentence(project.run("build"))
    assert project.environments() == set()


def test_folder_of_somebodys_own_is_left_alone(project: Project) -> None:
    """A .venv that the launcher did not make is not touched."""
    (project.root / ".venv").mkdir()
    assert ".venv was not made by this launcher; move it away" in sentence(project.run("build"))


@pytest.mark.parametrize(
    ("mount", "words"),
    [
        ("-o bind,ro", "cannot be written (Read-only file system); copy the folder"),
        ("-t tmpfs -o size=60k", "the disk is full"),
        ("-t tmpfs -o size=2m", "the disk is full"),
    ],
)
def test_folder_that_takes_nothing_is_told(project: Project, tmp_path: Path, mount: str, words: str) -> None:
    """On a disk that is read-only, or full at once, or full once pip gets going, the sentence says so."""
    project.lock(locked(make_wheel(project.index, "alpha", code="#" * 3_000_000)))
    place = tmp_path / "mounted"
    place.mkdir()
    script = textwrap.dedent(f"""\
        set -e
        mount {mount} "$1" "$2"
        [ -e "$2/alcatraz" ] || cp -a "$1/." "$2"
        shift 2
        exec "$@"
        """)
    apart = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    try:
        subprocess.run([*apart, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        lacking("the right to mount in a namespace of its own")
    command = project.command("build", launcher=place / "alcatraz")
    assert words in sentence(run([*apart, "sh", "-c", script, "sh", str(project.root), str(place), *command], env=project.variables))
