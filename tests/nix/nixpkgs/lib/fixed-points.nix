# lib.fixedPoints: functions of their own result, and overlays over them.
{ lib }:
let
  inherit (lib)
    composeExtensions
    extends
    fix
    foldr
    ;
in
{
  fix =
    f:
    let
      x = f x;
    in
    x;

  extends =
    overlay: f: final:
    let
      prev = f final;
    in
    prev // overlay final prev;

  composeExtensions =
    f: g: final: prev:
    let
      first = f final prev;
    in
    first // g final (prev // first);

  composeManyExtensions = foldr composeExtensions (_final: _prev: { });

  makeExtensible = f: fix f // { extend = overlay: lib.makeExtensible (extends overlay f); };
}
