{
  description = "Alcatraz: a Pelican blog, built sealed";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";
    # Source and no flake: its own inputs would stand in the lock of everybody who uses this one.
    poetry2nix = {
      url = "github:nix-community/poetry2nix";
      flake = false;
    };
    # For the checks of the modules alone.
    home-manager = {
      url = "github:nix-community/home-manager/release-26.05";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs =
    {
      self,
      nixpkgs,
      poetry2nix,
      home-manager,
    }:
    let
      inherit (nixpkgs) lib;

      # The oldest that the tests run.
      oldest = "2.8";
      on =
        pkgs:
        if lib.versionOlder builtins.nixVersion oldest then
          throw "Alcatraz needs Nix ${oldest} or newer, and this is ${builtins.nixVersion}; https://nixos.org/download says how to get one"
        else
          import ./nix { inherit pkgs poetry2nix; };
      # Evaluated once for all outputs.
      systems = lib.genAttrs [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" ] (
        system: on nixpkgs.legacyPackages.${system}
      );
      each = make: lib.mapAttrs (_: make) systems;

      # The blog that lives here. A sealed build has no clock: it is a function of the commit's time and revision.
      blog = {
        name = "alcatraz-blog";
        src = lib.fileset.toSource {
          root = ./.;
          fileset = lib.fileset.unions [
            ./content
            ./pelicanconf.py
          ];
        };
        now = self.lastModifiedDate;
        revision = self.rev or null;
      };
    in
    {
      lib = {
        mkSite =
          arguments:
          if arguments ? pkgs.stdenv then
            (on arguments.pkgs).mkSite (removeAttrs arguments [ "pkgs" ])
          else
            throw "alcatraz.lib.mkSite: `pkgs` must be nixpkgs for a system, as nixpkgs.legacyPackages.x86_64-linux is";
        # The systems that the engine is made for, each with its packages: eachSystem (pkgs: …).
        eachSystem = make: each ({ pkgs, ... }: make pkgs);
      };

      packages = each (
        {
          program,
          mkSite,
          mkContainer,
          ...
        }:
        let
          site = mkSite blog;
        in
        {
          inherit site;
          default = site;
          alcatraz = program;
        }
        // lib.optionalAttrs (mkContainer != null) { container = mkContainer site; }
      );

      apps = each ({ apps, ... }: apps);
      devShells = each ({ devShells, ... }: devShells);
      # The stand-ins of the tests have none.
      formatter = lib.optionalAttrs (nixpkgs.legacyPackages.x86_64-linux ? nixfmt-tree) (
        each ({ pkgs, ... }: pkgs.nixfmt-tree)
      );
      checks = each (
        { checksOf, ... }:
        checksOf {
          inherit
            self
            home-manager
            nixpkgs
            blog
            ;
        }
      );

      overlays.default = final: _: { alcatraz = (on final).program; };
      homeModules.default = import ./modules/home-manager.nix { inherit self; };
      nixosModules.default = import ./modules/nixos.nix { inherit self; };
      templates.default = {
        path = ./templates/blog;
        description = "A blog of one's own, built with Alcatraz";
        welcomeText = ''
          Nix sees what git knows, at the last commit's time: `git init`, `git add --all`, `git commit`, then `nix build`.
          `nix run .#serve` shows the blog while you write; your name and address go into pelicanconf.py.
        '';
      };
    };
}
