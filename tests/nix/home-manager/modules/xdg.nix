# xdg.*: the folders of the XDG Base Directory Specification, and files in them.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib)
    mapAttrs'
    mkMerge
    mkOption
    mkOptionDefault
    nameValuePair
    types
    ;
  inherit (config.home) homeDirectory;

  cfg = config.xdg;
  folder = mkOption {
    type = types.path;
    apply = toString;
  };
  filesBelow =
    base:
    mkOption {
      type = import ./file-type.nix {
        inherit base lib pkgs;
        home = homeDirectory;
      };
      default = { };
    };
  linked = base: mapAttrs' (name: nameValuePair "${base}/${name}");
in
{
  options.xdg = {
    cacheHome = folder;
    configHome = folder;
    dataHome = folder;
    stateHome = folder;
    configFile = filesBelow cfg.configHome;
    dataFile = filesBelow cfg.dataHome;
  };

  config = {
    xdg = {
      cacheHome = mkOptionDefault "${homeDirectory}/.cache";
      configHome = mkOptionDefault "${homeDirectory}/.config";
      dataHome = mkOptionDefault "${homeDirectory}/.local/share";
      stateHome = mkOptionDefault "${homeDirectory}/.local/state";
    };
    home.file = mkMerge [
      (linked cfg.configHome cfg.configFile)
      (linked cfg.dataHome cfg.dataFile)
    ];
  };
}
