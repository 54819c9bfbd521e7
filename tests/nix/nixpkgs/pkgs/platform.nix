# What stdenv.hostPlatform says of a system.
{ lib, system }:
let
  inherit (builtins) elemAt;
  inherit (lib) splitString throwIfNot;

  parts = splitString "-" system;
  cpu = elemAt parts 0;
  kernel = elemAt parts 1;
in
throwIfNot (builtins.elem system lib.platforms.all)
  "the stand-in for nixpkgs evaluates for ${toString lib.platforms.all}, not for ${system}"
  {
    inherit system;
    isAarch64 = cpu == "aarch64";
    isDarwin = kernel == "darwin";
    isLinux = kernel == "linux";
    isx86_64 = cpu == "x86_64";
    parsed = {
      cpu.name = cpu;
      kernel.name = kernel;
    };
  }
