"""The project's modules, evaluated in configurations over the stand-ins."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.nix.nix import NixError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.nix.project import Project

ADA = 'home = { username = "ada"; homeDirectory = "/home/ada"; stateVersion = "26.05"; };'
BLOG = 'site = pkgs.writeTextDir "index.html" "A blog"; domain = "blog.example";'


def home(project: Project, module: str, system: str = "builtins.currentSystem") -> str:
    """An expression for someone's home, with the module of the project and another one."""
    inputs = project.stand_ins.folder
    theirs = (
        f"import {project.folder}/modules/home-manager.nix {{ self.packages.${{pkgs.stdenv.hostPlatform.system}}.alcatraz = program; }}"
    )
    pkgs = f"import {inputs}/nixpkgs {{ system = {system}; }}"
    return f"""let pkgs = {pkgs}; in (import {inputs}/home-manager/lib {{ inherit (pkgs) lib; }}).homeManagerConfiguration {{
      inherit pkgs;
      modules = [ ({theirs}) {{ {ADA} }} ({module}) ];
    }}"""


def machine(project: Project, sites: str) -> str:
    """An expression for a machine's configuration, with the module of the project and sites that it serves."""
    theirs = f"import {project.folder}/modules/nixos.nix {{ self.packages.${{pkgs.stdenv.hostPlatform.system}}.alcatraz = program; }}"
    return f"""(import {project.stand_ins.folder}/nixpkgs/nixos {{ inherit (pkgs) lib; }} {{
      modules = [ ({theirs}) {{ nixpkgs.pkgs = pkgs; services.alcatraz.sites = {{ {sites} }}; }} ];
    }}).config"""


def shown(project: Project, expression: str) -> Any:
    return json.loads(project.evaluate(expression, "eval", "--json"))


def refused(project: Project, expression: str) -> str:
    with pytest.raises(NixError) as caught:
        project.evaluate(expression)
    return str(caught.value)


def test_a_home(project: Project, tmp_path: Path) -> None:
    """The program is in its path, units are where systemd looks for them, and shells read what is written for them."""
    module = """{
      programs.alcatraz.enable = true;
      programs.bash = { enable = true; initExtra = "hello"; };
      systemd.user.services."blog@" = {
        Unit.Description = "A blog";
        Service = { ExecStart = "/bin/true"; Environment = [ "A=1" "B=2" ]; NoNewPrivileges = true; ReadWritePaths = [ ]; };
        Install.WantedBy = [ "default.target" ];
      };
    }"""
    project.evaluate(f"({home(project, module)}).activationPackage", "build", "--out-link", str(tmp_path / "home"))
    made = tmp_path / "home"
    assert (made / "home-path/bin/alcatraz").exists()
    assert "hello" in (made / "home-files/.bashrc").read_text(encoding="utf-8")
    units = made / "home-files/.config/systemd/user"
    assert (units / "blog@.service").read_text(encoding="utf-8") == (
        "[Install]\nWantedBy=default.target\n\n"
        "[Service]\nEnvironment=A=1\nEnvironment=B=2\nExecStart=/bin/true\nNoNewPrivileges=true\n\n"
        "[Unit]\nDescription=A blog\n"
    )
    assert (units / "default.target.wants/blog@.service").resolve() == (units / "blog@.service").resolve()


def test_a_module_that_is_imported_twice(project: Project) -> None:
    """Is there once: for all users and for one, or by two files of a machine."""
    again = f"(import {project.folder}/modules/%s.nix {{ self.packages.${{pkgs.stdenv.hostPlatform.system}}.alcatraz = program; }})"
    made = home(project, f"{{ imports = [ {again % 'home-manager'} ]; programs.alcatraz.enable = true; }}")
    assert "alcatraz" in shown(project, f"map (package: package.pname or package.name) ({made}).config.home.packages")
    inputs = project.stand_ins.folder
    twice = f"modules = [ {again % 'nixos'} {again % 'nixos'} {{ nixpkgs.pkgs = pkgs; programs.alcatraz.enable = true; }} ];"
    machine = f"(import {inputs}/nixpkgs/nixos {{ inherit (pkgs) lib; }} {{ {twice} }}).config"
    assert shown(project, f"({machine}).programs.alcatraz.enable") is True


