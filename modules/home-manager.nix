# The Home Manager module: puts the program on a workstation.
{ self }:

{
  config,
  lib,
  pkgs,
  ...
}:

let
  inherit (lib)
    mkEnableOption
    mkIf
    mkOption
    types
    ;

  cfg = config.programs.alcatraz;
in
{
  options.programs.alcatraz = {
    enable = mkEnableOption "Alcatraz, a blog engine around Pelican";

    package = mkOption {
      type = types.nullOr types.package;
      default = self.packages.${pkgs.stdenv.hostPlatform.system}.alcatraz;
      defaultText = lib.literalExpression "alcatraz.packages.\${system}.alcatraz";
      description = "The program to install; null installs none.";
    };
  };

  config = mkIf cfg.enable {
    home.packages = mkIf (cfg.package != null) [ cfg.package ];
  };
}
