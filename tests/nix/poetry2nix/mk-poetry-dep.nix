# One package of the lock, as a package of python.pkgs; an override may change what it is made of, `files` above all.
{
  chooseWheel,
  fetchFromPypi,
  holds,
  lib,
  normalise,
  python,
  pythonPackages,
}:
{
  name,
  version,
  files,
  source,
  dependencies ? { },
  preferWheels,
  pwd,
  ...
}:
let
  inherit (builtins)
    any
    attrNames
    baseNameOf
    head
    isList
    ;
  inherit (lib) filterAttrs throwIf throwIfNot;

  wheel = chooseWheel files;
  fromIndex =
    throwIfNot preferWheels
      "${name}: this stand-in for poetry2nix builds no sources: pass `preferWheels = true`"
      (
        throwIf (wheel == null)
          "${name} ${version}: the lock has no wheel for CPython ${python.version} on ${python.system}, and sources are not built here"
          (fetchFromPypi {
            pname = name;
            inherit (wheel) file hash;
          })
      );
  fromFile = builtins.path {
    name = baseNameOf source.url;
    path = pwd + "/${source.url}";
    recursive = false;
    sha256 = (head files).hash;
  };

  # A requirement is a version, { version, markers, … }, or a list of these where it differs from one platform to another.
  isNeeded =
    _name: requirement:
    any (one: holds (one.markers or "")) (if isList requirement then requirement else [ requirement ]);
in
python.fromWheel {
  pname = normalise name;
  inherit version;
  src =
    if source == null || source.type == "legacy" then
      fromIndex
    else if source.type == "file" then
      fromFile
    else
      throw "${name}: this stand-in for poetry2nix takes packages from an index or a file, not from ${source.type}";
  dependencies = map (dependency: pythonPackages.${normalise dependency}) (
    attrNames (filterAttrs isNeeded dependencies)
  );
}
