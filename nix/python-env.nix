# The Python environments of a poetry.lock: the only file that knows poetry2nix, which is unmaintained and may be replaced one day.
{ pkgs, poetry2nix }:

let
  inherit (pkgs) lib;

  poetry = import poetry2nix { inherit pkgs; };

  # poetry2nix looks at the tags of every wheel of a package, and its parser ends the evaluation at one that it does not know,
  # such as riscv64, ios, android or GraalPy (https://github.com/pyproject-nix/pyproject.nix/issues/336, mended there since).
  # So it sees only those that it can read. What is read here is what tests/test_lock.py holds every lock to.
  py = "py[23.py]*|cp3[0-9]+(\\.cp3[0-9]+)*";
  abi = "none|abi3|cp3[0-9]+";
  system = "manylinux|musllinux|macosx";
  machine = "x86_64|aarch64|arm64|universal2";
  platform = "any|((${system})[a-z0-9_]*_(${machine})\\.?)+";
  wheel = ".*-(${py})-(${abi})-(${platform})\\.whl";

  # A wheel stays only where each of its tags is one that is known.
  isUnderstood = file: !lib.hasSuffix ".whl" file || builtins.match wheel file != null;

  python = pkgs.python313;

  packagesOf =
    { projectDir, groups }:
    let
      project = lib.importTOML (projectDir + "/pyproject.toml");
    in
    # Of any other form poetry2nix makes an empty environment, without a word.
    assert
      project ? tool.poetry.dependencies
      || throw "the pyproject.toml beside poetry.lock has no [tool.poetry.dependencies], and poetry2nix reads no others: state them there";
    poetry.mkPoetryPackages {
      inherit groups projectDir python;
      checkGroups = [ ];
      # Without the project's own programs: they would import what no environment holds.
      pyProject = project // {
        tool.poetry = removeAttrs project.tool.poetry [ "scripts" ];
      };
      # Wheels only, and none of poetry2nix's own overrides: those mend source distributions of packages as they were years ago.
      preferWheels = true;
      overrides = _final: previous: {
        mkPoetryDep =
          package:
          previous.mkPoetryDep (
            # Fewer files, never other ones: each keeps the lock's hash.
            package // { files = lib.filter (file: isUnderstood file.file) package.files; }
          );
        # What nixpkgs makes its builders of is nixpkgs' own. With packages of the lock in their place they would try to unpack
        # wheels as sources; and every environment would depend on all of the lock.
        inherit (python.pkgs) bootstrap;
      };
    };
in
{
  # All packages of the groups, with their programs in bin/. `projectDir` holds pyproject.toml and poetry.lock, and little else:
  # whatever changes in it makes the environment anew.
  environment =
    {
      projectDir,
      groups ? [ "main" ],
    }:
    let
      locked = packagesOf { inherit groups projectDir; };
    in
    locked.python.withPackages (_: locked.poetryPackages);

  # Python with a few of the lock's packages, for what should not be made again when another package changes.
  only =
    { projectDir, packages }:
    let
      locked = packagesOf {
        inherit projectDir;
        groups = [ "main" ];
      };
    in
    locked.python.withPackages (all: map (name: all.${name}) packages);
}
