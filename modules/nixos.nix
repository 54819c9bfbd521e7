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
  _class = "nixos";
  # Errors name it, and who imports it twice has it once.
  _file = ./nixos.nix;
  key = ./nixos.nix;

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
      example = lib.literalExpression "my-blog.packages.\${system}.default.program";
      description = "The program to install.";
    };
  };

  config = mkIf cfg.enable {
    environment.systemPackages = [ cfg.package ];
  };
}
