# lib.meta, lib.licenses and lib.platforms: what a package says of itself.
{ lib }:
let
  inherit (builtins) mapAttrs;
  inherit (lib) getName;

  license = shortName: spdxId: {
    inherit shortName spdxId;
    free = true;
  };
in
{
  getExe = package: "${package}/bin/${package.meta.mainProgram or (getName package)}";
  getExe' = package: program: "${package}/bin/${program}";
  setName = name: package: package // { inherit name; };
  addMetaAttrs = attrs: package: package // { meta = package.meta or { } // attrs; };

  licenses = mapAttrs license {
    agpl3Plus = "AGPL-3.0-or-later";
    asl20 = "Apache-2.0";
    bsd2 = "BSD-2-Clause";
    bsd3 = "BSD-3-Clause";
    cc-by-40 = "CC-BY-4.0";
    cc-by-sa-40 = "CC-BY-SA-4.0";
    cc0 = "CC0-1.0";
    gpl3Only = "GPL-3.0-only";
    gpl3Plus = "GPL-3.0-or-later";
    isc = "ISC";
    mit = "MIT";
    mpl20 = "MPL-2.0";
    unlicense = "Unlicense";
  };

  # Only the systems that the stand-in can evaluate for.
  platforms = {
    linux = [
      "x86_64-linux"
      "aarch64-linux"
    ];
    darwin = [ "aarch64-darwin" ];
    unix = lib.platforms.linux ++ lib.platforms.darwin;
    all = lib.platforms.unix;
  };
}
