# lib.customisation: callPackage, and results that can be made again with other arguments.
{ lib }:
let
  inherit (builtins)
    functionArgs
    intersectAttrs
    isAttrs
    isFunction
    isPath
    isString
    ;
  inherit (lib) makeOverridable;
in
{
  # As in nixpkgs, a result that is no attribute set gets no `override`.
  makeOverridable =
    f: args:
    let
      result = f args;
      override = new: makeOverridable f (args // (if isFunction new then new args else new));
    in
    if isAttrs result then result // { inherit override; } else result;

  callPackageWith =
    pkgs: file: args:
    let
      f = if isPath file || isString file then import file else file;
    in
    makeOverridable f (intersectAttrs (functionArgs f) pkgs // args);
}
