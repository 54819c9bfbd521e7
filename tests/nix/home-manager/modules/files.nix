# home.file: links in the home to files in the store.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib)
    attrValues
    catAttrs
    concatMapStrings
    escapeShellArg
    filter
    hm
    mkOption
    ;
  inherit (config.home) homeDirectory;

  files = filter (file: file.enable) (attrValues config.home.file);
  link = file: ''
    target=$out/${escapeShellArg file.target}
    mkdir -p "$(dirname "$target")"
    ln -s ${file.source} "$target"
  '';
in
{
  options = {
    home.file = mkOption {
      type = import ./file-type.nix {
        inherit lib pkgs;
        base = homeDirectory;
        home = homeDirectory;
      };
      default = { };
    };
    home-files = mkOption {
      type = lib.types.package;
      internal = true;
    };
  };

  config = {
    home-files = pkgs.runCommandLocal "home-manager-files" { } ''
      mkdir "$out"
      ${concatMapStrings link files}
    '';
    home.activation = {
      linkGeneration = hm.dag.entryAfter [ "writeBoundary" ] "";
      onFilesChange = hm.dag.entryAfter [ "linkGeneration" ] (
        lib.concatStrings (catAttrs "onChange" files)
      );
    };
    assertions = [
      {
        assertion = lib.allUnique (catAttrs "target" files);
        message = "home.file: two files have one target";
      }
    ];
  };
}
