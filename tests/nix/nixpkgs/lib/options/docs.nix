# lib.options.optionAttrSetToDocList: all options of a tree, and of the submodules in it, as a reference wants them.
{ lib }:
let
  inherit (builtins) concatMap filter isBool;
  inherit (lib)
    collect
    isOption
    literalExpression
    optionalAttrs
    optionals
    showOption
    ;

  rendered =
    value:
    if value ? _type && value ? text then
      value
    else
      literalExpression (
        lib.generators.toPretty {
          multiline = true;
          allowPrettyValues = true;
        } value
      );
  empty = option: option.type.getSubModules == null && option.type.emptyValue ? value;
in
{
  renderOptionValue = rendered;

  optionAttrSetToDocList =
    options:
    concatMap (
      option:
      let
        visible = option.visible or true;
      in
      [
        (
          {
            inherit (option) loc;
            name = showOption option.loc;
            description = option.description or null;
            declarations = filter (file: file != "<unknown-file>") option.declarations;
            internal = option.internal or false;
            visible = if isBool visible then visible else visible == "shallow";
            readOnly = option.readOnly or false;
            type = option.type.description;
          }
          // optionalAttrs (option ? example) { example = rendered option.example; }
          // optionalAttrs (option ? defaultText || option ? default || empty option) {
            default = rendered (option.defaultText or option.default or option.type.emptyValue.value);
          }
        )
      ]
      ++ optionals (if isBool visible then visible else visible == "transparent") (
        lib.optionAttrSetToDocList (option.type.getSubOptions option.loc)
      )
    ) (collect isOption options);
}
