# lib.types of sets and lists.
{ lib }:
let
  inherit (builtins)
    all
    filter
    head
    isAttrs
    isList
    mapAttrs
    typeOf
    ;
  inherit (lib)
    concatLists
    filterAttrs
    imap1
    isStringLike
    mergeEqualOption
    mergeOneOption
    showDefs
    showOption
    throwIfNot
    types
    zipAttrsWith
    ;
  inherit (lib.modules) mergeDefinitions;
  inherit (types) mkOptionType overType phrase;

  inside = phrase [
    "noun"
    "composite"
  ];

  setOf =
    lazy: elemType:
    overType elemType {
      name = if lazy then "lazyAttrsOf" else "attrsOf";
      description = "${if lazy then "lazy " else ""}attribute set of ${inside elemType}";
      descriptionClass = "composite";
      check = isAttrs;
      emptyValue.value = { };
      getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "<name>" ]);
      merge =
        loc: defs:
        let
          merged = zipAttrsWith (name: mergeDefinitions (loc ++ [ name ]) elemType) (
            map ({ file, value }: mapAttrs (_: value: { inherit file value; }) value) defs
          );
        in
        mapAttrs (_: m: m.value) (if lazy then merged else filterAttrs (_: m: m.isDefined) merged);
    } (setOf lazy);
in
{
  attrsOf = setOf false;
  # What is in it is looked at only when it is used, and so a mkIf cannot take it out.
  lazyAttrsOf = setOf true;

  listOf =
    elemType:
    overType elemType {
      name = "listOf";
      description = "list of ${inside elemType}";
      descriptionClass = "composite";
      check = isList;
      emptyValue.value = [ ];
      getSubOptions = prefix: elemType.getSubOptions (prefix ++ [ "*" ]);
      merge =
        loc: defs:
        let
          entries = imap1 (
            which:
            { file, value }:
            imap1 (
              number: value:
              mergeDefinitions (loc ++ [ "[definition ${toString which}-entry ${toString number}]" ]) elemType [
                { inherit file value; }
              ]
            ) value
          ) defs;
        in
        map (entry: entry.value) (filter (entry: entry.isDefined) (concatLists entries));
    } types.listOf;

  nonEmptyListOf =
    elemType:
    let
      list = types.addCheck (types.listOf elemType) (xs: xs != [ ]);
    in
    list
    // {
      description = "non-empty ${phrase [ "noun" ] list}";
      emptyValue = { };
    };

  # Sets are merged to any depth; of all else definitions must be equal.
  anything = mkOptionType {
    name = "anything";
    descriptionClass = "noun";
    merge =
      loc: defs:
      let
        kindOf = { value, ... }: if isAttrs value && isStringLike value then "package" else typeOf value;
        kind = kindOf (head defs);
      in
      throwIfNot (all (def: kindOf def == kind) defs)
        "the option `${showOption loc}` has definitions of several types:${showDefs defs}"
        (
          if kind == "set" then
            (types.attrsOf types.anything).merge loc defs
          else if kind == "package" then
            mergeOneOption loc defs
          else if kind == "lambda" then
            x:
            types.anything.merge (loc ++ [ "<function body>" ]) (
              map (def: def // { value = def.value x; }) defs
            )
          else
            mergeEqualOption loc defs
        );
  };
}
