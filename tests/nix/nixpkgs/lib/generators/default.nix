# lib.generators: values as texts; here as the lines and sections of INI files.
{ lib }:
let
  inherit (builtins)
    isBool
    isInt
    isList
    isString
    typeOf
    ;
  inherit (lib)
    boolToString
    concatMapStrings
    concatStrings
    concatStringsSep
    escape
    isDerivation
    mapAttrsToList
    ;
  inherit (lib.generators) mkKeyValueDefault mkValueStringDefault toKeyValue;
in
import ./plist.nix { inherit lib; }
// import ./pretty.nix { inherit lib; }
// {
  mkValueStringDefault =
    { }:
    value:
    if isBool value then
      boolToString value
    else if value == null then
      "null"
    else if isString value || isInt value || isDerivation value then
      toString value
    else
      throw "an INI file has no place for a value of the type ${typeOf value}: ${
        lib.generators.toPretty { } value
      }";

  mkKeyValueDefault =
    {
      mkValueString ? mkValueStringDefault { },
    }:
    separator: key: value:
    "${escape [ separator ] key}${separator}${mkValueString value}";

  toKeyValue =
    {
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
      indent ? "",
    }:
    let
      line = key: value: "${indent}${mkKeyValue key value}\n";
    in
    attrs:
    concatStrings (
      mapAttrsToList (
        key: value:
        if listsAsDuplicateKeys && isList value then concatMapStrings (line key) value else line key value
      ) attrs
    );

  toINI =
    {
      mkSectionName ? escape [
        "["
        "]"
      ],
      mkKeyValue ? mkKeyValueDefault { } "=",
      listsAsDuplicateKeys ? false,
    }:
    sections:
    concatStringsSep "\n" (
      mapAttrsToList (
        name: section:
        "[${mkSectionName name}]\n${toKeyValue { inherit listsAsDuplicateKeys mkKeyValue; } section}"
      ) sections
    );
}
