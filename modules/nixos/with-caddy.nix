# Caddy as the provider of sites that ask for it; certificates are its own affair.
{ config, lib, ... }:

let
  inherit (lib)
    mapAttrs'
    mkIf
    nameValuePair
    ;

  provided = import ./provided.nix {
    inherit config lib;
    provider = "caddy";
  };
in
{
  options.services.alcatraz.sites = provided.result;

  config.services.caddy = mkIf (provided.sites != { }) {
    enable = true;
    virtualHosts = mapAttrs' (
      _: site:
      nameValuePair site.domain {
        extraConfig = ((import ../lib/hosting).providers.caddy site.hosting.request).host;
      }
    ) provided.sites;
  };
}
