# The functions of nixpkgs' lib that a small flake uses, in nixpkgs' own namespaces.
let
  extensible =
    f:
    let
      lib = f lib // {
        extend = overlay: extensible (lib: f lib // overlay lib (f lib));
      };
    in
    lib;
in
extensible (
  lib:
  let
    attrsets = import ./attrsets.nix { inherit lib; };
    customisation = import ./customisation.nix { inherit lib; };
    fileset = import ./fileset.nix { inherit lib; };
    fixedPoints = import ./fixed-points.nix { inherit lib; };
    generators = import ./generators { inherit lib; };
    lists = import ./lists.nix { inherit lib; };
    meta = import ./meta.nix { inherit lib; };
    modules = import ./modules { inherit lib; };
    options = import ./options { inherit lib; };
    sources = import ./sources.nix { inherit lib; };
    strings = import ./strings.nix { inherit lib; };
    trivial = import ./trivial.nix { inherit lib; };
    types = import ./types { inherit lib; };
  in
  attrsets
  // customisation
  // fixedPoints
  // lists
  // meta
  // modules
  // options
  // strings
  // trivial
  // {
    inherit
      attrsets
      customisation
      fileset
      fixedPoints
      generators
      lists
      meta
      modules
      options
      sources
      strings
      trivial
      types
      ;
    inherit (types) isOptionType mkOptionType;
    inherit (sources) cleanSource cleanSourceFilter cleanSourceWith;
    systems.flakeExposed = lib.platforms.all;
  }
)
