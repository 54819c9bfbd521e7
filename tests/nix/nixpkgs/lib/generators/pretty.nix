# lib.generators.toPretty: a value as Nix, as a person would write it.
{ lib }:
let
  inherit (builtins)
    filter
    isAttrs
    isBool
    isFloat
    isInt
    isList
    isPath
    isString
    length
    mapAttrs
    split
    toJSON
    ;
  inherit (lib)
    boolToString
    concatMapStringsSep
    concatStringsSep
    escape
    escapeNixIdentifier
    functionArgs
    init
    isDerivation
    isFunction
    last
    mapAttrsToList
    replaceStrings
    throwIf
    ;
in
{
  # `multiline` breaks sets, lists and texts of several lines.
  toPretty =
    {
      allowPrettyValues ? false,
      multiline ? true,
      indent ? "",
    }:
    let
      text =
        before: after: value:
        let
          lines = filter isString (split "\n" value);
          escaped = map (replaceStrings [ "\${" "''" ] [ "''\${" "'''" ]) lines;
          end = if last escaped == "" then after else before + last escaped;
        in
        if multiline && length lines > 1 then
          "''${before}${concatStringsSep before (init escaped)}${end}''"
        else
          "\"${
            concatMapStringsSep "\\n" (escape [
              "\\"
              "\""
              "\${"
            ]) lines
          }\"";

      show =
        margin: value:
        let
          before = if multiline then "\n${margin}  " else " ";
          after = if multiline then "\n${margin}" else " ";
          inner = show "${margin}  ";
          wrapped =
            open: close: parts:
            "${open}${before}${concatStringsSep before parts}${after}${close}";
        in
        if value == null then
          "null"
        else if isBool value then
          boolToString value
        else if isInt value || isPath value then
          toString value
        else if isFloat value then
          toJSON value
        else if isString value then
          text before after value
        else if value == [ ] then
          "[ ]"
        else if isList value then
          wrapped "[" "]" (map inner value)
        else if isFunction value then
          let
            arguments = mapAttrsToList (name: optional: if optional then "${name}?" else name) (
              functionArgs value
            );
          in
          if arguments == [ ] then "<function>" else "<function, args: {${concatStringsSep ", " arguments}}>"
        else if allowPrettyValues && value ? __pretty && value ? val then
          value.__pretty value.val
        else if value == { } then
          "{ }"
        else if isDerivation value then
          "<derivation ${value.name or "???"}>"
        else
          wrapped "{" "}" (
            mapAttrsToList (name: value: "${escapeNixIdentifier name} = ${inner value};") value
          );
    in
    show indent;

  # Stops where an error is about to show a configuration that has no end.
  withRecursion =
    {
      depthLimit,
      throwOnDepthLimit ? true,
    }:
    let
      at =
        depth: value:
        if depth > depthLimit then
          throwIf throwOnDepthLimit "deeper than ${toString depthLimit}" "<unevaluated>"
        else if isList value then
          map (at (depth + 1)) value
        else if isAttrs value && !isDerivation value then
          mapAttrs (_: at (depth + 1)) value
        else
          value;
    in
    at 0;
}
