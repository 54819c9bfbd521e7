# What the flake gives: homeManagerConfiguration, and the functions that modules find as lib.hm.
{ lib }:
let
  hmOf =
    lib:
    import ./dag.nix { inherit lib; }
    // import ./darwin.nix { inherit lib; }
    // import ./shell.nix { inherit lib; }
    // {
      assertions.assertPlatform = module: pkgs: platforms: {
        assertion = lib.elem pkgs.stdenv.hostPlatform.system platforms;
        message = "The module ${module} is made for ${toString platforms}, and not for ${pkgs.stdenv.hostPlatform.system}";
      };
    };
in
{
  hm = hmOf lib;

  homeManagerConfiguration =
    {
      pkgs,
      modules ? [ ],
      extraSpecialArgs ? { },
      lib ? pkgs.lib,
    }:
    let
      extended = lib.extend (lib: _: { hm = hmOf lib; });
      home = extended.evalModules {
        class = "homeManager";
        modules = modules ++ [
          ../modules
          { _module.args.pkgs = lib.mkDefault pkgs; }
        ];
        specialArgs = extraSpecialArgs;
      };
      failed = lib.filter (assertion: !assertion.assertion) home.config.assertions;
      checked = lib.throwIf (failed != [ ]) "\nFailed assertions:\n${
        lib.concatMapStringsSep "\n" ({ message, ... }: "- ${message}") failed
      }" (lib.foldr lib.warn home home.config.warnings);
    in
    checked
    // {
      inherit (checked.config.home) activationPackage;
      inherit pkgs;
    };
}
