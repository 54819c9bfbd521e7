# The Python environments of a poetry.lock: the only file that knows poetry2nix, which is unmaintained and may be replaced one day.
{ pkgs, poetry2nix }:

let
  inherit (pkgs) lib;

  poetry = import poetry2nix { inherit pkgs; };

  # poetry2nix looks at the tags of every wheel of a package, and its parser ends the evaluation at one that it does not know,
  # such as riscv64, ios, android or GraalPy (https://github.com/pyproject-nix/pyproject.nix/issues/336, mended there since).
  # A wheel stays only where every tag is one that it knows. What stays out for good is refused by tests/nix/test_lock.py.
  isUnderstood =
    file:
    !lib.hasSuffix ".whl" file
    ||
      builtins.match ".*-(py[23.py]*|cp3[0-9]+(\\.cp3[0-9]+)*)-(none|abi3|cp3[0-9]+)-(any|((manylinux|musllinux|macosx)[a-z0-9_]*_(x86_64|aarch64|arm64|universal2)\\.?)+)\\.whl" file
      != null;

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
          package // { files = lib.filter (wheel: isUnderstood wheel.file) package.files; }
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
