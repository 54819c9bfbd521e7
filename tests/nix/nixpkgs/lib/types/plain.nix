# lib.types that are made of no other type.
{ lib }:
let
  inherit (builtins)
    foldl'
    head
    isAttrs
    isBool
    isFloat
    isInt
    isString
    match
    storeDir
    tail
    toJSON
    ;
  inherit (lib)
    concatStringsSep
    escapeNixString
    getValues
    hasPrefix
    isDerivation
    isStringLike
    mergeAttrsList
    mergeEqualOption
    mergeOneOption
    removeSuffix
    showOption
    throwIf
    types
    ;
  inherit (types) addCheck isOptionType mkOptionType;

  noun = attrs: mkOptionType ({ descriptionClass = "noun"; } // attrs);
  # Of definitions all must be equal.
  scalar =
    name: description: check:
    noun {
      inherit check description name;
      merge = mergeEqualOption;
    };
  among =
    name: description: check: base:
    addCheck base check // { inherit description name; };
  clause = base: base // { descriptionClass = "nonRestrictiveClause"; };
  between =
    lowest: highest:
    among "intBetween" "integer between ${toString lowest} and ${toString highest} (both inclusive)" (
      x: x >= lowest && x <= highest
    ) types.int;
  joined =
    name: separator:
    noun {
      inherit name;
      description = "strings concatenated with ${toJSON separator}";
      check = isString;
      merge = _loc: defs: concatStringsSep separator (getValues defs);
      payload = separator;
    };

  inStore = x: isStringLike x && hasPrefix storeDir (toString x);
in
{
  raw = noun {
    name = "raw";
    description = "raw value";
    merge = mergeOneOption;
  };
  unspecified = noun {
    name = "unspecified";
    description = "unspecified value";
  };
  optionType = noun {
    name = "optionType";
    check = isOptionType;
    merge =
      loc: defs:
      foldl' (
        one: other:
        let
          both = one.typeMerge other;
        in
        throwIf (both == null)
          "`${showOption loc}` has two types that are not one: ${one.description}, ${other.description}"
          both
      ) (head defs).value (tail (getValues defs));
  };

  bool = scalar "bool" "boolean" isBool;
  int = scalar "int" "signed integer" isInt;
  float = scalar "float" "floating point number" isFloat;
  str = scalar "str" "string" isString;
  nonEmptyStr = scalar "nonEmptyStr" "non-empty string" (x: isString x && match "[ \t\n]*" x == null);
  singleLineStr =
    scalar "singleLineStr" "(optionally newline-terminated) single-line string" (
      x: isString x && match "[^\n\r]*\n?" x != null
    )
    // {
      merge = loc: defs: removeSuffix "\n" (mergeEqualOption loc defs);
    };
  strMatching =
    pattern:
    scalar "strMatching ${escapeNixString pattern}" "string matching the pattern ${pattern}" (
      x: isString x && match pattern x != null
    );

  ints = {
    inherit between;
    positive = clause (among "positiveInt" "positive integer, meaning >0" (x: x > 0) types.int);
    unsigned = clause (among "unsignedInt" "unsigned integer, meaning >=0" (x: x >= 0) types.int);
    u16 = between 0 65535 // {
      name = "unsignedInt16";
      description = "16 bit unsigned integer; between 0 and 65535 (both inclusive)";
    };
  };
  port = types.ints.u16;
  number = types.either types.int types.float;

  separatedString = joined "separatedString";
  lines = types.separatedString "\n";
  commas = types.separatedString ",";
  envVar = types.separatedString ":";

  attrs = mkOptionType {
    name = "attrs";
    description = "attribute set";
    check = isAttrs;
    merge = _loc: defs: mergeAttrsList (getValues defs);
    emptyValue.value = { };
  };
  package = noun {
    name = "package";
    check = x: isDerivation x || inStore x;
    merge = mergeOneOption;
  };
  path = scalar "path" "absolute path" (x: isStringLike x && hasPrefix "/" (toString x));
}
