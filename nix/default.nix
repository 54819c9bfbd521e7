# All that is made with one set of packages: each file beside this one is a function of what it needs, and is called here.
{ pkgs, poetry2nix }:

let
  inherit (pkgs) lib;

  root = ../.;
  inherit ((lib.importTOML (root + "/pyproject.toml")).tool.poetry) version;

  python = import ./python-env.nix { inherit pkgs poetry2nix; };
  lock = lib.fileset.toSource {
    inherit root;
    fileset = lib.fileset.unions [
      (root + "/poetry.lock")
      (root + "/pyproject.toml")
    ];
  };
  development = python.environment {
    projectDir = lock;
    groups = [
      "main"
      "dev"
    ];
  };

  program = import ./program.nix {
    inherit pkgs root version;
    environment = python.environment { projectDir = lock; };
  };
  mkSite = import ./mk-site.nix {
    inherit pkgs program;
    programOf = projectDir: python.environment { inherit projectDir; };
    imagesOf = import ./images.nix {
      inherit pkgs;
      encoder = root + "/src/alcatraz/images.py";
      # Pillow alone, so that no picture is made again for the sake of another package.
      python = python.only {
        projectDir = lock;
        packages = [ "pillow" ];
      };
    };
  };
in
{
  inherit mkSite pkgs program;

  apps = import ./apps.nix { inherit pkgs program; };
  checksOf = import ./checks.nix {
    inherit
      development
      mkSite
      pkgs
      program
      root
      ;
  };
  devShells = import ./shells.nix { inherit development pkgs; };
  mkContainer = import ./container.nix { inherit pkgs; };
}
