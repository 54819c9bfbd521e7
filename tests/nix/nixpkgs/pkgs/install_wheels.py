"""Installs wheels into one virtual environment: no network, no pip, and the same bytes each time.

    install_wheels.py ENVIRONMENT SCRIPTS WHEEL...

Source: the binary distribution format, https://packaging.python.org/en/latest/specifications/binary-distribution-format/.
"""

from __future__ import annotations

import compileall
import configparser
import json
import sys
import zipfile
from pathlib import Path
from py_compile import PycInvalidationMode

OUT = Path(sys.argv[1])
SCRIPTS: dict[str, str] = json.loads(sys.argv[2])
WHEELS = sys.argv[3:]
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
SITE = OUT / "lib" / f"python{VERSION}" / "site-packages"
BIN = OUT / "bin"
SHEBANG = f"#!{BIN}/python{VERSION}\n"

# Where the folders of a wheel's NAME-VERSION.data go.
PLACES = {"purelib": SITE, "platlib": SITE, "scripts": BIN, "data": OUT, "headers": OUT / "include"}


def create_environment() -> None:
    """Makes what `python -m venv` would, of links to the host's CPython."""
    SITE.mkdir(parents=True)
    BIN.mkdir()
    host = Path("/usr/bin") / f"python{VERSION}"
    (OUT / "pyvenv.cfg").write_text(f"home = {host.parent}\ninclude-system-site-packages = false\n", encoding="utf-8")
    (BIN / host.name).symlink_to(host)
    (BIN / "python3").symlink_to(host.name)
    (BIN / "python").symlink_to("python3")


def put(path: Path, content: bytes, *, executable: bool = False) -> None:
    """Writes a file, and ends the build where another wheel gave it other content."""
    if path.exists() and path.read_bytes() != content:
        sys.exit(f"two wheels hold {path.relative_to(OUT)}, and not the same one")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o755 if executable else 0o644)


def put_script(name: str, entry_point: str, prologue: str = "") -> None:
    """Writes the program that starts an entry point, `module:object [extras]`."""
    module, _, function = entry_point.partition("[")[0].strip().partition(":")
    start = f"import sys\n{prologue}from {module} import {function.partition('.')[0]}\nsys.exit({function}())\n"
    put(BIN / name, (SHEBANG + start).encode(), executable=True)


def entry_points(content: str) -> dict[str, str]:
    """The scripts that a wheel's entry_points.txt declares."""
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their case
    parser.read_string(content)
    return {
        name: value
        for section in ("console_scripts", "gui_scripts")
        if parser.has_section(section)
        for name, value in parser.items(section)
    }


def install(wheel: str) -> None:
    """Installs one wheel."""
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            content = archive.read(member)
            executable = bool(member.external_attr >> 16 & 0o111)
            top, _, rest = member.filename.partition("/")
            if top.endswith(".data"):
                kind, _, rest = rest.partition("/")
                if kind == "scripts" and content.startswith(b"#!python"):
                    content = SHEBANG.encode() + content.partition(b"\n")[2]
                put(PLACES[kind] / rest, content, executable=executable or kind == "scripts")
                continue
            put(SITE / member.filename, content, executable=executable)
            if top.endswith(".dist-info") and rest == "entry_points.txt":
                for name, value in entry_points(content.decode()).items():
                    put_script(name, value)


create_environment()
for wheel in WHEELS:
    install(wheel)
for name, entry_point in SCRIPTS.items():
    # As poetry2nix starts the scripts of a project that is not installed: from the folder it is called in.
    put_script(name, entry_point, prologue='sys.path.insert(0, "")\n')
# One process, for what marshal writes depends on what else the process holds: https://github.com/python/cpython/issues/78274.
if not compileall.compile_dir(SITE, quiet=2, workers=1, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH):
    print("some files cannot be compiled ahead; Python will report them when they are imported", file=sys.stderr)
