# The type of home.file and of its like, whose names are paths below `base`.
{
  base,
  home,
  lib,
  pkgs,
}:
let
  inherit (lib)
    hasPrefix
    mkDefault
    mkIf
    mkOption
    removePrefix
    types
    ;
in
types.attrsOf (
  types.submodule (
    { config, name, ... }:
    {
      options = {
        enable = mkOption {
          type = types.bool;
          default = true;
        };
        target = mkOption {
          type = types.nonEmptyStr;
          apply = path: removePrefix "${home}/" (if hasPrefix "/" path then path else "${base}/${path}");
        };
        text = mkOption {
          type = types.nullOr types.lines;
          default = null;
        };
        source = mkOption { type = types.path; };
        executable = mkOption {
          type = types.nullOr types.bool;
          default = null;
        };
        onChange = mkOption {
          type = types.lines;
          default = "";
        };
      };

      config = {
        target = mkDefault name;
        source = mkIf (config.text != null) (
          mkDefault (
            pkgs.writeTextFile {
              name = lib.sanitizeDerivationName "hm_${name}";
              inherit (config) text;
              executable = config.executable == true;
            }
          )
        );
      };
    }
  )
)
