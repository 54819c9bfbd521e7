# The modules, each in a configuration as small as it can be.
{
  home-manager,
  nixpkgs,
  pkgs,
  self,
}:

let
  inherit (pkgs) lib;

  home = home-manager.lib.homeManagerConfiguration {
    inherit pkgs;
    modules = [
      self.homeModules.default
      {
        home = {
          homeDirectory = "/home/ada";
          stateVersion = "26.05";
          username = "ada";
        };
        programs.alcatraz.enable = true;
      }
    ];
  };

  machine = nixpkgs.lib.nixosSystem {
    modules = [
      self.nixosModules.default
      {
        boot.isContainer = true;
        nixpkgs.pkgs = pkgs;
        programs.alcatraz.enable = true;
        system.stateVersion = "26.05";
      }
    ];
  };
in
{
  module-home = pkgs.runCommand "alcatraz-module-home" { } ''
    test -x ${home.activationPackage}/home-path/bin/alcatraz
    touch $out
  '';
}
// lib.optionalAttrs pkgs.stdenv.hostPlatform.isLinux {
  module-nixos = pkgs.runCommand "alcatraz-module-nixos" { } ''
    test -x ${machine.config.system.path}/bin/alcatraz
    touch $out
  '';
}