def test_a_module_in_the_wrong_place(project: Project) -> None:
    """Says what it is for."""
    wrong = f"(import {project.folder}/modules/nixos.nix {{ self = {{ }}; }})"
    said = refused(project, f"({home(project, f'{{ imports = [ {wrong} ]; }}')}).config.home.packages")
    assert "is made for nixos, and is imported by homeManager" in said


def test_a_home_on_macos(project: Project) -> None:
    """Its agents are property lists, which are linked where launchd looks for them; elsewhere there is no launchd."""
    module = '{ programs.alcatraz.enable = true; launchd.agents.blog = { enable = true; config.ProgramArguments = [ "/bin/true" ]; }; }'
    made = home(project, module, '"aarch64-darwin"')
    commands = shown(project, f"({made}).config.home.extraBuilderCommands")
    assert '"$out/LaunchAgents/"org.nix-community.home.blog.plist' in commands
    elsewhere = module.replace("{ ", "{ launchd.enable = true; ", 1)
    said = refused(project, f"({home(project, elsewhere)}).config").replace("\n       ", "\n")
    assert "Failed assertions:\n- launchd is there on macOS alone, and is asked for blog" in said


def test_a_home_without_the_program(project: Project) -> None:
    """Null is a package too: then somebody else installs it."""
    made = home(project, "{ programs.alcatraz = { enable = true; package = null; }; }")
    names = shown(project, f"map (package: package.name) ({made}).config.home.packages")
    assert not [name for name in names if "alcatraz" in name]


def test_a_machine_that_serves_two_sites(project: Project) -> None:
    """Each by the server that it asks for, under its domain, and the site is told where."""
    sites = f'one = {{ {BLOG} }}; two = {{ {BLOG.replace("blog.example", "two.example")} path = "/two"; hosting.provider = "caddy"; }};'
    made = machine(project, sites)
    nginx = shown(project, f"({made}).services.nginx")
    assert list(nginx["virtualHosts"]) == ["blog.example"]
    assert nginx["virtualHosts"]["blog.example"]["forceSSL"] is True
    assert list(shown(project, f"({made}).services.caddy.virtualHosts")) == ["two.example"]
    urls = shown(project, f"builtins.mapAttrs (_: site: site.hosting.result.url) ({made}).services.alcatraz.sites")
    assert urls == {"one": "https://blog.example/", "two": "https://two.example/two/"}


@pytest.mark.parametrize(
    ("sites", "said"),
    [
        (f"one = {{ {BLOG} }}; two = {{ {BLOG} }};", "two sites have one domain"),
        (f'"Mine" = {{ {BLOG} }};', "services.alcatraz.sites.Mine: a site's name is of small letters"),
        (f'one = {{ {BLOG} hosting.provider = "lighttpd"; }};', "services.alcatraz.sites.one: nobody serves it"),
        (f'one = {{ {BLOG} path = "/blog/"; }};', "the option `services.alcatraz.sites.one.path` takes: string matching the pattern"),
        (f"one = {{ {BLOG} port = 80; }};", "the option `services.alcatraz.sites.one.port` does not exist"),
        ('one = { domain = "blog.example"; };', "the option `services.alcatraz.sites.one.site` is used and has no value"),
        (f'one = {{ {BLOG} hosting.request.root = "/srv"; }};', "the option `services.alcatraz.sites.one.hosting.request` is read-only"),
    ],
)
def test_sites_that_no_machine_serves(project: Project, sites: str, said: str) -> None:
    """Are errors with the name of the site or of the option."""
    made = machine(project, sites)
    assert said in refused(project, f"let made = {made}; in builtins.deepSeq made.services.alcatraz.sites made.system.checked")
