# The options of Home Manager that the project's module sets or reads; any other is an error here.
{ lib, ... }:
let
  inherit (lib) mkEnableOption mkOption types;
in
{
  imports = [
    ./files.nix
    ./home.nix
    ./launchd.nix
    ./shells.nix
    ./systemd.nix
    ./xdg.nix
  ];

  options = {
    assertions = mkOption {
      type = types.listOf types.raw;
      default = [ ];
      description = "What must be true, each with `assertion` and `message`.";
    };
    warnings = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "What is said at each evaluation.";
    };

    services.ssh-agent = {
      enable = mkEnableOption "OpenSSH's agent";
      socket = mkOption {
        type = types.str;
        default = "ssh-agent";
        description = "Its socket, below `$XDG_RUNTIME_DIR`.";
      };
    };
    services.gpg-agent = {
      enable = mkEnableOption "GnuPG's agent";
      enableSshSupport = mkOption {
        type = types.bool;
        default = false;
        description = "Whether it keeps SSH's keys too.";
      };
    };
  };
}
