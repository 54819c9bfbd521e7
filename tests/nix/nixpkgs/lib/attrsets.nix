# lib.attrsets: what a small flake uses of it.
{ lib }:
let
  inherit (builtins)
    attrNames
    attrValues
    concatMap
    concatStringsSep
    filter
    foldl'
    head
    isAttrs
    listToAttrs
    mapAttrs
    removeAttrs
    tail
    ;
  inherit (lib)
    attrByPath
    genAttrs
    hasAttrByPath
    mapAttrsToList
    mergeAttrsList
    nameValuePair
    recursiveUpdate
    setAttrByPath
    ;
in
{
  inherit (builtins)
    attrNames
    attrValues
    catAttrs
    getAttr
    hasAttr
    intersectAttrs
    isAttrs
    listToAttrs
    mapAttrs
    removeAttrs
    zipAttrsWith
    ;

  nameValuePair = name: value: { inherit name value; };
  genAttrs = names: f: listToAttrs (map (name: nameValuePair name (f name)) names);
  genAttrs' = xs: f: listToAttrs (map f xs);
  getAttrs = names: set: genAttrs names (name: set.${name});
  optionalAttrs = condition: set: if condition then set else { };

  filterAttrs =
    predicate: set: removeAttrs set (filter (name: !predicate name set.${name}) (attrNames set));
  mapAttrs' = f: set: listToAttrs (map (name: f name set.${name}) (attrNames set));
  mapAttrsToList = f: set: attrValues (mapAttrs f set);
  concatMapAttrs = f: set: mergeAttrsList (mapAttrsToList f set);
  concatMapAttrsStringSep =
    separator: f: set:
    concatStringsSep separator (mapAttrsToList f set);
  foldlAttrs =
    f: start: set:
    foldl' (value: name: f value name set.${name}) start (attrNames set);
  mergeAttrsList = foldl' (a: b: a // b) { };
  attrsToList = mapAttrsToList nameValuePair;

  attrByPath =
    path: default: set:
    if path == [ ] then
      set
    else if isAttrs set && set ? ${head path} then
      attrByPath (tail path) default set.${head path}
    else
      default;
  hasAttrByPath =
    path: set:
    path == [ ] || (isAttrs set && set ? ${head path} && hasAttrByPath (tail path) set.${head path});
  getAttrFromPath =
    path: attrByPath path (throw "cannot find attribute '${concatStringsSep "." path}'");
  setAttrByPath =
    path: value: if path == [ ] then value else { ${head path} = setAttrByPath (tail path) value; };

  recursiveUpdate =
    a: b:
    a
    // mapAttrs (
      name: value:
      if isAttrs value && isAttrs (a.${name} or null) then recursiveUpdate a.${name} value else value
    ) b;
  recurseIntoAttrs = set: set // { recurseForDerivations = true; };
  collect =
    predicate: set:
    if predicate set then
      [ set ]
    else if isAttrs set then
      concatMap (lib.collect predicate) (attrValues set)
    else
      [ ];

  isType = type: x: isAttrs x && x._type or null == type;
  setType = type: set: set // { _type = type; };
  isDerivation = x: isAttrs x && (x.type or null) == "derivation";
  getBin = package: package.bin or package.out or package;
}
