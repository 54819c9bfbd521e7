# What is the same for every provider here: the sites that ask for it by its name, and where it serves them.
{
  config,
  lib,
  # The provider's name.
  provider,
}:

let
  inherit (lib) mkIf mkOption types;

  isMine = site: site.hosting.provider == provider;
in
{
  sites = lib.filterAttrs (_: isMine) config.services.alcatraz.sites;

  # Their result: an addition to the option of sites.nix.
  result = mkOption {
    type = types.attrsOf (
      types.submodule (
        { config, ... }:
        {
          config.hosting.result.url = mkIf (isMine config) "https://${config.domain}${lib.removeSuffix "/" config.path}/";
        }
      )
    );
  };
}
