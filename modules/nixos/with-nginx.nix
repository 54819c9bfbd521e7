# nginx as the provider of sites that ask for it.
{ config, lib, ... }:

let
  inherit (lib)
    mapAttrs'
    mapAttrsToList
    mkDefault
    mkIf
    nameValuePair
    ;

  cfg = config.services.nginx;
  provided = import ./provided.nix {
    inherit config lib;
    provider = "nginx";
  };

  # Brotli is a module that nginx is built with, or is not.
  rendered =
    { request, ... }:
    (import ../lib/hosting).providers.nginx (
      request
      // lib.optionalAttrs (!cfg.recommendedBrotliSettings) {
        compressed = lib.remove "br" request.compressed;
      }
    );
in
{
  options.services.alcatraz.sites = provided.result;

  config.services.nginx = mkIf (provided.sites != { }) {
    enable = true;
    commonHttpConfig = lib.concatStrings (
      mapAttrsToList (_: site: (rendered site.hosting).http) provided.sites
    );
    virtualHosts = mapAttrs' (
      _: site:
      nameValuePair site.domain {
        enableACME = mkDefault true;
        forceSSL = mkDefault true;
        extraConfig = (rendered site.hosting).host;
      }
    ) provided.sites;
  };
}
