"""The flake, evaluated and built by real Nix over stand-ins for its inputs."""

from __future__ import annotations

import gzip
import json
import platform
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from alcatraz.build import Request, build
from alcatraz.settings import read
from tests.conftest import lacking
from tests.nix.nix import NixError
from tests.nix.project import COMMITTED, ROOT, Project

SYSTEM = f"{platform.machine()}-linux"
SYSTEMS = ("x86_64-linux", "aarch64-linux", "aarch64-darwin")
POST = "content/posts/who-wrote-this/index.md"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def built(project: Project, attribute: str, out: Path) -> Path:
    project.nix("build", "--out-link", str(out), attribute=attribute)
    return out


def refused(project: Project, *arguments: str, attribute: str) -> str:
    with pytest.raises(NixError) as caught:
        project.nix(*arguments, attribute=attribute)
    return str(caught.value)


def test_the_lock_is_whole(project: Project) -> None:
    """flake.lock names every input: nothing has to be asked for, and nothing would be added."""
    command = ["nix", "flake", "metadata", "--json", "--no-update-lock-file", str(ROOT)]
    told = subprocess.run(command, env=project.stand_ins.environment, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout)["locks"] == json.loads((ROOT / "flake.lock").read_text())


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_output_evaluates(project: Project, system: str) -> None:
    """On each system that the flake names."""
    for attribute in ("packages", "devShells", "checks"):
        names = project.nix("eval", "--json", "--apply", "builtins.mapAttrs (_: output: output.drvPath)", attribute=f"{attribute}.{system}")
        assert all(path.endswith(".drv") for path in json.loads(names).values())
    apps = json.loads(project.nix("eval", "--json", "--apply", "builtins.attrNames", attribute=f"apps.{system}"))
    assert apps == ["check", "default", "new", "publish", "serve"]


def test_the_site_is_what_the_launcher_builds(project: Project, tmp_path: Path) -> None:
    """Sealed or not: the same blog at the same moment gives the same bytes, pictures and search index included."""
    site = built(project, "site", tmp_path / "site")
    revision = project.nix("eval", "--raw", attribute="site.revision")
    settings = read(ROOT, overrides={"REVISION": revision})
    build(Request(settings=settings, now=datetime.fromisoformat(COMMITTED), output=tmp_path / "ours", strict=True))
    sealed, ours = files(site), files(tmp_path / "ours")
    assert sealed.keys() == ours.keys()
    assert [name for name in sealed if sealed[name] != ours[name]] == []
    assert revision[:7].encode() in sealed["index.html"]


@pytest.mark.parametrize("attribute", ["site", "alcatraz"])
def test_it_is_the_same_when_built_again(project: Project, tmp_path: Path, attribute: str) -> None:
    """`nix build --rebuild` compares, byte by byte."""
    built(project, attribute, tmp_path / "first")
    built(project, attribute, tmp_path / "second")
    project.nix("build", "--rebuild", "--no-link", attribute=attribute)


def test_the_program_works_by_itself(project: Project, tmp_path: Path) -> None:
    """Nothing but its own path: it makes a blog, completes, and has a manual page."""
    program = built(project, "alcatraz", tmp_path / "program")
    alone = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    made = subprocess.run([program / "bin/alcatraz", "init", "blog"], cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "blog" / "poetry.lock").is_file()
    for name in ("bash-completion/completions/alcatraz.bash", "fish/vendor_completions.d/alcatraz.fish", "zsh/site-functions/_alcatraz"):
        assert (program / "share" / name).stat().st_size > 0
    assert list((program / "share/man/man1").glob("alcatraz.1*"))


def test_a_build_is_sealed(copy: Project) -> None:
    """A plugin that asks the network for anything fails, since there is none."""
    copy.append("content/asks.py", "import socket\n\ndef register():\n    socket.create_connection(('192.0.2.1', 80), timeout=5)\n")
    copy.append("pelicanconf.py", 'PLUGIN_PATHS = ["content"]\nPLUGINS = [*PLUGINS, "asks"]\n')
    assert "unreachable" in refused(copy, "build", "--no-link", attribute="site")


