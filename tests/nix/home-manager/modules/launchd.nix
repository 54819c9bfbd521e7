# launchd: agents of macOS, as property lists.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib)
    attrNames
    attrValues
    concatMapStrings
    concatStringsSep
    escapeShellArg
    escapeShellArgs
    filterAttrs
    hm
    mkDefault
    mkEnableOption
    mkIf
    mkMerge
    mkOption
    optional
    types
    ;
  inherit (pkgs.stdenv.hostPlatform) isDarwin;
  inherit (types) listOf nullOr str;

  cfg = config.launchd;
  agents = filterAttrs (_: agent: agent.enable) cfg.agents;

  key =
    type:
    mkOption {
      type = nullOr type;
      default = null;
    };
  job = {
    freeformType = types.attrsOf types.anything;
    options = {
      Label = mkOption { type = str; };
      EnvironmentVariables = key (types.attrsOf str);
      Program = key types.path;
      ProgramArguments = key (listOf str);
      RunAtLoad = key types.bool;
      StandardErrorPath = key types.path;
      StandardOutPath = key types.path;
      StartInterval = key types.int;
      WatchPaths = key (listOf types.path);
      WorkingDirectory = key str;
    };
  };

  # What is in the store is not there before its volume is.
  waiting =
    job:
    let
      command = optional (job.Program != null) job.Program ++ lib.defaultTo [ ] job.ProgramArguments;
    in
    removeAttrs job [ "Program" ]
    // {
      ProgramArguments = [
        "/bin/sh"
        "-c"
        "/bin/wait4path /nix/store && exec ${escapeShellArgs command}"
      ];
    };
  plist =
    { config, ... }:
    let
      file = "${config.Label}.plist";
      text = lib.generators.toPlist { escape = true; } (waiting config);
    in
    "ln -s ${pkgs.writeText file text} \"$out/LaunchAgents/\"${escapeShellArg file}\n";
in
{
  options.launchd = {
    enable = mkOption {
      type = types.bool;
      default = isDarwin;
    };
    agents = mkOption {
      type = types.attrsOf (
        types.submodule (
          { name, ... }:
          {
            options = {
              enable = mkEnableOption name;
              config = mkOption {
                type = types.submodule job;
                default = { };
              };
            };
            config.config.Label = mkDefault "org.nix-community.home.${name}";
          }
        )
      );
      default = { };
    };
  };

  config = mkMerge [
    {
      assertions = [
        {
          assertion = cfg.enable && agents != { } -> isDarwin;
          message = "launchd is there on macOS alone, and is asked for ${concatStringsSep ", " (attrNames agents)}";
        }
      ];
    }
    (mkIf isDarwin {
      home.activation.setupLaunchAgents = hm.dag.entryAfter [ "writeBoundary" ] "";
      home.extraBuilderCommands = ''
        mkdir "$out/LaunchAgents"
        ${concatMapStrings plist (attrValues agents)}
      '';
    })
  ];
}
