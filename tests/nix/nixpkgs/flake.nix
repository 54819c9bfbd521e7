# What the project's flake asks of nixpkgs, made of the host's own programs, so that real Nix builds it offline.
{
  description = "Stand-in for nixpkgs";

  outputs =
    { self }:
    let
      lib = import ./lib;
    in
    {
      lib = lib // {
        nixosSystem = import ./nixos { inherit lib; };
      };
      legacyPackages = lib.genAttrs lib.platforms.all (system: import self { inherit system; });
    };
}
