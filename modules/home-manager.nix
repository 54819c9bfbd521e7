# The Home Manager module: the program, the blogs that it knows by their names, and what is to be run for them.
{ self }:

{
  config,
  lib,
  pkgs,
  ...
}:

let
  inherit (lib)
    concatMap
    getExe
    literalExpression
    mapAttrs
    mapAttrsToList
    mkEnableOption
    mkIf
    mkMerge
    mkOption
    mkOrder
    types
    ;
  inherit (pkgs.stdenv.hostPlatform) isDarwin isLinux;
  shells = lib.hm.shell;

  cfg = config.programs.alcatraz;
  workstation = import ./lib/blogs;
  toml = pkgs.formats.toml { };
  # What TOML has, said without a package: the reference of options is made without any.
  value =
    types.oneOf [
      types.bool
      types.int
      types.float
      types.str
      (types.listOf value)
      (types.attrsOf value)
    ]
    // {
      description = "TOML value";
    };

  programOf = blog: if blog.package == null then null else getExe blog.package;
  # As the pure functions want them.
  blogs = mapAttrsToList (name: blog: {
    inherit name;
    inherit (blog)
      check
      directory
      preview
      publish
      ;
    program = programOf blog;
    git = "${pkgs.gitMinimal}/bin";
    openssh = "${pkgs.openssh}/bin";
  }) cfg.blogs;
  jobs = concatMap workstation.jobs blogs;

  hasPackage = cfg.package != null;
in
{
  _class = "homeManager";
  # Errors name it, and who imports it twice, as for all users and for one, has it once.
  _file = ./home-manager.nix;
  key = ./home-manager.nix;

  options.programs.alcatraz = {
    enable = mkEnableOption "Alcatraz, a blog engine around Pelican";

    package = mkOption {
      type = types.nullOr types.package;
      default = self.packages.${pkgs.stdenv.hostPlatform.system}.alcatraz;
      defaultText = literalExpression "alcatraz.packages.\${system}.alcatraz";
      example = null;
      description = "The program to install; null installs none.";
    };

    settings = mkOption {
      type = types.attrsOf value;
      default = { };
      example = {
        author = "Ada Example";
        editor = "code --wait";
      };
      description = ''
        What is the same for all blogs, for {file}`~/.config/alcatraz/config.toml`: `author`, whom `alcatraz init` names, and
        `editor`, which `alcatraz new` opens where neither `VISUAL` nor `EDITOR` is set. The blogs below are added.
      '';
    };

    blogs = mkOption {
      type = types.attrsOf (types.submodule (import ./home/blog.nix { inherit cfg lib pkgs; }));
      default = { };
      example = literalExpression ''
        {
          journal = {
            directory = "''${config.home.homeDirectory}/src/journal";
            preview.enable = true;
          };
        }
      '';
      description = "Blogs by their names, for {command}`alcatraz --blog NAME TASK` in any folder.";
    };

    enableBashIntegration = shells.mkBashIntegrationOption { inherit config; };
    enableFishIntegration = shells.mkFishIntegrationOption { inherit config; };
    enableZshIntegration = shells.mkZshIntegrationOption { inherit config; };
  };

  config = mkIf cfg.enable (mkMerge [
    {
      assertions = workstation.assertions { inherit blogs isDarwin; };

      home.packages = mkIf hasPackage [ cfg.package ];

      programs.alcatraz.settings = mkIf (cfg.blogs != { }) {
        blogs = mapAttrs (
          _: blog:
          {
            inherit (blog) directory;
          }
          // lib.optionalAttrs (blog.package != null) { program = programOf blog; }
        ) cfg.blogs;
      };
      xdg.configFile."alcatraz/config.toml" = mkIf (cfg.settings != { }) {
        source = toml.generate "alcatraz-config.toml" cfg.settings;
      };

      # Completions, also where a shell does not look for those of packages.
      programs.bash.initExtra = mkIf (hasPackage && cfg.enableBashIntegration) ''
        source ${cfg.package}/share/bash-completion/completions/alcatraz.bash
      '';
      programs.fish.interactiveShellInit = mkIf (hasPackage && cfg.enableFishIntegration) ''
        source ${cfg.package}/share/fish/vendor_completions.d/alcatraz.fish
      '';
      # After compinit, by whomever it is called: the last is Prezto, at 850.
      programs.zsh.initContent = mkIf (hasPackage && cfg.enableZshIntegration) (
        mkOrder 860 ''
          (( $+functions[compdef] )) && source ${cfg.package}/share/zsh/site-functions/_alcatraz
        ''
      );
    }

    (mkIf isLinux {
      systemd.user = workstation.systemd {
        inherit jobs;
        agent = import ./home/ssh-agent.nix { inherit config; };
        opener = pkgs.writeShellScript "alcatraz-opener" (
          workstation.opener { mkdir = "${pkgs.coreutils}/bin/mkdir"; }
        );
        teller = pkgs.writeShellScript "alcatraz-teller" (
          workstation.teller {
            journalctl = "${pkgs.systemd}/bin/journalctl";
            notify-send = getExe pkgs.libnotify;
          }
        );
      };
    })

    (mkIf isDarwin {
      launchd.agents = workstation.launchd {
        inherit jobs;
        home = config.home.homeDirectory;
        script = name: text: "${pkgs.writeShellScript name text}";
      };
    })
  ]);
}
