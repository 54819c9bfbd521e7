# The options of NixOS that the project's module sets or reads, or that whoever uses it sets; any other is an error here.
{ config, lib, ... }:
let
  inherit (lib)
    filter
    mkEnableOption
    mkOption
    throwIf
    types
    ;
  inherit (types)
    attrsOf
    bool
    lines
    listOf
    nullOr
    path
    raw
    str
    submodule
    ;

  of =
    type: default:
    mkOption {
      inherit default type;
    };
  flag = of bool false;
  virtualHosts =
    options:
    of (attrsOf (submodule {
      inherit options;
    })) { };
  failed = filter (assertion: !assertion.assertion) config.assertions;
in
{
  options = {
    assertions = of (listOf raw) [ ];
    warnings = of (listOf str) [ ];
    environment.systemPackages = of (listOf types.package) [ ];
    networking.firewall.allowedTCPPorts = of (listOf types.port) [ ];
    nixpkgs.pkgs = mkOption { type = raw; };
    security.acme = {
      acceptTerms = flag;
      defaults.email = of (nullOr str) null;
    };
    services.caddy = {
      enable = mkEnableOption "Caddy";
      virtualHosts = virtualHosts { extraConfig = of lines ""; };
    };
    services.nginx = {
      enable = mkEnableOption "nginx";
      commonHttpConfig = of lines "";
      recommendedBrotliSettings = flag;
      virtualHosts = virtualHosts {
        enableACME = flag;
        extraConfig = of lines "";
        forceSSL = flag;
        sslCertificate = of (nullOr path) null;
      };
    };
    # As in NixOS, whoever asks for the system is told of assertions that fail.
    system.checked = of raw (
      throwIf (failed != [ ]) "\nFailed assertions:\n${
        lib.concatMapStringsSep "\n" ({ message, ... }: "- ${message}") failed
      }" true
    );
  };

  config._module.args.pkgs = config.nixpkgs.pkgs;
}
