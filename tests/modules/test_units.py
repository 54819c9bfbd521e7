"""The units of a workstation: as systemd reads them, and as they run, in a real manager of a user."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import alcatraz
from tests.conftest import SETTINGS, lacking
from tests.modules import units
from tests.modules.manager import HOME, USER, Manager, free_ports, manager
from tests.modules.rendered import ROOT, evaluate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = Path(alcatraz.__file__).parents[1]
PORT = free_ports(3)
# Keys of systemd's versions 254 and 255.
NEWER = ("PollLimitBurst", "PollLimitIntervalSec", "RestartMaxDelaySec", "RestartMode", "RestartSteps")
# The settings of a blog are a program; this one tries what it must not be able to do, and notes what came of it.
TRIES = """
import ctypes, json, os, pathlib, socket

def tried(what):
    try:
        what()
    except OSError as error:
        return type(error).__name__ + ": " + str(error.strerror)
    return "done"

def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

home = pathlib.Path.home()
runtime = pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
pathlib.Path(".alcatraz/tried.json").write_text(json.dumps({
    "write to the post": tried(lambda: pathlib.Path("content/posts/one/index.md").open("a")),
    "write to home": tried(lambda: (home / "there").write_text("")),
    "write to the blog": tried(lambda: pathlib.Path("there").write_text("")),
    "read a key": tried(lambda: (home / ".ssh/id").read_text()),
    "ask the network": tried(lambda: socket.create_connection(("127.0.0.1", %(elsewhere)d), 1)),
    "write beside the target": tried(lambda: (home / "www/there").write_text("")),
    "have systemd run a program": tried(lambda: socket.socket(socket.AF_UNIX).connect(str(runtime / "systemd/private"))),
    "list the sockets": tried(lambda: os.listdir(runtime)),
    "make a ring": tried(lambda: call(425, 4, ctypes.create_string_buffer(120))),  # io_uring_setup
    "search the keys": tried(lambda: call({"x86_64": 250}.get(os.uname().machine, 219), 0, -3, 0)),  # keyctl
    "agent": os.environ.get("SSH_AUTH_SOCK"),
    "given": os.environ.get("GIVEN"),
    "path": os.environ["PATH"],
}))
"""


def program(folder: Path, source: Path) -> Path:
    """A program as Nix makes it, of this Python and the engine in `source`."""
    path = folder / "alcatraz"
    path.write_text(f"#!{sys.executable} -P\nimport sys\nsys.path.insert(0, '{source}')\nfrom alcatraz.cli import main\nmain()\n")
    path.chmod(0o755)
    return path


def script(path: Path, text: str) -> Path:
    """A script for bash."""
    path.write_text(f"#!/bin/bash\n{text}", encoding="utf-8")
    path.chmod(0o755)
    return path


def on(home: Path, blog: dict[str, Any], port: int) -> dict[str, Any]:
    """A blog of the golden units as it would be with this folder for HOME, on this port."""
    moved: dict[str, Any] = json.loads(json.dumps(blog).replace("/home/ada", str(home)).replace("/srv", str(home)))
    return {
        **moved,
        "program": str(home / "bin/alcatraz"),
        "git": "/usr/bin",
        "openssh": "/usr/bin",
        "preview": {**blog["preview"], "port": port},
    }


def workstation(home: Path, seen: Path, settings: str = "") -> None:
    """Makes a folder for HOME, seen as `seen`: what the units run, and the golden units' blogs, each with a post, committed."""
    for made in ("bin", ".ssh", "www", "my www"):
        (home / made).mkdir()
    (home / ".ssh/id").write_text("a key")
    (home / "it's 100%.env").write_text("GIVEN=for the notes\n")
    program(home / "bin", SOURCE)
    script(home / "bin/opener", units.opener(mkdir="/usr/bin/mkdir"))
    for blog in (units.JOURNAL, units.LETTERS, units.NOTES):
        folder = home / Path(blog["directory"]).relative_to("/home/ada")
        post = folder / "content/posts/one/index.md"
        post.parent.mkdir(parents=True)
        post.write_text("---\ntitle: One\ndate: 2026-11-01\nlabel: human\n---\n\nText.\n")
        (folder / "pelicanconf.py").write_text(SETTINGS + settings)
        (folder / ".gitignore").write_text(".alcatraz/\noutput/\n")
        for command in ("init --quiet", "add --all", "-c user.name=Ada -c user.email=ada@test.example commit --quiet -m Begun"):
            subprocess.run(["git", *command.split()], cwd=folder, check=True)
    files = units.units(
        *(on(seen, blog, PORT + number) for number, blog in enumerate((units.JOURNAL, units.NOTES, units.LETTERS))),
        opener=str(seen / "bin/opener"),
        teller=str(seen / "bin/teller"),
    )
    units.write(home, files)


