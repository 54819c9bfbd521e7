# lib.options: how options and what is defined for them are shown, and how definitions of one option are joined.
{ lib }:
let
  inherit (builtins)
    all
    any
    concatLists
    filter
    foldl'
    head
    isAttrs
    isBool
    isInt
    isList
    isString
    length
    match
    split
    tail
    tryEval
    ;
  inherit (lib)
    concatMapStrings
    concatMapStringsSep
    concatStrings
    concatStringsSep
    escapeNixIdentifier
    getValues
    id
    isFunction
    mergeAttrsList
    mergeDefaultOption
    mergeEqualOption
    optional
    optionalString
    showDefs
    showOption
    take
    throwIfNot
    ;
  inherit (lib.generators) toPretty withRecursion;

  advice = "\nTake one of them out, or say with lib.mkForce or lib.mkDefault which one counts.";
in
{
  # Placeholders such as `<name>` stand for a name, and are none.
  showOption = concatMapStringsSep "." (
    part: if part == "*" || match "<.*>" part != null then part else escapeNixIdentifier part
  );

  # Each definition on a line of its own: what cannot be evaluated is left out, and what is long is cut.
  showDefs = concatMapStrings (
    def:
    let
      shown = tryEval (
        toPretty { } (
          withRecursion {
            depthLimit = 10;
            throwOnDepthLimit = false;
          } def.value
        )
      );
      lines = filter isString (split "\n" shown.value);
      cut = take 5 lines ++ optional (length lines > 5) "…";
    in
    "\n- in ${def.file}${optionalString shown.success ": ${concatStringsSep "\n    " cut}"}"
  );

  getValues = map (def: def.value);

  mergeOneOption =
    loc: defs:
    throwIfNot (length defs == 1)
      "the option `${showOption loc}` takes one definition, and has ${toString (length defs)}:${showDefs defs}${advice}"
      (head defs).value;

  mergeEqualOption =
    loc: defs:
    (foldl' (
      first: def:
      throwIfNot (first.value == def.value)
        "the option `${showOption loc}` has definitions that contradict each other:${
          showDefs [
            first
            def
          ]
        }${advice}"
        first
    ) (head defs) (tail defs)).value;

  # For types that say nothing about it.
  mergeDefaultOption =
    loc: defs:
    let
      values = getValues defs;
    in
    if length values == 1 then
      head values
    else if all isFunction values then
      x: mergeDefaultOption loc (map (f: f x) values)
    else if all isList values then
      concatLists values
    else if all isAttrs values then
      mergeAttrsList values
    else if all isBool values then
      any id values
    else if all isString values then
      concatStrings values
    else if all isInt values then
      mergeEqualOption loc defs
    else
      throw "the option `${showOption loc}` has definitions that cannot be joined:${showDefs defs}${advice}";
}
