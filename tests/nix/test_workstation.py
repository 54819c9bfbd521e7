"""docs/workstation.md, followed from its ten lines to a page in the browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.modules.manager import HOME, free_ports, manager
from tests.nix.project import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.nix.project import Project

PORT = free_ports(1)
INPUTS = """
inputs.alcatraz = {
  url = "git+file://%(project)s";
  inputs = {
    home-manager = { url = "path:%(inputs)s/home-manager"; inputs.nixpkgs.follows = "alcatraz/nixpkgs"; };
    nixpkgs.url = "path:%(inputs)s/nixpkgs";
    poetry2nix = { url = "path:%(inputs)s/poetry2nix"; flake = false; };
  };
};
inputs.home-manager.follows = "alcatraz/home-manager";
inputs.nixpkgs.follows = "alcatraz/nixpkgs";
"""
# What the document does not say: whose home it is, and a port that other tests have not.
OTHERS = """{
  home = { username = "ada"; homeDirectory = "/home/ada"; stateVersion = "26.05"; };
  programs.alcatraz.blogs.journal.preview.port = %d;
}
"""


def blocks() -> list[str]:
    """The document's Nix."""
    return re.findall(r"^```nix\n(.*?)^```", (ROOT / "docs/workstation.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def switched(project: Project, folder: Path, module: str) -> Path:
    """Someone's home with this module in the document's flake, as it is after a switch, in `folder`/ada; its files are links."""
    flake = folder / "flake"
    flake.mkdir()
    system = project.here("eval", "--impure", "--raw", "--expr", "builtins.currentSystem")
    whole = blocks()[1].replace("x86_64-linux", system).replace("./home.nix", "./home.nix ./others.nix")
    given = 'inputs.alcatraz.url = "github:OWNER/alcatraz";\n'
    assert given in whole
    filled = whole.replace(given, INPUTS % {"project": project.folder, "inputs": project.stand_ins.folder})
    (flake / "flake.nix").write_text(f"{{\n{filled}}}\n", encoding="utf-8")
    (flake / "home.nix").write_text(module, encoding="utf-8")
    (flake / "others.nix").write_text(OTHERS % PORT, encoding="utf-8")
    package = "homeConfigurations.ada.activationPackage"
    command = ["nix", "build", f"{flake}#{package}", "--out-link", str(folder / "generation"), "--print-build-logs"]
    done = subprocess.run(command, env=project.stand_ins.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shutil.copytree(folder / "generation/home-files", folder / "ada", symlinks=True)
    for made, _, _ in os.walk(folder / "ada"):  # those in the store are for nobody to write to
        Path(made).chmod(0o755)
    return folder / "ada"


def test_ten_lines(project: Project, browser: Browser, tmp_path: Path) -> None:
    """Home Manager is given them; the rest is a blog, a browser, and a post by the blog's name, which the open page shows."""
    lines = blocks()[0]
    assert len(lines.splitlines()) <= 10
    home = switched(project, tmp_path, lines)
    program = str((tmp_path / "generation/home-path/bin/alcatraz").resolve())
    with manager(home, []) as user, browser.new_page() as page:
        assert user.show("alcatraz-preview-journal.socket", "ActiveState") == "active"
        made = user.run(program, "init", f"{HOME}/src/journal")
        assert made.returncode == 0, made.stderr
        page.goto(f"http://127.0.0.1:{PORT}/")
        assert page.title() == "My blog"
        assert user.show("alcatraz-preview-journal.service", "ActiveState") == "active"
        post = user.run(program, "--blog", "journal", "new", "A title of mine", "--label", "human")
        assert post.returncode == 0, post.stderr
        assert "content/posts/a-title-of-mine/index.md" in post.stdout
        page.get_by_role("link", name="A title of mine").wait_for()


def test_what_else_is_said_there(project: Project, tmp_path: Path) -> None:
    """The lines of the later chapters, together with the first ones: another program, and fewer walls."""
    lines, _, _, engine, wall = blocks()
    blog = 'my-blog.packages.${system}.default.program = alcatraz.packages.${system}.alcatraz // { meta.mainProgram = "another"; };'
    home = switched(
        project,
        tmp_path,
        f"""{{ alcatraz, ... }}: let
          system = "{project.here("eval", "--impure", "--raw", "--expr", "builtins.currentSystem")}";
          {blog}
        in {{ imports = [ ({lines}) ({engine}) ({wall}) ]; }}""",
    )
    unit = (home / ".config/systemd/user/alcatraz-preview-journal.service").read_text(encoding="utf-8")
    assert "/bin/another serve" in unit
    assert "PrivateUsers=" not in unit
    assert "ProtectSystem=" not in unit
    assert "RestrictAddressFamilies=none\n" in unit


def test_all_of_it(project: Project, tmp_path: Path) -> None:
    """The longer example makes what it says."""
    whole = blocks()[2]
    home = switched(project, tmp_path, f"{{ alcatraz, config, ... }}: {{ imports = [ alcatraz.homeModules.default ]; {whole} }}")
    assert (
        (home / ".config/alcatraz/config.toml").read_text(encoding="utf-8").startswith('author = "Ada Example"\neditor = "code --wait"\n')
    )
    units = sorted(path.name for path in (home / ".config/systemd/user").iterdir() if path.is_file())
    assert units == [
        "alcatraz-check-journal.service",
        "alcatraz-check-journal.timer",
        "alcatraz-failed@.service",
        "alcatraz-preview-journal.service",
        "alcatraz-preview-journal.socket",
        "alcatraz-publish-journal.service",
        "alcatraz-publish-journal.timer",
    ]
