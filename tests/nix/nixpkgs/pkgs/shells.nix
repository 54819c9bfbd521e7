# mkShell: an environment for `nix develop`, which is never built but for its variables.
{ lib, stdenv }:
let
  inherit (lib)
    catAttrs
    concatLines
    concatLists
    filter
    removeAttrs
    reverseList
    subtractLists
    ;

  mkShell =
    args@{
      name ? "nix-shell",
      packages ? [ ],
      inputsFrom ? [ ],
      nativeBuildInputs ? [ ],
      buildInputs ? [ ],
      shellHook ? "",
      ...
    }:
    let
      # A package may stand in inputsFrom for its inputs, and not for itself.
      from = attr: subtractLists inputsFrom (concatLists (catAttrs attr inputsFrom));
    in
    stdenv.mkDerivation (
      removeAttrs args [
        "inputsFrom"
        "packages"
      ]
      // {
        inherit name;
        nativeBuildInputs = packages ++ nativeBuildInputs ++ from "nativeBuildInputs";
        buildInputs = buildInputs ++ from "buildInputs" ++ from "propagatedBuildInputs";
        shellHook = concatLines (
          filter (hook: hook != "") (catAttrs "shellHook" (reverseList inputsFrom) ++ [ shellHook ])
        );
        phases = [ "buildPhase" ];
        buildPhase = ''export > "$out"'';
        preferLocalBuild = true;
      }
    );
in
{
  inherit mkShell;
  mkShellNoCC = mkShell;
}
