# pkgs.formats: the type of what a program's settings may be, and the file that is made of them.
{
  lib,
  python3,
  runCommandLocal,
  writeText,
}:
let
  inherit (lib) optionalString types;
  inherit (lib.generators) toINI;

  # Values of any depth; the description ends what would else be one without an end.
  valuesOf =
    name: atoms:
    let
      value =
        types.oneOf (
          atoms
          ++ [
            (types.attrsOf value)
            (types.listOf value)
          ]
        )
        // {
          description = "${name} value";
        };
    in
    value;
  atoms = [
    types.bool
    types.int
    types.float
    types.str
    types.path
  ];
in
{
  json =
    { }:
    {
      type = types.nullOr (valuesOf "JSON" atoms) // {
        description = "JSON value";
      };
      generate = name: value: writeText name (builtins.toJSON value);
    };

  toml =
    { }:
    {
      type = valuesOf "TOML" atoms;
      generate =
        name: value:
        runCommandLocal name {
          nativeBuildInputs = [ python3 ];
          value = builtins.toJSON value;
          passAsFile = [ "value" ];
        } ''python3 -I ${./toml.py} < "$valuePath" > "$out"'';
    };

  ini =
    {
      listsAsDuplicateKeys ? false,
    }:
    let
      atom =
        types.nullOr (
          types.oneOf [
            types.bool
            types.int
            types.float
            types.str
          ]
        )
        // {
          description = "INI atom (null, bool, int, float or string)";
        };
      values = if listsAsDuplicateKeys then types.either atom (types.listOf atom) else atom;
    in
    {
      type = types.attrsOf (
        types.attrsOf values
        // {
          description = "section of an INI file (attrs of ${atom.description}${optionalString listsAsDuplicateKeys " or a list of them for duplicate keys"})";
        }
      );
      generate = name: value: writeText name (toINI { inherit listsAsDuplicateKeys; } value);
    };
}
