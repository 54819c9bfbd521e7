# nginx as the provider of sites that ask for it.
{ config, lib, ... }:

let
  inherit (lib)
    filterAttrs
    mapAttrs'
    mapAttrsToList
    mkDefault
    mkIf
    mkOption
    nameValuePair
    types
    ;

  cfg = config.services.nginx;
  mine = filterAttrs (_: site: site.hosting.provider == "nginx") config.services.alcatraz.sites;

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
  options.services.alcatraz.sites = mkOption {
    type = types.attrsOf (
      types.submodule (
        { config, ... }:
        {
          config.hosting.result.url = mkIf (
            config.hosting.provider == "nginx"
          ) "https://${config.domain}${lib.removeSuffix "/" config.path}/";
        }
      )
    );
  };

  config.services.nginx = mkIf (mine != { }) {
    enable = true;
    commonHttpConfig = lib.concatStrings (mapAttrsToList (_: site: (rendered site.hosting).http) mine);
    virtualHosts = mapAttrs' (
      _: site:
      nameValuePair site.domain {
        enableACME = mkDefault true;
        forceSSL = mkDefault true;
        extraConfig = (rendered site.hosting).host;
      }
    ) mine;
  };
}
