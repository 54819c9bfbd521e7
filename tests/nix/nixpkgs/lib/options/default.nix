# lib.options: how options are declared.
{ lib }:
let
  inherit (builtins)
    attrNames
    isAttrs
    isList
    isString
    ;
  inherit (lib)
    attrByPath
    concatStringsSep
    escapeNixIdentifier
    last
    literalExpression
    mkOption
    optionalAttrs
    optionalString
    throwIfNot
    toList
    types
    ;

  fields = [
    "apply"
    "default"
    "defaultText"
    "description"
    "example"
    "internal"
    "readOnly"
    "relatedPackages"
    "type"
    "visible"
  ];

  literal =
    kind: text:
    throwIfNot (isString text) "${kind} takes text, as in ${kind} \"pkgs.hello\"" {
      _type = kind;
      inherit text;
    };

in
import ./docs.nix { inherit lib; }
// import ./merging.nix { inherit lib; }
// {
  isOption = x: isAttrs x && x._type or null == "option";

  mkOption =
    attrs:
    let
      strange = removeAttrs attrs fields;
    in
    throwIfNot (strange == { }) "mkOption knows no ${toString (attrNames strange)}" (
      attrs // { _type = "option"; }
    );

  mkEnableOption =
    what:
    mkOption {
      type = types.bool;
      default = false;
      example = true;
      description = "Whether to enable ${what}.";
    };

  mkPackageOption =
    pkgs: name:
    {
      default ? name,
      example ? null,
      extraDescription ? "",
      nullable ? false,
      pkgsText ? "pkgs",
    }:
    let
      path = toList default;
      text = path: concatStringsSep "." ([ pkgsText ] ++ map escapeNixIdentifier path);
    in
    mkOption (
      {
        type = if nullable then types.nullOr types.package else types.package;
        description = "The ${last (toList name)} package to use.${
          optionalString (extraDescription != "") " ${extraDescription}"
        }";
      }
      // optionalAttrs (default != null) {
        default = attrByPath path (throw "${pkgsText} has no package ${concatStringsSep "." path}") pkgs;
        defaultText = literalExpression (text path);
      }
      // optionalAttrs (default == null && nullable) { default = null; }
      // optionalAttrs (example != null) {
        example = literalExpression (if isList example then text example else example);
      }
    );

  literalExpression = literal "literalExpression";
  literalMD = literal "literalMD";
}