def test_the_author_sees_the_sentence_of_the_engine(copy: Project) -> None:
    """What is wrong with a post is among the last lines that Nix shows, with its file and line."""
    copy.append(POST, "\n[a link](gone.md)\n")
    said = refused(copy, "build", "--no-link", attribute="site")
    assert "content/posts/who-wrote-this/index.md:114: the link gone.md leads to a file that is not there" in said
    assert "alcatraz: 1 finding, and --strict allows none" in said


def test_a_shell_uses_its_own_environment(project: Project) -> None:
    """`nix develop` has the development group; the launcher makes nothing there, and no clock has stopped in 1980."""
    asked = "./alcatraz --version && python -c 'import pytest, pelican' && echo ${SOURCE_DATE_EPOCH-none} $ALCATRAZ_PYTHON && ls -a"
    *_, version, shown = project.nix("develop", "-c", "sh", "-c", f"cd {project.folder} && {asked}").partition("alcatraz ")
    assert version == "alcatraz "
    assert "\nnone /nix/store/" in shown
    assert ".venv" not in shown


def test_the_site_at_another_moment(copy: Project) -> None:
    """`site.at` is the same site at a moment of one's own: what has come out by then is there."""
    copy.append("content/posts/christmas.md", "---\ntitle: Christmas\ndate: 2026-12-24\nlabel: ai\n---\n\nSnow.\n")
    for moment, shown in (("2026-12-23T23:59:59Z", False), ("2026-12-24T00:00:00Z", True)):
        drv = copy.nix("eval", "--raw", "--apply", f'site: (site.at "{moment}").drvPath', attribute=f"packages.{SYSTEM}.site")
        made = subprocess.run(["nix-store", "--realise", drv], env=copy.stand_ins.environment, capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        assert Path(made.stdout.strip(), "posts", "christmas").is_dir() is shown


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ('"yesterday"', "`now` is yesterday, which is neither"),
        ("1795513039", "`now` must be a moment, and is a int"),
        ('"2026-11-22T06:30:00"', "`now` is 2026-11-22T06:30:00, which is neither"),
        ('"19700101000000"', "`now` is 1970, as for a folder that git has no commit of yet: `git commit`"),
    ],
)
def test_a_moment_that_is_none(project: Project, now: str, said: str) -> None:
    """It is refused with what a moment is, and an example to copy."""
    error = refused(project, "eval", "--apply", f"site: (site.at {now}).drvPath", attribute=f"packages.{SYSTEM}.site")
    assert f"alcatraz.lib.mkSite: {said}" in error
    assert "now = self.lastModifiedDate;" in error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("now = moment;", "`src` is missing"),
        ("src = ./content; now = moment;", "`src` has no pelicanconf.py, so it is no blog"),
        ("src = ./.; now = moment; contents = 1;", "there is no argument `contents`"),
        ('src = ./.; now = moment; content = "posts";', "`src` has no folder posts"),
        ("src = ./.;", "`now` is missing"),
        ("src = ./.; now = moment; revision = 7;", "`revision` must be text or null"),
        ("src = null; now = moment;", "`src` must be a path, or a source that was chosen from one"),
        ("src = pkgs.lib.fileset.unions [ ./content ]; now = moment;", "`src` must be a path, or a source that was chosen from one"),
        ("src = ./.; now = moment; content = 1;", "`content`, `name` and `settings` must be text"),
        (
            'src = ./.; now = moment; name = "my blog";',
            '`name` is "my blog", and must be of letters, digits and - + . _ ? =, with no dot in front',
        ),
    ],
)
def test_arguments_that_cannot_be_meant(project: Project, arguments: str, said: str) -> None:
    """Each gets a sentence and an example to copy, and no trace through our Nix."""
    with pytest.raises(NixError) as caught:
        project.evaluate(f'let moment = "2026-11-24T12:00:00Z"; in (mkSite {{ {arguments} }}).drvPath')
    assert f"alcatraz.lib.mkSite: {said}. As in:" in str(caught.value)


