"""What modules/lib/blogs makes of the blogs on a workstation: the files that Home Manager writes of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.modules.rendered import evaluate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["JOURNAL", "LETTERS", "NOTES", "agents", "golden", "opener", "rendered", "teller", "units"]

JOURNAL: dict[str, Any] = {
    "name": "journal",
    "directory": "/home/ada/src/journal",
    "program": "@alcatraz@/bin/alcatraz",
    "git": "@git@/bin",
    "openssh": "@openssh@/bin",
    "preview": {"enable": True, "port": 8000, "onDemand": True, "drafts": True},
    "publish": {"enable": True, "target": "directory:/srv/www/journal", "calendar": "*-*-* 06:30", "environmentFile": None},
    "check": {"enable": True, "calendar": "weekly"},
}
# All that the other has not: what runs from login on, and names with what means something to systemd, and to a shell.
NOTES: dict[str, Any] = {
    **JOURNAL,
    "name": "notes",
    "directory": '/home/ada/100% "my" $notes',
    "preview": {"enable": True, "port": 8001, "onDemand": False, "drafts": False},
    "publish": {
        "enable": True,
        "target": "/home/ada/my www/notes",
        "calendar": "Mon 06:30",
        "environmentFile": "/home/ada/it's 100%.env",
    },
    "check": {"enable": False, "calendar": "weekly"},
}
# What is published elsewhere than in a directory.
LETTERS: dict[str, Any] = {
    **JOURNAL,
    "name": "letters",
    "directory": "/home/ada/src/letters",
    "preview": {**JOURNAL["preview"], "enable": False},
    "publish": {**JOURNAL["publish"], "target": "ssh:ada@blog.example:/srv/www/letters"},
    "check": {"enable": False, "calendar": "weekly"},
}
TOOLS = {"opener": "@opener@", "teller": "@teller@", "agent": "%t/ssh-agent"}
TELLER = {"journalctl": "@systemd@/bin/journalctl", "notify-send": "@libnotify@/bin/notify-send"}


def units(*blogs: Mapping[str, Any], **tools: str) -> dict[str, str]:
    """The unit files of these blogs, by their names."""
    given = "blogs.systemd (tools // { jobs = builtins.concatMap blogs.jobs them; })"
    made: dict[str, dict[str, Any]] = evaluate(given, them=blogs, tools={**TOOLS, **tools})
    return {f"{name}.{kind[:-1]}": rendered(unit) for kind, named in made.items() for name, unit in named.items()}


def rendered(unit: Mapping[str, Mapping[str, Any]]) -> str:
    """A unit as Home Manager writes it: sections and keys by their names, a line for each of a list."""
    sections = []
    for section, keys in sorted(unit.items()):
        lines = (f"{key}={_value(one)}\n" for key, value in sorted(keys.items()) for one in (value if isinstance(value, list) else [value]))
        sections.append(f"[{section}]\n{''.join(lines)}")
    return "\n".join(sections)


def agents(*blogs: Mapping[str, Any]) -> dict[str, str]:
    """The agents for launchd of these blogs, as JSON, and the scripts that they run, by names of files."""
    given = 'blogs.launchd { jobs = builtins.concatMap blogs.jobs them; home = "/Users/ada"; script = name: text: text; }'
    made = evaluate(given, them=blogs)
    texts = {}
    for name, agent in made.items():
        described = agent["config"]
        if "StartCalendarInterval" in described:
            texts[f"{name}.sh"], described["ProgramArguments"] = described["ProgramArguments"][0], [f"@{name}@"]
        texts[f"{name}.json"] = json.dumps(agent, indent=2) + "\n"
    return texts


def teller(**tools: str) -> str:
    """The script that tells of a failed unit."""
    text: str = evaluate("blogs.teller tools", tools={**TELLER, **{name.replace("_", "-"): tool for name, tool in tools.items()}})
    return text


def opener(**tools: str) -> str:
    """The script that makes the folder in which a job may write."""
    text: str = evaluate("blogs.opener tools", tools={"mkdir": "@coreutils@/bin/mkdir", **tools})
    return text


def golden() -> dict[str, str]:
    """All of it, by the names of the files in `expected`."""
    files = {**units(JOURNAL, LETTERS, NOTES), "opener.sh": opener(), "teller.sh": teller()}
    linux = {f"systemd/{name}": text for name, text in files.items()}
    on_mac = {**JOURNAL, "directory": "/Users/ada/src/journal", "preview": {**JOURNAL["preview"], "onDemand": False}}
    return linux | {f"launchd/{name}": text for name, text in agents(on_mac, LETTERS, NOTES).items()}


def write(home: Path, files: Mapping[str, str]) -> None:
    """Puts unit files where a user's systemd looks for them."""
    folder = home / ".config/systemd/user"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
