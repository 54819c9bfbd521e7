# Caddy as the provider of sites that ask for it; certificates are its own affair.
{ config, lib, ... }:

let
  inherit (lib)
    filterAttrs
    mapAttrs'
    mkIf
    mkOption
    nameValuePair
    types
    ;

  mine = filterAttrs (_: site: site.hosting.provider == "caddy") config.services.alcatraz.sites;
in
{
  options.services.alcatraz.sites = mkOption {
    type = types.attrsOf (
      types.submodule (
        { config, ... }:
        {
          config.hosting.result.url = mkIf (
            config.hosting.provider == "caddy"
          ) "https://${config.domain}${lib.removeSuffix "/" config.path}/";
        }
      )
    );
  };

  config.services.caddy = mkIf (mine != { }) {
    enable = true;
    virtualHosts = mapAttrs' (
      _: site:
      nameValuePair site.domain {
        extraConfig = ((import ../lib/hosting).providers.caddy site.hosting.request).host;
      }
    ) mine;
  };
}
