# poetry2nix, as far as it goes for a project that takes wheels: `import poetry2nix { inherit pkgs; }`.
{ pkgs }:
let
  inherit (pkgs.lib) toList;

  mkPoetryPackages = import ./packages.nix { inherit pkgs; };
in
{
  inherit mkPoetryPackages;

  mkPoetryEnv =
    args@{
      groups ? [
        "main"
        "dev"
      ],
      extraPackages ? _pythonPackages: [ ],
      ...
    }:
    let
      locked = mkPoetryPackages (removeAttrs args [ "extraPackages" ] // { inherit groups; });
    in
    locked.python.withPackages (pythonPackages: locked.poetryPackages ++ extraPackages pythonPackages);

  # poetry2nix' own overrides mend sources; of wheels, which are all that is built here, nothing is to be mended.
  defaultPoetryOverrides = [ ];
  overrides = {
    withDefaults = toList;
    withoutDefaults = toList;
  };
}
