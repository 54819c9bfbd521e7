# The packages for one system, as `import nixpkgs { inherit system; }` gives them; only those for the host's can be built.
{
  system ? builtins.currentSystem,
  overlays ? [ ],
  config ? { },
}:
let
  lib = import ./lib;
  host = import ./host.nix;

  # The names must be known before any package is looked at, so these files are not called with callPackage.
  packages =
    pkgs:
    let
      inherit (pkgs)
        bash
        runCommandLocal
        stdenv
        ;
    in
    import ./pkgs/host-programs.nix { inherit host lib system; }
    // import ./pkgs/links.nix { inherit lib runCommandLocal; }
    // import ./pkgs/shells.nix { inherit lib stdenv; }
    // import ./pkgs/texts.nix { inherit bash lib stdenv; }
    // {
      inherit
        config
        lib
        overlays
        pkgs
        system
        ;
      callPackage = lib.callPackageWith pkgs;
      extend =
        overlay:
        import ./. {
          inherit config system;
          overlays = overlays ++ [ overlay ];
        };

      inherit (stdenv) buildPlatform hostPlatform targetPlatform;
      stdenv = pkgs.callPackage ./pkgs/stdenv.nix {
        platform = import ./pkgs/platform.nix { inherit lib system; };
      };
      stdenvNoCC = stdenv;

      formats = import ./pkgs/formats.nix {
        inherit lib;
        inherit (pkgs) python3 runCommandLocal writeText;
      };
      installShellFiles = pkgs.callPackage ./pkgs/install-shell-files.nix { };
      # Both are the host's CPython, whatever version it is.
      python3 = import ./pkgs/python.nix { inherit host lib system; };
      python313 = pkgs.python3;
    };
in
lib.fix (lib.extends (lib.composeManyExtensions overlays) packages)
