# The modules, each in a configuration as small as it can be.
{
  home-manager,
  nixpkgs,
  pkgs,
  self,
  site,
}:

let
  inherit (pkgs) lib;

  home = home-manager.lib.homeManagerConfiguration {
    inherit pkgs;
    modules = [
      self.homeModules.default
      (
        { config, ... }:
        {
          home = {
            homeDirectory = if pkgs.stdenv.hostPlatform.isDarwin then "/Users/ada" else "/home/ada";
            stateVersion = "26.05";
            username = "ada";
          };
          programs.alcatraz = {
            enable = true;
            settings.author = "Ada Example";
            blogs.journal = {
              directory = "${config.home.homeDirectory}/src/journal";
              preview.enable = true;
              publish = {
                enable = true;
                target = "directory:/srv/www/journal";
              };
              check.enable = true;
            };
          };
        }
      )
    ];
  };

  machine = nixpkgs.lib.nixosSystem {
    modules = [
      self.nixosModules.default
      {
        boot.isContainer = true;
        nixpkgs.pkgs = pkgs;
        programs.alcatraz.enable = true;
        security.acme = {
          acceptTerms = true;
          defaults.email = "ada@blog.example";
        };
        # One machine, since each server is only looked over: both would want the same ports.
        services.alcatraz.sites = {
          with-caddy = {
            inherit site;
            domain = "caddy.example";
            hosting.provider = "caddy";
          };
          with-nginx = {
            inherit site;
            domain = "nginx.example";
            hosting.provider = "nginx";
          };
        };
        system.stateVersion = "26.05";
      }
    ];
  };
in
{
  # The blog has its name, and a folder that is not there, which is as far as a build can go.
  module-home = pkgs.runCommand "alcatraz-module-home" { } (
    ''
      alcatraz=${home.activationPackage}/home-path/bin/alcatraz
      export XDG_CONFIG_HOME=${home.activationPackage}/home-files/.config HOME=$TMPDIR
      $alcatraz --blog journal check 2> said && exit 1
      grep --fixed-strings '`blogs.journal.directory` is ${home.config.programs.alcatraz.blogs.journal.directory}' said
    ''
    + lib.optionalString pkgs.stdenv.hostPlatform.isLinux ''
      cd $XDG_CONFIG_HOME/systemd/user
      test -e sockets.target.wants/alcatraz-preview-journal.socket
      for job in publish check; do
        test -e timers.target.wants/alcatraz-$job-journal.timer
      done
      for command in $(sed --quiet 's/^Exec[A-Za-z]*=[-+]*\([^ ]*\).*/\1/p' alcatraz-*.service); do
        test -x $command
      done
    ''
    + ''
      touch $out
    ''
  );
}
# The stand-ins of the tests have no web server.
// lib.optionalAttrs (pkgs.stdenv.hostPlatform.isLinux && pkgs ? caddy) {
  module-nixos = pkgs.runCommand "alcatraz-module-nixos" { } ''
    test -x ${machine.config.system.path}/bin/alcatraz

    # NixOS's own look at nginx's configuration, with gixy, is part of making the unit.
    grep --recursive --quiet nginx.conf ${machine.config.systemd.units."nginx.service".unit}
    export HOME=$TMPDIR
    ${lib.getExe machine.config.services.caddy.package} adapt --adapter caddyfile \
      --config ${machine.config.services.caddy.configFile} > caddy.json
    for site in ${
      lib.concatMapStringsSep " " (site: site.hosting.request.root) (
        lib.attrValues machine.config.services.alcatraz.sites
      )
    }; do
      test -s $site/index.html.gz -a -s $site/index.html.br
    done
    grep --quiet wasm-unsafe-eval caddy.json
    touch $out
  '';
}
