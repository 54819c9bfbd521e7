# lib.generators.toPlist: a value as a property list, which launchd of macOS reads.
{ lib }:
let
  inherit (builtins)
    isAttrs
    isBool
    isFloat
    isInt
    isList
    typeOf
    ;
  inherit (lib)
    concatMap
    concatStringsSep
    elem
    escapeXML
    filterAttrs
    mapAttrsToList
    ;
in
{
  # nixpkgs has a default for `escape`, which is deprecated.
  toPlist =
    { escape }:
    value:
    let
      text = if escape then escapeXML else lib.id;
      inside =
        lines: if lines == [ ] then [ "" ] else map (line: if line == "" then "" else "\t${line}") lines;
      entry = name: value: [ "<key>${text name}</key>" ] ++ linesOf value;
      linesOf =
        value:
        if isBool value then
          [ (if value then "<true/>" else "<false/>") ]
        else if isInt value then
          [ "<integer>${toString value}</integer>" ]
        else if isFloat value then
          [ "<real>${toString value}</real>" ]
        else if isList value then
          [ "<array>" ] ++ inside (concatMap linesOf value) ++ [ "</array>" ]
        else if isAttrs value then
          let
            kept = filterAttrs (name: value: name != "_module" && value != null) value;
          in
          [ "<dict>" ] ++ inside (lib.concatLists (mapAttrsToList entry kept)) ++ [ "</dict>" ]
        else if
          elem (typeOf value) [
            "path"
            "string"
          ]
        then
          [ "<string>${text (toString value)}</string>" ]
        else
          throw "a property list has no place for a value of the type ${typeOf value}";
    in
    concatStringsSep "\n" (
      [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        "<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"
        "<plist version=\"1.0\">"
      ]
      ++ linesOf value
      ++ [ "</plist>" ]
    );
}
