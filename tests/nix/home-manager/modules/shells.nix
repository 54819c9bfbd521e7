# programs.bash, zsh and fish, and home.shell: files that shells read when they start.
{ config, lib, ... }:
let
  inherit (lib)
    hm
    mkEnableOption
    mkIf
    mkOption
    types
    ;
  inherit (config.programs) bash fish zsh;

  text = mkOption {
    type = types.lines;
    default = "";
  };
  follows = {
    inherit config;
    baseName = "Shell";
  };
in
{
  options = {
    programs.bash = {
      enable = mkEnableOption "GNU Bash";
      initExtra = text;
    };
    programs.zsh = {
      enable = mkEnableOption "Zsh";
      initContent = text;
    };
    programs.fish = {
      enable = mkEnableOption "fish";
      interactiveShellInit = text;
    };
    home.shell = {
      enableShellIntegration = mkOption {
        type = types.bool;
        default = true;
      };
      enableBashIntegration = hm.shell.mkBashIntegrationOption follows;
      enableFishIntegration = hm.shell.mkFishIntegrationOption follows;
      enableZshIntegration = hm.shell.mkZshIntegrationOption follows;
    };
  };

  config = {
    home.file = {
      ".bashrc" = mkIf bash.enable {
        text = ''
          [[ $- == *i* ]] || return
          ${bash.initExtra}
        '';
      };
      ".zshrc" = mkIf zsh.enable { text = zsh.initContent; };
    };
    xdg.configFile."fish/config.fish" = mkIf fish.enable {
      text = ''
        status is-interactive; and begin
          ${fish.interactiveShellInit}
        end
      '';
    };
  };
}
