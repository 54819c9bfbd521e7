# lib.types: what an option takes, how that is called in a reference, and how several definitions become one value.
{ lib }:
let
  inherit (builtins) elem;
  inherit (lib) isType mergeDefaultOption types;
in
import ./alternatives.nix { inherit lib; }
// import ./composed.nix { inherit lib; }
// import ./plain.nix { inherit lib; }
// import ./submodule.nix { inherit lib; }
// {
  mkOptionType =
    attrs@{ name, ... }:
    let
      self = {
        description = name;
        # How the description may stand inside another one: without parentheses, or with them.
        descriptionClass = null;
        check = _: true;
        merge = mergeDefaultOption;
        # { value = …; } where an option that nobody defines has one.
        emptyValue = { };
        getSubOptions = _prefix: { };
        getSubModules = null;
        nestedTypes = { };
        # The type of an option that is declared with this one and another, or null; nixpkgs' takes the other's `functor`.
        typeMerge = other: if other.name == name && other.payload == self.payload then self else null;
        payload = null;
      }
      // attrs
      // {
        _type = "option-type";
      };
    in
    self;

  isOptionType = isType "option-type";
  addCheck = base: check: base // { check = x: base.check x && check x; };

  # What a type has of the one it is made of; `again` makes it of another.
  overType =
    inner: attrs: again:
    types.mkOptionType (
      {
        inherit (inner) getSubModules getSubOptions;
        nestedTypes.elemType = inner;
        payload = inner;
        typeMerge =
          other:
          let
            both = inner.typeMerge other.payload;
          in
          if other.name != attrs.name || both == null then null else again both;
      }
      // attrs
    );

  # A description inside another one, in parentheses where its end would not be seen.
  phrase =
    classes: type:
    if elem type.descriptionClass classes then type.description else "(${type.description})";
}