@pytest.mark.parametrize("pkgs", ["", "pkgs = { lib = { }; };"])
def test_packages_that_are_none(project: Project, pkgs: str) -> None:
    """Left out, or the flake nixpkgs in their place: what they must be is said."""
    said = refused(project, "eval", "--apply", f"lib: (lib.mkSite {{ {pkgs} }}).drvPath", attribute="lib")
    assert "alcatraz.lib.mkSite: `pkgs` must be nixpkgs for a system, as nixpkgs.legacyPackages.x86_64-linux is" in said


def test_pictures_of_any_name(project: Project, tmp_path: Path) -> None:
    """Blanks, letters of all kinds, a dot in front, a name too long for the store, no picture at all: each is a derivation."""
    post = tmp_path / "blog/content/posts/one"
    shutil.copytree(ROOT / "templates" / "blog", tmp_path / "blog")
    post.mkdir()
    (post / "index.md").write_text("---\ntitle: One\ndate: 2026-11-01\nlabel: ai\n---\n\n![A](<a bay.jpg>)\n", encoding="utf-8")
    bay = (ROOT / "content/posts/the-pelican-and-the-rock/images/bay.jpg").read_bytes()
    for number, name in enumerate(("a bay.jpg", "grün☃.JPG", ".a.jpg", "$x'&(1).jpg", f"{'x' * 240}.jpg")):
        (post / name).write_bytes(bay + bytes(number))
    (post / "none.png").write_bytes(b"no picture")
    (post / "link.jpg").symlink_to("a bay.jpg")
    site = f'(mkSite {{ src = {tmp_path}/blog; now = "2026-11-24T12:00:00Z"; }})'
    project.evaluate(site, "build", "--out-link", str(tmp_path / "site"))
    project.evaluate(f"{site}.pictures", "build", "--out-link", str(tmp_path / "pictures"))
    assert len(list((tmp_path / "pictures").iterdir())) == 6
    assert 'width="' in (tmp_path / "site/posts/one/index.html").read_text(encoding="utf-8")


def test_settings_that_lie_elsewhere(project: Project, tmp_path: Path) -> None:
    """`settings` names them, and no pelicanconf.py is asked for."""
    blog = tmp_path / "blog"
    shutil.copytree(ROOT / "templates" / "blog", blog)
    (blog / "config").mkdir()
    text = (blog / "pelicanconf.py").read_text(encoding="utf-8")
    (blog / "config" / "settings.py").write_text(f'{text}PATH = "../content"\n', encoding="utf-8")
    (blog / "pelicanconf.py").unlink()
    site = f'mkSite {{ src = {blog}; now = "2999-01-01T00:00:00Z"; settings = "config/settings.py"; }}'
    project.evaluate(site, "build", "--out-link", str(tmp_path / "site"))
    assert "First words" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_an_old_nix_is_told(project: Project) -> None:
    """Which version works, and where to get one."""
    older = 'builtins.scopedImport { builtins = builtins // { nixVersion = "2.4"; }; }'
    inputs = (
        f'self = {{ }}; nixpkgs = builtins.getFlake "path:{project.stand_ins.folder}/nixpkgs"; poetry2nix = {{ }}; home-manager = {{ }};'
    )
    with pytest.raises(NixError, match=r"Alcatraz needs Nix 2\.8 or newer, and this is 2\.4; "):
        project.evaluate(f"(({older} {project.folder}/flake.nix).outputs {{ {inputs} }}).devShells.{SYSTEM}.default.drvPath")


