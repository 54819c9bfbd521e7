# The NixOS module: puts the program on a machine for all of its users, and serves sites.
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
  imports = [
    ./nixos/sites.nix
    ./nixos/with-caddy.nix
    ./nixos/with-nginx.nix
  ];

  options.programs.alcatraz = {
    enable = mkEnableOption "Alcatraz, a blog engine around Pelican";

    package = mkOption {
      type = types.package;
      default = self.packages.${pkgs.stdenv.hostPlatform.system}.alcatraz;
      defaultText = lib.literalExpression "alcatraz.packages.\${system}.alcatraz";
      description = "The program to install.";
    };
  };

  config = mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
  };
}
