# The shells: all that working on the blog and on the engine wants, and Poetry by itself, so that a broken lock locks nobody out.
{ development, pkgs }:

let
  inherit (pkgs) lib;
in
{
  default = pkgs.mkShellNoCC {
    name = "alcatraz";
    packages = [
      development
      pkgs.git
    ]
    ++ lib.optional (pkgs ? nixfmt) pkgs.nixfmt
    # For the tests in a browser; there is no package of it for macOS.
    ++ lib.optional pkgs.stdenv.hostPlatform.isLinux pkgs.chromium;

    # The launcher uses this environment, and makes none.
    ALCATRAZ_PYTHON = "${development}/bin/python";

    # Says what there is. Nothing is built or downloaded here, so that to enter again costs an evaluation.
    # nixpkgs sets SOURCE_DATE_EPOCH to 1980 for builds, and in its shells too: no post would have come out.
    shellHook = ''
      unset SOURCE_DATE_EPOCH
      cat >&2 <<'END'
      ./alcatraz serve    shows the blog while you write      ./alcatraz test     runs every test of the engine
      ./alcatraz new      begins a post                       ./alcatraz lint     looks at format, rules and types
      ./alcatraz check    looks over all that is written      ./alcatraz --list   lists the other tasks
      END
    '';
  };

  # To make poetry.lock anew: nix develop .#lock -c poetry lock
  lock = pkgs.mkShellNoCC {
    name = "alcatraz-lock";
    packages = [ pkgs.poetry ];
  };
}
