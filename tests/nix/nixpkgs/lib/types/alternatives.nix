# lib.types that take one thing or another.
{ lib }:
let
  inherit (builtins)
    all
    elem
    filter
    foldl'
    head
    isBool
    isInt
    isString
    length
    tail
    typeOf
    ;
  inherit (lib)
    boolToString
    concatMapStringsSep
    mergeEqualOption
    mergeOneOption
    showDefs
    showOption
    throwIf
    types
    unique
    ;
  inherit (types) mkOptionType overType phrase;

  simple = phrase [ "noun" ];
  chained = phrase [
    "noun"
    "conjunction"
  ];
in
{
  enum =
    values:
    let
      show =
        value:
        if isString value then
          "\"${value}\""
        else if isInt value then
          toString value
        else if isBool value then
          boolToString value
        else
          "<${typeOf value}>";
      few = length values < 2;
    in
    mkOptionType {
      name = "enum";
      description =
        if values == [ ] then
          "impossible (empty enum)"
        else if few then
          "value ${show (head values)} (singular enum)"
        else
          "one of ${concatMapStringsSep ", " show values}";
      descriptionClass = if few then "noun" else "conjunction";
      check = x: elem x values;
      merge = mergeEqualOption;
      typeMerge =
        other: if other.name == "enum" then types.enum (unique (values ++ other.payload)) else null;
      payload = values;
    };

  nullOr =
    elemType:
    overType elemType {
      name = "nullOr";
      description = "null or ${chained elemType}";
      descriptionClass = "conjunction";
      check = x: x == null || elemType.check x;
      emptyValue.value = null;
      merge =
        loc: defs:
        let
          nulls = filter (def: def.value == null) defs;
        in
        if nulls == [ ] then
          elemType.merge loc defs
        else
          throwIf (
            nulls != defs
          ) "the option `${showOption loc}` is null, and is not, by these definitions:${showDefs defs}" null;
    } types.nullOr;

  either =
    one: other:
    mkOptionType {
      name = "either";
      description =
        if one.descriptionClass == "nonRestrictiveClause" then
          "${one.description}, or ${chained other}"
        else
          "${chained one} or ${
            phrase [
              "noun"
              "conjunction"
              "composite"
            ] other
          }";
      descriptionClass = "conjunction";
      check = x: one.check x || other.check x;
      nestedTypes = {
        left = one;
        right = other;
      };
      payload = null;
      typeMerge = _: null;
      merge =
        loc: defs:
        let
          fits = type: all (def: type.check def.value) defs;
        in
        if fits one then
          one.merge loc defs
        else if fits other then
          other.merge loc defs
        else
          mergeOneOption loc defs;
    };
  oneOf = list: foldl' types.either (head list) (tail list);

  coercedTo =
    from: convert: to:
    mkOptionType {
      name = "coercedTo";
      description = "${simple to} or ${simple from} convertible to it";
      check = x: to.check x || from.check x && to.check (convert x);
      inherit (to) emptyValue getSubModules getSubOptions;
      nestedTypes = {
        coercedType = from;
        finalType = to;
      };
      typeMerge = _: null;
      merge =
        loc: defs:
        to.merge loc (
          map (def: def // { value = if from.check def.value then convert def.value else def.value; }) defs
        );
    };
}
