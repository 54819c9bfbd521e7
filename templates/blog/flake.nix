{
  description = "A blog";

  # Where this template came from: the engine that builds the blog. `nix flake update` moves it.
  inputs.alcatraz.url = "github:OWNER/alcatraz";

  outputs =
    { self, alcatraz }:
    {
      packages = alcatraz.lib.eachSystem (pkgs: {
        default = alcatraz.lib.mkSite {
          inherit pkgs;
          src = ./.;
          now = self.lastModifiedDate;
          revision = self.rev or null;
        };
      });
      # nix run .#serve, .#new, .#check and .#publish
      inherit (alcatraz) apps;
    };
}
