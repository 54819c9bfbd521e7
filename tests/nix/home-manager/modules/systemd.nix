# systemd.user: units in sections, as Home Manager has them, and not in the form of NixOS.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib)
    concatStringsSep
    hm
    isBool
    mkEnableOption
    mkIf
    mkMerge
    mkOption
    types
    ;
  inherit (types)
    bool
    either
    enum
    listOf
    str
    ;

  cfg = config.systemd.user;

  files = import ./unit-files.nix { inherit lib pkgs; };
in
{
  options.systemd.user = import ./units.nix { inherit lib; } // {
    enable = mkEnableOption "systemd's user manager" // {
      default = pkgs.stdenv.hostPlatform.isLinux;
    };
    startServices = mkOption {
      type = either bool (enum [
        "suggest"
        "sd-switch"
      ]);
      apply = how: if isBool how then how else how == "sd-switch";
      default = true;
    };
    systemctlPath = mkOption {
      type = str;
      default = "${pkgs.systemd}/bin/systemctl";
    };
    tmpfiles.rules = mkOption {
      type = listOf str;
      default = [ ];
    };
  };

  config = mkMerge [
    (mkIf cfg.enable {
      assertions = [ (hm.assertions.assertPlatform "systemd" pkgs lib.platforms.linux) ];
      home.activation.reloadSystemd = hm.dag.entryAfter [ "linkGeneration" ] "";
      xdg.configFile = mkMerge [
        (files "service" cfg.services)
        (files "socket" cfg.sockets)
        (files "timer" cfg.timers)
      ];
    })
    (mkIf (cfg.tmpfiles.rules != [ ]) {
      assertions = [ (hm.assertions.assertPlatform "systemd.user.tmpfiles" pkgs lib.platforms.linux) ];
      xdg.configFile."user-tmpfiles.d/home-manager.conf".text =
        concatStringsSep "\n" cfg.tmpfiles.rules + "\n";
    })
  ];
}
