# The files that systemd reads of units, by their names below ~/.config.
{ lib, pkgs }:
let
  inherit (lib)
    boolToString
    concatLists
    filterAttrs
    isBool
    listToAttrs
    mapAttrs
    mapAttrsToList
    nameValuePair
    sanitizeDerivationName
    ;

  rendered =
    let
      said = mapAttrs (_: filterAttrs (_: value: value != null && value != [ ]));
      line = key: value: "${key}=${if isBool value then boolToString value else toString value}";
    in
    unit:
    lib.generators.toINI {
      listsAsDuplicateKeys = true;
      mkKeyValue = line;
    } (filterAttrs (_: section: section != { }) (said unit));

  # The unit, and a link for each target that wants or requires it.
  filesOf =
    kind: name: unit:
    let
      file = "${name}.${kind}";
      made = pkgs.writeTextFile {
        name = sanitizeDerivationName file;
        text = rendered unit;
        destination = "/${file}";
      };
      # A unit has the name that its file has where all links end.
      source = "${made}/${file}";
      at = path: nameValuePair "systemd/user/${path}" { inherit source; };
      below = how: map (target: at "${target}.${how}/${file}");
    in
    [ (at file) ]
    ++ below "wants" (unit.Install.WantedBy or [ ])
    ++ below "requires" (unit.Install.RequiredBy or [ ]);
in
kind: units: listToAttrs (concatLists (mapAttrsToList (filesOf kind) units))
