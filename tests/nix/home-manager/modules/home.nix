# home.*: whose home it is, what is installed there, and the package that all of it is.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib)
    concatMapStrings
    concatStrings
    filterAttrs
    hm
    mapAttrsToList
    mkOption
    types
    ;
  inherit (types)
    attrsOf
    bool
    float
    int
    listOf
    nullOr
    oneOf
    path
    str
    ;

  cfg = config.home;

  entry = types.submodule {
    options = {
      data = mkOption { type = str; };
      after = mkOption { type = listOf str; };
      before = mkOption { type = listOf str; };
    };
  };

  variables = pkgs.writeTextDir "etc/profile.d/hm-session-vars.sh" (
    concatStrings (
      mapAttrsToList (name: value: "${hm.shell.export name value}\n") (
        filterAttrs (_: value: value != null) cfg.sessionVariables
      )
    )
  );
  activate = pkgs.writeShellScript "activate" (
    concatMapStrings (name: "# ${name}\n${cfg.activation.${name}.data}\n") (
      hm.dag.sorted cfg.activation
    )
  );
in
{
  options.home = {
    username = mkOption { type = str; };
    homeDirectory = mkOption {
      type = path;
      apply = toString;
    };
    stateVersion = mkOption { type = types.strMatching "[0-9]{2}\\.(05|11)"; };
    profileDirectory = mkOption {
      type = path;
      readOnly = true;
    };
    packages = mkOption {
      type = listOf types.package;
      default = [ ];
    };
    path = mkOption { internal = true; };
    sessionVariables = mkOption {
      type = types.lazyAttrsOf (
        nullOr (oneOf [
          str
          path
          int
          float
          bool
        ])
      );
      default = { };
    };
    activation = mkOption {
      type = attrsOf (types.coercedTo str hm.dag.entryAnywhere entry);
      default = { };
    };
    activationPackage = mkOption {
      type = types.package;
      internal = true;
    };
    extraBuilderCommands = mkOption {
      type = types.lines;
      default = "";
      internal = true;
    };
  };

  config.home = {
    activation.writeBoundary = "";
    packages = [ variables ];
    path = pkgs.buildEnv {
      name = "home-manager-path";
      paths = cfg.packages;
    };
    profileDirectory = "${cfg.homeDirectory}/.nix-profile";
    activationPackage = pkgs.runCommandLocal "home-manager-generation" { } ''
      mkdir "$out"
      ln -s ${config.home-files} "$out/home-files"
      ln -s ${cfg.path} "$out/home-path"
      ln -s ${activate} "$out/activate"
      ${cfg.extraBuilderCommands}
    '';
  };
}
