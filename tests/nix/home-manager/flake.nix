# What the project's flake asks of Home Manager, in small: modules are evaluated, and a home is built, over the stand-in for nixpkgs.
{
  description = "Stand-in for Home Manager";

  # The project's flake lets it follow its own.
  inputs.nixpkgs.url = "flake:nixpkgs";

  outputs =
    { self, nixpkgs }:
    {
      lib = import ./lib { inherit (nixpkgs) lib; };
    };
}