def test_a_blog_with_its_own_lock(project: Project, tmp_path: Path) -> None:
    """A blog that pins its engine is built with that one, and a post that changes leaves the environment as it is."""
    subprocess.run([ROOT / "alcatraz", "init", tmp_path / "blog"], check=True, capture_output=True)
    site = f'mkSite {{ src = {tmp_path}/blog; now = "2999-01-01T00:00:00Z"; }}'
    project.evaluate(site, "build", "--out-link", str(tmp_path / "site"))
    assert "First words" in (tmp_path / "site" / "index.html").read_text()
    theirs = project.evaluate(f"({site}).program.drvPath")
    assert theirs != project.evaluate("program.drvPath")
    post = next(tmp_path.glob("blog/content/posts/*/index.md"))
    post.write_text(post.read_text() + "\nMore.\n")
    assert project.evaluate(f"({site}).program.drvPath") == theirs


@pytest.mark.parametrize(
    ("lock", "pyproject", "said"),
    [
        ("package = []", "", "alcatraz.lib.mkSite: the poetry.lock of `src` has no alcatraz; add it, as `alcatraz init` does"),
        ('package = [{name = "alcatraz"}]', "[project]", "the pyproject.toml beside poetry.lock has no [tool.poetry.dependencies]"),
    ],
)
def test_a_lock_that_is_no_engine(project: Project, tmp_path: Path, lock: str, pyproject: str, said: str) -> None:
    """A blog may have a lock for other tools, or one that poetry2nix cannot read: that is said, and nothing is built."""
    shutil.copytree(ROOT / "templates" / "blog", tmp_path, dirs_exist_ok=True)
    (tmp_path / "poetry.lock").write_text(lock, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(pyproject, encoding="utf-8")
    with pytest.raises(NixError) as caught:
        project.evaluate(f'(mkSite {{ src = {tmp_path}; now = "2026-11-24T12:00:00Z"; }}).drvPath')
    assert said in str(caught.value)


def test_what_is_no_part_of_a_site(project: Project, tmp_path: Path) -> None:
    """What the launcher keeps, what was built before, and what `pelican-quickstart` wrote for make and Invoke."""
    blog = tmp_path / "blog"
    shutil.copytree(ROOT / "templates" / "blog", blog)
    site = f'(mkSite {{ src = {blog}; now = "2999-01-01T00:00:00Z"; }})'
    before = project.evaluate(f"{site}.drvPath")
    for name in (".alcatraz/env/python", "output/index.html", "tasks.py"):
        (blog / name).parent.mkdir(parents=True, exist_ok=True)
        (blog / name).write_text("no_python(", encoding="utf-8")
    assert project.evaluate(f"{site}.drvPath") == before
    (blog / "configure").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (blog / "configure").chmod(0o755)
    project.evaluate(site, "build", "--no-link")


def test_a_blog_from_the_template(copy: Project, tmp_path: Path) -> None:
    """`nix flake init` writes a blog whose flake builds, and runs the tasks."""
    flake = copy.folder / "flake.nix"
    text = flake.read_text(encoding="utf-8")
    # A blog's own lock asks for the inputs by the engine's addresses for them, and no override reaches there.
    for address in re.findall(r'url = "(github:[^"]+)"', text):
        name = address.split("/")[1]
        text = text.replace(address, f"path:{copy.stand_ins.folder / name}")
    flake.write_text(text, encoding="utf-8")
    copy.here("flake", "lock")
    copy.git("commit", "--quiet", "--all", "--message=Stand-ins for inputs")

    blog = Project(tmp_path / "blog", copy.stand_ins)
    blog.folder.mkdir()
    blog.git("init", "--quiet")
    blog.here("flake", "init", "--template", f"git+file://{copy.folder}")
    blog.git("add", "--all")
    blog.here("flake", "lock", "--override-input", "alcatraz", f"git+file://{copy.folder}")
    blog.git("add", "--all")
    blog.git("commit", "--quiet", "--message=A blog")
    override = ("--override-input", "alcatraz", f"git+file://{copy.folder}")
    blog.here("build", *override, "--out-link", str(tmp_path / "site"))
    assert "First words" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "findings" in blog.here("run", *override, ".#check")


@pytest.mark.parametrize(
    ("edited", "changes"),
    [
        ("README.md", set()),
        ("docs/nix.md", set()),
        ("CHANGELOG.md", set()),
        ("tests/conftest.py", set()),
        (POST, {"site"}),
        ("content/posts/the-pelican-and-the-rock/images/bay.jpg", {"site", "site.pictures"}),
        ("theme/style/letter.css", {"site", "alcatraz"}),
        ("src/alcatraz/cli.py", {"site", "alcatraz"}),
        ("src/alcatraz/images.py", {"site", "site.pictures", "alcatraz"}),
    ],
)
def test_what_makes_what_anew(copy: Project, edited: str, changes: set[str]) -> None:
    """An edit makes anew what depends on it, and nothing else."""
    parts = ("site", "site.pictures", "alcatraz", "alcatraz.environment")
    copy.append("LICENSE", "\n")  # a tree with changes has no revision: what is compared has none on either side
    before = {part: copy.drv(part) for part in parts}
    copy.append(edited, "\n")
    assert {part for part in parts if copy.drv(part) != before[part]} == changes


def test_another_package_makes_the_environment_anew(copy: Project) -> None:
    """And all that is built with it, but for pictures, which want Pillow alone."""
    lock = copy.folder / "poetry.lock"
    before = {part: copy.drv(part) for part in ("site.pictures", "alcatraz.environment")}
    text = lock.read_text(encoding="utf-8")
    (wheel,) = re.findall(r'file = "invoke-[^"]*\.whl", hash = "sha256:(\w{64})"', text)
    lock.write_text(text.replace(wheel, "0" * 64), encoding="utf-8")
    assert copy.drv("alcatraz.environment") != before["alcatraz.environment"]
    assert copy.drv("site.pictures") == before["site.pictures"]


def test_a_commit_makes_the_site_anew_and_nothing_else(copy: Project) -> None:
    """It moves time and revision, which the site shows."""
    parts = ("site", "site.pictures", "alcatraz", "alcatraz.environment")
    before = {part: copy.drv(part) for part in parts}
    copy.append("README.md", "\n")
    copy.git("commit", "--quiet", "--message=A word")
    assert {part for part in parts if copy.drv(part) != before[part]} == {"site"}


def test_a_site_is_made_ready_to_be_served(project: Project, tmp_path: Path) -> None:
    """Its twins say what it says, the search page's policy is its own, and a second time gives the same bytes."""
    if shutil.which("brotli") is None:
        lacking("brotli")
    hosted = f"import {project.folder}/nix/hosted.nix {{ inherit pkgs; maker = {project.folder}/src/alcatraz/hosting.py; }}"
    site = built(project, "site", tmp_path / "site").resolve()
    expression = f'{hosted} {{ name = "blog"; site = builtins.storePath {site}; path = "/"; domain = "blog.example"; allow = {{ }}; }}'
    project.evaluate(expression, "build", "--out-link", str(tmp_path / "hosted"))
    project.evaluate(expression, "build", "--no-link", "--rebuild")
    root = tmp_path / "hosted" / "root"
    page = (root / "index.html").read_bytes()
    assert gzip.decompress((root / "index.html.gz").read_bytes()) == page
    assert subprocess.run(["brotli", "-dc", root / "index.html.br"], check=True, capture_output=True).stdout == page
    policies = json.loads((tmp_path / "hosted" / "policies.json").read_text())
    assert [path for path, policy in policies.items() if "wasm-unsafe-eval" in policy and path.endswith("/")] == ["/search/"]


def test_every_check_passes(project: Project) -> None:
    """`nix flake check`: each check there is, sealed."""
    project.nix("flake", "check")
