# lib.nixosSystem, to evaluate the project's module and its assertions; nothing of a system is built.
{ lib }:
{
  modules,
  specialArgs ? { },
}:
lib.evalModules {
  class = "nixos";
  modules = modules ++ [ ./options.nix ];
  inherit specialArgs;
}
