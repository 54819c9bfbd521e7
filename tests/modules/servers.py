"""Real web servers on a free port of this machine, each with the host configuration that its provider renders."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import lacking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["SERVERS", "Answer", "Server", "running"]

PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))  # Debian's nginx is a program for administrators

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")  # a package of its own, as in NixOS


@dataclass(frozen=True)
class Answer:
    """What a server said: status, headers by their names in small letters, and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    port: int
    log: Path

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Asks for a path as it stands: nothing in it is tidied. In the names of headers `_` stands for a hyphen."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


@dataclass(frozen=True)
class Program:
    """How a server is started: the file it reads, and its commands."""

    name: str
    configuration: Callable[[Mapping[str, str], Path, int], str]
    check: tuple[str, ...]
    run: tuple[str, ...]
    codings: Callable[[], list[str]] = field(default=lambda: ["br", "gzip"])


def nginx(texts: Mapping[str, str], folder: Path, port: int) -> str:
    """A whole nginx.conf that needs no rights: all that is written is in `folder`."""
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "fastcgi", "proxy", "scgi", "uwsgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its workers would be nobody, and see nothing of the tests' folders
    load = f"load_module {BROTLI};\n" if "brotli_static" in texts["host"] else ""
    return (
        f"{load}{user}daemon off;\nworker_processes 1;\npid {folder}/pid;\nerror_log {folder}/log;\nevents {{ }}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{places}{texts['http']}"
        f"server {{\nlisten 127.0.0.1:{port};\nserver_name golden.example;\n{texts['host']}}}\n}}\n"
    )


def caddy(texts: Mapping[str, str], folder: Path, port: int) -> str:
    """A whole Caddyfile, without certificates and without the door for administrators."""
    return f"{{\nadmin off\nauto_https off\nstorage file_system {folder}/storage\n}}\nhttp://127.0.0.1:{port} {{\n{texts['host']}}}\n"


SERVERS = {
    "nginx": Program(
        "nginx",
        nginx,
        check=("-t", "-p", "{folder}", "-e", "{folder}/log", "-c", "{file}"),
        run=("-p", "{folder}", "-e", "{folder}/log", "-c", "{file}"),
        codings=lambda: ["br", "gzip"] if BROTLI.exists() else ["gzip"],
    ),
    "caddy": Program(
        "caddy",
        caddy,
        check=("validate", "--adapter", "caddyfile", "--config", "{file}"),
        run=("run", "--adapter", "caddyfile", "--config", "{file}"),
    ),
}


@contextmanager
def running(provider: str, texts: Mapping[str, str], folder: Path) -> Iterator[Server]:
    """Checks the configuration of a server with the server itself, starts it, and stops it in the end."""
    program = SERVERS[provider]
    if (executable := shutil.which(program.name, path=PATH)) is None:
        lacking(program.name)
    folder.mkdir()
    port = _free_port()
    file = folder / "configuration"
    file.write_text(program.configuration(texts, folder, port), encoding="utf-8")
    alone = {"PATH": PATH, **{name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}}

    def command(words: tuple[str, ...]) -> list[str]:
        return [executable, *(word.format(folder=folder, file=file) for word in words)]

    checked = subprocess.run(command(program.check), env=alone, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with (folder / "said").open("wb") as said, subprocess.Popen(command(program.run), env=alone, stdout=said, stderr=said) as process:
        try:
            _wait(port, process, folder / "said")
            yield Server(port, folder / "said")
        finally:
            process.terminate()
            process.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, said.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(said.read_text())
