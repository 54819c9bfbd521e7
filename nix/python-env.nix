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

  # Wheels only, and none of poetry2nix's own overrides: those mend source distributions of packages as they were years ago.
  arguments = projectDir: groups: {
    inherit projectDir groups;
    python = pkgs.python313;
    preferWheels = true;
    checkGroups = [ ];
    overrides = _final: previous: {
      mkPoetryDep =
        package:
        previous.mkPoetryDep (
          # Fewer files, never other ones: each keeps the lock's hash.
          package // { files = lib.filter (file: isUnderstood file.file) package.files; }
        );
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
    poetry.mkPoetryEnv (arguments projectDir groups);

  # Python with a few of the lock's packages, for what should not be made again when another package changes.
  only =
    { projectDir, packages }:
    (poetry.mkPoetryPackages (arguments projectDir [ "main" ])).python.withPackages (
      locked: map (name: locked.${name}) packages
    );
}
