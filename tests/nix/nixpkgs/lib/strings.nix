# lib.strings: what a small flake uses of it.
{ lib }:
let
  inherit (builtins)
    compareVersions
    concatStringsSep
    elemAt
    filter
    genList
    head
    isAttrs
    isList
    isPath
    isString
    match
    parseDrvName
    readFile
    replaceStrings
    split
    splitVersion
    stringLength
    substring
    toString
    ;
  inherit (lib)
    concatMapStringsSep
    escape
    escapeRegex
    escapeShellArg
    escapeShellArgs
    getName
    getVersion
    hasPrefix
    hasSuffix
    isStringLike
    mapAttrsToList
    removeSuffix
    stringToCharacters
    toShellVar
    ;

  lowerCase = stringToCharacters "abcdefghijklmnopqrstuvwxyz";
  upperCase = stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
in
{
  inherit (builtins)
    compareVersions
    concatStringsSep
    isString
    match
    replaceStrings
    split
    splitVersion
    stringLength
    substring
    toString
    unsafeDiscardStringContext
    ;

  concatStrings = concatStringsSep "";
  concatMapStrings = concatMapStringsSep "";
  concatMapStringsSep =
    separator: f: xs:
    concatStringsSep separator (map f xs);
  concatLines = xs: concatStringsSep "\n" (xs ++ [ "" ]);
  optionalString = condition: string: if condition then string else "";
  stringToCharacters = string: genList (i: substring i 1 string) (stringLength string);
  isStringLike = x: isString x || isPath x || x ? outPath || x ? __toString;

  hasPrefix = prefix: string: substring 0 (stringLength prefix) string == prefix;
  hasSuffix =
    suffix: string:
    let
      start = stringLength string - stringLength suffix;
    in
    start >= 0 && substring start (-1) string == suffix;
  hasInfix = infix: string: match ".*${escapeRegex infix}.*" string != null;
  removePrefix =
    prefix: string:
    if hasPrefix prefix string then substring (stringLength prefix) (-1) string else string;
  removeSuffix =
    suffix: string:
    if hasSuffix suffix string then
      substring 0 (stringLength string - stringLength suffix) string
    else
      string;
  splitString = separator: string: filter isString (split (escapeRegex separator) (toString string));
  trim = string: head (match "[[:space:]]*(|.*[^[:space:]])[[:space:]]*" string);
  toLower = replaceStrings upperCase lowerCase;
  toUpper = replaceStrings lowerCase upperCase;
  fileContents = path: removeSuffix "\n" (readFile path);

  escape = characters: replaceStrings characters (map (c: "\\${c}") characters);
  escapeRegex = escape (stringToCharacters "\\[{()^$?*+|.");
  escapeNixString = string: escape [ "$" ] (builtins.toJSON string);
  # What is no word of the language stands without quotes.
  escapeNixIdentifier =
    string:
    if
      match "[a-zA-Z_][a-zA-Z0-9_'-]*" string != null
      && match "assert|else|if|in|inherit|let|or|rec|then|with" string == null
    then
      string
    else
      lib.escapeNixString string;
  escapeXML = replaceStrings [ "\"" "'" "<" ">" "&" ] [ "&quot;" "&apos;" "&lt;" "&gt;" "&amp;" ];
  escapeShellArg =
    value:
    let
      string = toString value;
    in
    if match "[[:alnum:],._+:@%/-]+" string != null then
      string
    else
      "'${replaceStrings [ "'" ] [ "'\\''" ] string}'";
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;
  toShellVar =
    name: value:
    if isList value then
      "declare -a ${name}=(${escapeShellArgs value})"
    else if isAttrs value && !isStringLike value then
      "declare -A ${name}=(${
        concatStringsSep " " (mapAttrsToList (key: v: "[${escapeShellArg key}]=${escapeShellArg v}") value)
      })"
    else
      "${name}=${escapeShellArg value}";
  toShellVars = set: concatStringsSep "\n" (mapAttrsToList toShellVar set);

  makeSearchPath =
    folder: packages:
    concatMapStringsSep ":" (package: "${package}/${folder}") (filter (p: p != null) packages);
  makeBinPath = lib.makeSearchPath "bin";

  versionAtLeast = a: b: compareVersions a b >= 0;
  versionOlder = a: b: compareVersions a b < 0;
  versions = {
    major = version: head (splitVersion version);
    minor = version: elemAt (splitVersion version) 1;
    majorMinor = version: "${head (splitVersion version)}.${elemAt (splitVersion version) 1}";
  };
  getName =
    package:
    if isString package then (parseDrvName package).name else package.pname or (getName package.name);
  getVersion =
    package:
    if isString package then
      (parseDrvName package).version
    else
      package.version or (getVersion package.name);

  # What a store path may be called, as in nixpkgs, which shortens from the left.
  sanitizeDerivationName =
    string:
    let
      words = filter isString (
        split "[^[:alnum:]+._?=-]+" (head (match "\\.*(.*)" (builtins.unsafeDiscardStringContext string)))
      );
      name = concatStringsSep "-" words;
    in
    if name == "" then "unknown" else substring (lib.max 0 (stringLength name - 207)) (-1) name;
}
