# The functions of nixpkgs' lib that a small flake uses, in nixpkgs' own namespaces; the module system is left out on purpose.
let
  fix =
    f:
    let
      x = f x;
    in
    x;
in
fix (
  lib:
  let
    attrsets = import ./attrsets.nix { inherit lib; };
    customisation = import ./customisation.nix { inherit lib; };
    fileset = import ./fileset.nix { inherit lib; };
    fixedPoints = import ./fixed-points.nix { inherit lib; };
    lists = import ./lists.nix { inherit lib; };
    meta = import ./meta.nix { inherit lib; };
    sources = import ./sources.nix { inherit lib; };
    strings = import ./strings.nix { inherit lib; };
    trivial = import ./trivial.nix { inherit lib; };
  in
  attrsets
  // customisation
  // fixedPoints
  // lists
  // meta
  // strings
  // trivial
  // {
    inherit
      attrsets
      customisation
      fileset
      fixedPoints
      lists
      meta
      sources
      strings
      trivial
      ;
    inherit (sources) cleanSource cleanSourceFilter cleanSourceWith;
    systems.flakeExposed = lib.platforms.all;
  }
)
