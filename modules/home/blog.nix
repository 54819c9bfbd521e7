# The options of one blog.
{
  cfg,
  lib,
  pkgs,
}:

let
  inherit (lib)
    literalExpression
    mkEnableOption
    mkOption
    types
    ;

  calendar =
    default: example:
    mkOption {
      type = types.singleLineStr;
      inherit default example;
      description = ''
        When, as {manpage}`systemd.time(7)` has it; what the machine has slept through is made up for. On macOS: `hourly`,
        `daily`, `weekly`, `monthly`, `yearly`, or as in `06:30`, `Mon 06:30` and `*-*-01 06:30`.
      '';
    };
in
{
  options = {
    directory = mkOption {
      type = types.str;
      example = literalExpression ''"''${config.home.homeDirectory}/src/journal"'';
      description = ''
        The blog's folder, where its {file}`pelicanconf.py` is: from `/` on, and in quotes. Without quotes, as in `./journal`, Nix
        would mean a copy in the store.
      '';
    };

    package = mkOption {
      type = types.nullOr types.package;
      default = cfg.package;
      defaultText = literalExpression "config.programs.alcatraz.package";
      example = literalExpression "my-blog.packages.\${system}.default.program";
      description = ''
        The program that is run for this blog. A blog with a lock of its own names its engine there: the flake of that blog
        has it as the `program` of its site.
      '';
    };

    preview = {
      enable = mkEnableOption "a preview of the blog in the browser, which is built anew after each save";
      port = mkOption {
        type = types.port;
        default = 8000;
        example = 8001;
        description = "The port, on 127.0.0.1 alone.";
      };
      onDemand = mkOption {
        type = types.bool;
        default = pkgs.stdenv.hostPlatform.isLinux;
        defaultText = literalExpression "pkgs.stdenv.hostPlatform.isLinux";
        example = false;
        description = ''
          Whether the preview starts when somebody asks for it, and ends when for half an hour nobody has, and no page is
          open. Otherwise it runs from login on. For Linux alone.
        '';
      };
      drafts = mkOption {
        type = types.bool;
        default = true;
        example = false;
        description = "Whether it shows drafts and posts to come, or the site as it would be published now.";
      };
    };

    publish = {
      enable = mkEnableOption "publishing at certain times, so that posts whose date has come go out by themselves";
      target = mkOption {
        type = types.nullOr types.str;
        default = null;
        example = "directory:/srv/www/journal";
        description = ''
          Where to, as {command}`alcatraz publish --target` has it. What goes there is the last commit.
        '';
      };
      calendar = calendar "daily" "*-*-* 06:30";
      environmentFile = mkOption {
        type = types.nullOr types.str;
        default = null;
        example = literalExpression ''"''${config.home.homeDirectory}/.config/alcatraz/journal.env"'';
        description = ''
          A file of lines such as `NAME=value` for the environment of publishing; secrets do not belong into the store, and so
          not into this configuration.
        '';
      };
    };

    check = {
      enable = mkEnableOption "looking over content, links, HTML and feeds at certain times; the desktop tells of findings";
      calendar = calendar "weekly" "Mon 09:00";
    };
  };
}
