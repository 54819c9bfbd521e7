# lib.hm.shell: options that turn a program's part in a shell on, and what stands there.
{ lib }:
let
  inherit (lib)
    boolToString
    isBool
    literalMD
    mkOption
    optionalString
    types
    ;

  integration =
    shell:
    {
      config,
      baseName ? shell,
      extraDescription ? "",
    }:
    mkOption {
      type = types.bool;
      default = config.home.shell."enable${baseName}Integration";
      defaultText = literalMD "[](#opt-home.shell.enable${baseName}Integration)";
      example = false;
      description = "Whether to enable ${shell} integration.${
        optionalString (extraDescription != "") "\n\n${extraDescription}"
      }";
    };
in
{
  shell = {
    mkBashIntegrationOption = integration "Bash";
    mkFishIntegrationOption = integration "Fish";
    mkZshIntegrationOption = integration "Zsh";
    export =
      name: value: "export ${name}=\"${if isBool value then boolToString value else toString value}\"";
  };
}