def until(holds: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it holds within that time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def asked(path: str = "/", port: int = PORT) -> str:
    """What a preview answers."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        text: str = answer.read().decode()
    return text


def verified(folder: Path, files: dict[str, str]) -> list[str]:
    """What `systemd-analyze verify --user` says of unit files, but for the keys that only newer versions know."""
    if shutil.which("systemd-analyze") is None:
        lacking("systemd-analyze")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--user", "--man=no", *(str(folder / name) for name in files if "@" not in name)]
    (folder / "run").mkdir()
    done = subprocess.run(command, env=os.environ | {"XDG_RUNTIME_DIR": str(folder / "run")}, capture_output=True, text=True, check=False)
    return [line for line in done.stderr.splitlines() if not any(f"'{key}'" in line for key in NEWER)]


def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    """Every key and value of them, in strange names too."""
    run = script(tmp_path / "run-it", "exit\n")
    blogs = [{**blog, "program": str(run)} for blog in (units.JOURNAL, units.LETTERS, units.NOTES)]
    assert verified(tmp_path, units.units(*blogs, opener=str(run), teller=str(run))) == []


def test_a_calendar_that_is_none_is_for_systemd_to_find(tmp_path: Path) -> None:
    """Who writes one reads of it from systemd, which knows calendars."""
    run = script(tmp_path / "run-it", "exit\n")
    wrong = {**units.JOURNAL, "program": str(run), "check": {"enable": True, "calendar": "wekly"}}
    said = verified(tmp_path, units.units(wrong, opener=str(run), teller=str(run)))
    assert "Failed to parse calendar specification, ignoring: wekly" in said[0]
    assert "Timer unit lacks value setting. Refusing." in said[1]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Manager]:
    """A user with the units of the blogs, whose settings try what they must not."""
    home = tmp_path_factory.mktemp("home")
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        workstation(home, HOME, TRIES % {"elsewhere": elsewhere.getsockname()[1]})
        teller = units.teller(journalctl=str(HOME / "bin/journalctl"), notify_send=str(HOME / "bin/notify-send"))
        script(
            home / "bin/journalctl",
            f'unit=${{5#_SYSTEMD_USER_UNIT=}}\nprintf "%s\\n" "$6" > {HOME}/asked\ntail -n 1 {HOME}/log/${{unit%.service}}\n',
        )
        script(home / "bin/notify-send", f"printf '%s\\n' \"$@\" >> {HOME}/told\n")
        script(home / "bin/teller", teller)
        with manager(home, [Path(sys.base_prefix), Path(sys.prefix).resolve(), ROOT]) as running:
            yield running


@pytest.fixture
def user(running: Manager) -> Manager:
    """The same, with nothing that runs or has run."""
    running.reset("alcatraz-*")
    (running.home / "told").unlink(missing_ok=True)
    return running


def test_the_preview_starts_when_it_is_asked_for(user: Manager) -> None:
    """And is within its walls: no network, no keys, nobody to do it for it, and nothing to write to but `.alcatraz`."""
    user.systemctl("start", "alcatraz-preview-journal.socket")
    assert user.show("alcatraz-preview-journal.service", "ActiveState") == "inactive"
    assert "One" in asked("/posts/one/")
    assert user.show("alcatraz-preview-journal.service", "ActiveState") == "active"
    assert "pagefind" in asked("/pagefind/pagefind.js")
    tried = json.loads((user.home / "src/journal/.alcatraz/tried.json").read_text())
    assert tried == {
        "write to the post": "OSError: Read-only file system",
        "write to home": "OSError: Read-only file system",
        "write to the blog": "OSError: Read-only file system",
        "read a key": "PermissionError: Permission denied",
        "ask the network": "OSError: Address family not supported by protocol",
        "write beside the target": "OSError: Read-only file system",
        "have systemd run a program": "OSError: Address family not supported by protocol",
        "list the sockets": "PermissionError: Permission denied",
        "make a ring": "PermissionError: Operation not permitted",
        "search the keys": "PermissionError: Operation not permitted",
        "agent": None,
        "given": None,
        "path": "/usr/bin",
    }


def test_the_preview_ends_when_nobody_looks(user: Manager) -> None:
    """And starts again for the next who does."""
    service = "alcatraz-preview-journal.service"
    begin = user.show(service, "ExecStart").split("argv[]=")[1].split(" ;")[0]
    assert begin == f"{HOME}/bin/alcatraz serve --idle=1800"
    user.override(service, f"[Service]\nExecStart=\nExecStart={begin.replace('1800', '1')}\n")
    user.systemctl("start", "alcatraz-preview-journal.socket")
    assert "One" in asked()
    assert until(lambda: user.show(service, "ActiveState") == "inactive")
    assert user.show(service, "Result") == "success"
    assert "One" in asked()


def test_what_is_saved_is_seen_through_the_socket(user: Manager) -> None:
    """The watcher works within the walls, and drafts are shown."""
    user.systemctl("start", "alcatraz-preview-journal.socket")
    assert "One" in asked()
    draft = user.home / "src/journal/content/posts/two/index.md"
    draft.parent.mkdir()
    draft.write_text("---\ntitle: A second\ndate: 2026-11-02\nlabel: human\ndraft: true\n---\n\nText.\n")
    os.chown(draft.parent, USER, USER)
    assert until(lambda: "A second" in asked())
    shutil.rmtree(draft.parent)


def test_publishing(user: Manager) -> None:
    """What is in git goes to the target, within the walls of a preview: only the target's folder is open."""
    (user.home / "www/journal").unlink(missing_ok=True)
    user.systemctl("start", "alcatraz-publish-journal.service")
    assert user.show("alcatraz-publish-journal.service", "Result") == "success"
    assert "One" in (user.home / "www/journal/posts/one/index.html").read_text()
    assert (user.home / "www/journal/index.html").stat().st_mode & 0o777 == 0o644
    assert "published" in user.said("alcatraz-publish-journal")
    tried = json.loads((user.home / "src/journal/.alcatraz/tried.json").read_text())
    assert tried["write to home"] == tried["write to the blog"] == "OSError: Read-only file system"
    assert tried["ask the network"] == "OSError: Address family not supported by protocol"
    assert tried["read a key"] == tried["list the sockets"] == "PermissionError: Permission denied"
    assert tried["write beside the target"] == "done"
    assert (tried["agent"], tried["path"]) == (None, "/usr/bin")
    assert not (user.home / "told").exists()


def test_publishing_elsewhere(user: Manager) -> None:
    """Over the network, with the agent and the keys; and nobody is asked to do what the walls forbid."""
    service = "alcatraz-publish-letters.service"
    user.override(service, f"[Service]\nExecStart=\nExecStart=+{HOME}/bin/opener\nExecStart={HOME}/bin/alcatraz check\n")
    user.systemctl("start", service)
    assert user.show(service, "Result") == "success"
    tried = json.loads((user.home / "src/letters/.alcatraz/tried.json").read_text())
    assert tried["read a key"] == tried["ask the network"] == tried["list the sockets"] == "done"
    assert tried["write beside the target"] == tried["write to home"] == tried["write to the blog"] == "OSError: Read-only file system"
    assert tried["have systemd run a program"] == "PermissionError: Permission denied"
    assert tried["make a ring"] == tried["search the keys"] == "PermissionError: Operation not permitted"
    assert (tried["agent"], tried["path"]) == (f"/run/user/{USER}/ssh-agent", "/usr/bin:/usr/bin")


def test_publishing_that_fails_is_told_and_leaves_the_last_site(user: Manager) -> None:
    """Once, with the sentence that says what to do; and it is not tried again."""
    user.systemctl("start", "alcatraz-publish-journal.service")
    before = (user.home / "www/journal").readlink()
    stranger = user.home / "www/journal/stranger.txt"
    stranger.write_text("Somebody's.")
    user.systemctl("start", "alcatraz-publish-journal.service")
    assert user.show("alcatraz-publish-journal.service", "Result") == "exit-code"
    assert user.show("alcatraz-publish-journal.service", "ActiveState") == "failed"
    assert "alcatraz-publish-journal.service" in user.systemctl("--failed")
    assert (user.home / "www/journal").readlink() == before
    assert until((user.home / "told").exists)
    told = (user.home / "told").read_text()
    assert "The blog journal: publish\n" in told
    assert "publish has not put this file there" in told
    assert told.endswith("systemctl --user status alcatraz-publish-journal\n")
    stranger.unlink()
    user.systemctl("start", "alcatraz-publish-journal.service")
    assert user.show("alcatraz-publish-journal.service", "Result") == "success"


@pytest.mark.parametrize("missing", ["src/journal", "bin/alcatraz"])
def test_what_cannot_be_started_is_told(user: Manager, missing: str) -> None:
    """Also what the program cannot say, since it does not run."""
    aside = user.home / "aside"
    (user.home / missing).rename(aside)
    try:
        user.systemctl("start", "alcatraz-publish-journal.service")
        assert user.show("alcatraz-publish-journal.service", "ActiveState") == "failed"
        assert until((user.home / "told").exists)
        assert "It has failed." in (user.home / "told").read_text()
    finally:
        aside.rename(user.home / missing)


def test_what_is_killed_is_told(user: Manager) -> None:
    """It is not begun again in silence, and no earlier run's word stands for it."""
    service = "alcatraz-publish-journal.service"
    user.override(service, f"[Service]\nExecStart=\nExecStart=+{HOME}/bin/opener\nExecStart=/bin/bash -c 'kill -KILL $$$$'\n")
    user.systemctl("start", service)
    assert user.show(service, "ActiveState") == "failed"
    assert user.show(service, "NRestarts") == "0"
    assert until((user.home / "told").exists)
    assert "It has failed." in (user.home / "told").read_text()
    assert (user.home / "asked").read_text().strip() == "_SYSTEMD_INVOCATION_ID=" + user.show(service, "InvocationID")


def test_a_desktop_that_does_not_answer_is_left(user: Manager) -> None:
    """What waits for it for ever would be the last that is ever told."""
    assert user.show("alcatraz-failed@alcatraz-check-journal.service", "TimeoutStartUSec") == "1min"


def test_what_may_pass_is_tried_again(user: Manager) -> None:
    """As often as it takes, and nobody is told."""
    service = "alcatraz-publish-journal.service"
    away = script(user.home / "bin/away", f'echo tried; [ "$(grep -c tried {HOME}/log/alcatraz-publish-journal)" -ge 3 ] || exit 75\n')
    user.override(service, f"[Service]\nExecStart=\nExecStart=+{HOME}/bin/opener\nExecStart={HOME}/bin/{away.name}\nRestartSec=100ms\n")
    user.systemctl("start", service)
    assert until(lambda: user.said("alcatraz-publish-journal") == "tried\n" * 3)
    assert until(lambda: user.show(service, "ActiveState") == "inactive")
    assert user.show(service, "Result") == "success"
    assert not (user.home / "told").exists()


def test_findings_are_told(user: Manager) -> None:
    """A check that finds something has failed, and says what it found first."""
    user.systemctl("start", "alcatraz-check-journal.service")
    assert user.show("alcatraz-check-journal.service", "Result") == "success"
    post = user.home / "src/journal/content/posts/one/index.md"
    text = post.read_text()
    post.write_text(text + "\n![](gone.png) & <b>[gone](gone.md)</b>\n")
    user.systemctl("start", "alcatraz-check-journal.service")
    assert user.show("alcatraz-check-journal.service", "Result") == "exit-code"
    assert until((user.home / "told").exists)
    told = (user.home / "told").read_text()
    assert "The blog journal: check\n" in told
    assert "in content/posts/one/index.md:9: " in told
    post.write_text(text)


def test_a_blog_with_a_strange_name(user: Manager) -> None:
    """In a folder whose name means something to systemd and to shells; its preview runs from login on, on its port."""
    folder = user.home / Path(units.NOTES["directory"]).relative_to("/home/ada")
    user.systemctl("start", "alcatraz-publish-notes.service")
    assert user.show("alcatraz-publish-notes.service", "Result") == "success", user.said("alcatraz-publish-notes")
    assert (user.home / "my www/notes/index.html").is_file()
    assert json.loads((folder / ".alcatraz/tried.json").read_text())["given"] == "for the notes"

    user.systemctl("start", "alcatraz-preview-notes.service")

    def answers() -> bool:
        try:
            return "One" in asked(port=PORT + 1)
        except OSError:
            return False

    assert until(answers)
    tried = json.loads((folder / ".alcatraz/tried.json").read_text())
    assert tried["write to the post"] == "OSError: Read-only file system"
    assert tried["have systemd run a program"] == "OSError: Address family not supported by protocol"


def test_timers_are_set(user: Manager) -> None:
    """Each calls its service, at a time that systemd has understood."""
    user.systemctl("start", "alcatraz-publish-journal.timer", "alcatraz-check-journal.timer")
    for name in ("publish", "check"):
        assert user.show(f"alcatraz-{name}-journal.timer", "Unit") == f"alcatraz-{name}-journal.service"
        assert user.show(f"alcatraz-{name}-journal.timer", "NextElapseUSecRealtime")
        assert user.show(f"alcatraz-{name}-journal.timer", "Persistent") == "yes"
    assert user.show("alcatraz-publish-journal.timer", "RandomizedDelayUSec") == "5min"


def test_a_blog_that_is_not_there(user: Manager) -> None:
    """The units wait for it, and the socket stays: a folder is cloned, or mounted, later."""
    blog, aside = user.home / "src/journal", user.home / "src/aside"
    service = "alcatraz-preview-journal.service"
    user.override(service, "[Service]\nRestartSec=100ms\n")
    user.systemctl("start", "alcatraz-preview-journal.socket")
    blog.rename(aside)
    try:
        with socket.create_connection(("127.0.0.1", PORT)):
            assert until(lambda: int(user.show(service, "NRestarts") or 0) >= 7)  # more than systemd's usual limit
            assert user.show("alcatraz-preview-journal.socket", "ActiveState") == "active"
    finally:
        aside.rename(blog)
    assert until(lambda: "One" in asked())


@pytest.mark.parametrize("leads", ["../..", "nowhere"])
def test_what_comes_with_a_clone_opens_nothing(user: Manager, leads: str) -> None:
    """A link in the place of the folder that is written to would open what it leads to, and is refused with a sentence."""
    opened, service = user.home / "src/journal/.alcatraz", "alcatraz-check-journal.service"
    shutil.rmtree(opened, ignore_errors=True)
    opened.symlink_to(leads)
    user.systemctl("start", service)
    assert user.show(service, "Result") == "exit-code"
    assert not (user.home / "tried.json").exists()
    assert until((user.home / "told").exists)
    assert f"{HOME}/src/journal/.alcatraz is a symbolic link" in (user.home / "told").read_text()
    opened.unlink()
    user.systemctl("start", service)
    assert user.show(service, "Result") == "success"


def test_without_user_namespaces(user: Manager) -> None:
    """What docs/workstation.md has taken down is all that needs one, and what is left keeps to itself whom it can ask."""
    text = (ROOT / "docs/workstation.md").read_text(encoding="utf-8").partition("lib.genAttrs [")[2].partition("]")[0]
    service, folder = "alcatraz-check-journal.service", user.home / ".config/systemd/user"
    whole = (folder / service).read_text()
    (folder / service).write_text("".join(line for line in whole.splitlines(True) if line.partition("=")[0] not in shlex.split(text)))
    space = "Path('/proc/self/ns/user').readlink()"
    try:
        user.override(service, f'[Service]\nExecStartPost={sys.executable} -c "from pathlib import Path; print({space})"\n')
        user.systemctl("start", service)
        assert user.show(service, "Result") == "success", user.said("alcatraz-check-journal")
        tried = json.loads((user.home / "src/journal/.alcatraz/tried.json").read_text())
    finally:
        (folder / service).write_text(whole)
        for written in ("there", "src/journal/there", "www/there"):
            (user.home / written).unlink(missing_ok=True)
    assert user.said("alcatraz-check-journal").splitlines()[-1] == str(Path(f"/proc/{user.process.pid}/ns/user").readlink())
    assert tried["write to home"] == "done"
    assert tried["ask the network"] == tried["have systemd run a program"] == "OSError: Address family not supported by protocol"


def command_of(unit: Path) -> dict[str, Any]:
    """What a service runs, as subprocess.run wants it: what is quoted is so for systemd, and all else is said here."""
    lines = [line.partition("=") for line in unit.read_text().splitlines()]
    values = {key: value.replace("%%", "%").replace("%t", "/run/user/0") for key, _, value in lines}
    environment = [value for key, _, value in lines if key == "Environment"]
    words = [word.replace("$$", "$") for word in shlex.split(values["ExecStart"])]
    given = dict(shlex.split(one)[0].split("=", 1) for one in environment)
    return {"args": words, "cwd": values["WorkingDirectory"], "env": {"HOME": str(unit.parents[3]), **given}}


def test_commands_as_they_stand(tmp_path: Path) -> None:
    """Without any manager: what the units have is what does it."""
    workstation(tmp_path, tmp_path)
    folder = tmp_path / ".config/systemd/user"
    for name in ("check-journal", "publish-journal", "publish-notes"):
        done = subprocess.run(**command_of(folder / f"alcatraz-{name}.service"), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "www/journal/posts/one/index.html").is_file()
    assert (tmp_path / "my www/notes/posts/one/index.html").is_file()


def test_a_second_publish_waits(tmp_path: Path) -> None:
    """Also for one by hand: whoever comes later has the last word."""
    workstation(tmp_path, tmp_path)
    (tmp_path / "src/journal/.alcatraz").mkdir()
    command = command_of(tmp_path / ".config/systemd/user/alcatraz-publish-journal.service")
    with (tmp_path / "src/journal/.alcatraz/publish.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with subprocess.Popen(**command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as second:
            assert second.stderr is not None
            assert "another publish of this blog is under way" in second.stderr.readline()
            assert not (tmp_path / "www/journal").exists()
            fcntl.flock(lock, fcntl.LOCK_UN)
            said, _ = second.communicate(timeout=60)
    assert "published" in said


def test_the_preview_takes_a_socket(tmp_path: Path) -> None:
    """As systemd hands it over, at the first request."""
    if shutil.which("systemd-socket-activate") is None:
        lacking("systemd-socket-activate")
    workstation(tmp_path, tmp_path)
    folder = tmp_path / ".config/systemd/user"
    command = command_of(folder / "alcatraz-preview-journal.service")
    listen = (folder / "alcatraz-preview-journal.socket").read_text().partition("ListenStream=")[2].split()[0]
    address, _, port = listen.replace(str(PORT), str(PORT + 2)).rpartition(":")
    passed = ["systemd-socket-activate", f"--listen={address}:{port}", *(f"--setenv={key}" for key in command["env"])]
    command["args"], command["env"] = [shutil.which(passed[0]), *passed[1:], *command["args"]], command["env"] | {"LC_ALL": "C.UTF-8"}
    with subprocess.Popen(**command, stderr=subprocess.PIPE, text=True) as activated:
        assert activated.stderr is not None
        assert "Listening on" in activated.stderr.readline()
        try:
            assert "One" in asked("/posts/one/", PORT + 2)
        finally:
            activated.terminate()


def test_exposure(user: Manager, record_property: Callable[[str, object], None]) -> None:
    """What `systemd-analyze security` makes of the units is what docs/workstation.md says, or better."""
    found = {}
    for name in ("preview-journal", "publish-journal", "check-journal", "preview-notes", "publish-letters"):
        done = user.run("systemd-analyze", "--user", "security", "--no-pager", f"alcatraz-{name}.service")
        overall = next(line for line in done.stdout.splitlines() if "Overall exposure level" in line)
        found[name] = float(overall.rpartition(": ")[2].split()[0])
        record_property(name, found[name])
    document = (ROOT / "docs/workstation.md").read_text(encoding="utf-8")
    sealed, networked = map(float, re.findall(r"exposure\s+at (\d\.\d), and with the network at (\d\.\d), of 10", document)[0])
    assert max(found[name] for name in found if name.endswith("-journal")) <= sealed
    assert max(found.values()) <= networked


def with_(blog: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A blog with other options; a table in `changed` is added to the one that is there."""
    return {
        key: {**value, **changed[key]} if isinstance(value, dict) and key in changed else changed.get(key, value)
        for key, value in blog.items()
    }


@pytest.mark.parametrize(
    ("blogs", "said"),
    [
        ([with_(units.JOURNAL, name="my journal")], "blogs.my journal: a blog's name is of letters, digits, `-` and `_`"),
        ([with_(units.JOURNAL, directory="src/journal")], 'blogs.journal.directory is "src/journal", and must begin with `/`'),
        ([with_(units.JOURNAL, directory="~/src/journal")], "write it whole, as in"),
        ([with_(units.JOURNAL, program=None)], "there is no program for it, since programs.alcatraz.package is null"),
        ([with_(units.JOURNAL, publish={"target": None})], "blogs.journal.publish is enabled, and has no target"),
        ([with_(units.JOURNAL, publish={"target": "directory:www"})], 'publish.target is "directory:www", and a directory must begin'),
        ([with_(units.JOURNAL, publish={"target": "../www"})], 'publish.target is "../www", and a directory must begin'),
        ([with_(units.JOURNAL, publish={"environmentFile": "my.env"})], 'publish.environmentFile is "my.env", and must begin'),
        ([units.JOURNAL, with_(units.NOTES, preview={"port": 8000})], "journal and notes are both previewed on port 8000"),
        ([units.JOURNAL, with_(units.NOTES, publish=units.JOURNAL["publish"])], "both published to /srv/www/journal"),
        ([units.JOURNAL, with_(units.NOTES, publish={"target": "/srv/www/journal/"})], "journal and notes are both published to"),
        (
            [with_(units.JOURNAL, publish={"target": "directory:my:www"})],
            'publish.target is "directory:my:www", and a directory must begin',
        ),
    ],
)
def test_what_must_not_be(blogs: list[dict[str, Any]], said: str) -> None:
    """One sentence each: what, where, and what to do."""
    failed = [
        one["message"] for one in evaluate("blogs.assertions { blogs = them; isDarwin = false; }", them=blogs) if not one["assertion"]
    ]
    assert len(failed) == 1
    assert said in failed[0]
    assert failed[0].startswith("programs.alcatraz.blogs")
    assert "; " in failed[0]


def test_what_is_not_run_needs_nothing() -> None:
    """No program, no target and no port of its own."""
    off = {"enable": False}
    idle = with_(units.JOURNAL, program=None, preview=off, publish={**off, "target": None}, check=off)
    found = evaluate("blogs.assertions { blogs = them; isDarwin = true; }", them=[idle, {**idle, "name": "other"}])
    assert all(one["assertion"] for one in found)
    assert evaluate("blogs.jobs it", it=idle) == []
    assert units.units(idle) == {}


@pytest.mark.parametrize(
    ("calendar", "known"),
    [
        ("weekly", {"Weekday": 1, "Hour": 0, "Minute": 0}),
        ("06:30", {"Hour": 6, "Minute": 30}),
        ("*-*-* 06:30:00", {"Hour": 6, "Minute": 30}),
        ("Sun 00:05", {"Weekday": 7, "Hour": 0, "Minute": 5}),
        ("*-*-01 23:09", {"Day": 1, "Hour": 23, "Minute": 9}),
        ("Mon..Fri 06:30", None),
        ("*:0/5", None),
        ("quarterly", None),
    ],
)
def test_calendars_for_launchd(calendar: str, known: dict[str, int] | None) -> None:
    """Those that it has words for are the same times there; for all others there is a sentence, and none on Linux."""
    blog = with_(units.JOURNAL, preview={"onDemand": False}, check={"calendar": calendar})
    asked = "{ of = map (isDarwin: blogs.assertions { blogs = [ it ]; inherit isDarwin; }) [ false true ]; }"
    on_linux, on_mac = ([one["message"] for one in found if not one["assertion"]] for found in evaluate(asked, it=blog)["of"])
    assert on_linux == []
    if known is None:
        assert len(on_mac) == 1
        assert f'blogs.journal.check.calendar is "{calendar}", for which launchd has no words' in on_mac[0]
    else:
        assert on_mac == []
        agent = json.loads(units.agents(blog)["alcatraz-check-journal.json"])
        assert agent["config"]["StartCalendarInterval"] == [known]


def test_a_socket_is_for_linux_alone() -> None:
    """Launchd hands its sockets over in a way that few programs know."""
    failed = [
        one["message"]
        for one in evaluate("blogs.assertions { blogs = [ it ]; isDarwin = true; }", it=units.JOURNAL)
        if not one["assertion"]
    ]
    assert [said.partition(";")[0] for said in failed] == [
        "programs.alcatraz.blogs.journal.preview.onDemand is for Linux alone: launchd hands over no socket in a way that servers share"
    ]


def test_the_script_for_launchd(tmp_path: Path) -> None:
    """Tries again what may pass, with the file of secrets read; and tells, in the end, what the last line was."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "journal.env").write_text("# Nothing in it is run.\nSECRET=it is $(kept)\nOTHER=\"as it is\"\necho oh >&2\nLAST='one'")
    run = script(
        home / "run",
        'echo "$SECRET, $OTHER, $LAST: $*" >> "$HOME/tried"; echo first; echo last\n[ "$(grep -c . "$HOME/tried")" -ge 3 ] || exit 75; exit 1\n',
    )
    blog = with_(units.JOURNAL, program=str(run), publish={"environmentFile": str(home / "journal.env")}, preview={"onDemand": False})
    text = units.agents(blog)["alcatraz-publish-journal.sh"]
    told = script(home / "osascript", 'printf "%s\\n" "${@: -2}" > "$HOME/told"\n')
    slept = script(home / "sleep", 'echo "$1" >> "$HOME/slept"\n')
    text = text.replace("/usr/bin/osascript", str(told)).replace("/bin/sleep", str(slept))
    done = subprocess.run(["bash", str(script(home / "job", text))], env={"HOME": str(home), "PATH": "/usr/bin:/bin"}, check=False)
    assert done.returncode == 1
    assert (home / "tried").read_text() == "it is $(kept), as it is, one: publish --target=directory:/srv/www/journal\n" * 3
    assert (home / "slept").read_text() == "60\n120\n"
    assert (home / "told").read_text() == "Publish the blog journal\nlast\n"
