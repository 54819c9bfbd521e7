# nixpkgs' trivial builders for folders of links.
{
  lib,
  runCommandLocal,
}:
let
  inherit (builtins) isAttrs;
  inherit (lib)
    concatMapStrings
    escapeShellArg
    escapeShellArgs
    mapAttrsToList
    optionalString
    ;

  # Links each file of the paths into $out; of two under one name the first stays, or none does.
  linkFiles =
    {
      paths,
      pathsToLink ? [ "/" ],
      firstWins,
    }:
    ''
      mkdir -p "$out"
      for path in ${escapeShellArgs paths}; do
        for part in ${escapeShellArgs pathsToLink}; do
          [ -d "$path$part" ] || continue
          while IFS= read -r -d "" file; do
            file=''${part%/}/''${file#./}
            mkdir -p "$out$(dirname "$file")"
            if [ ! -e "$out$file" ] && [ ! -L "$out$file" ]; then
              ln -s "$path$file" "$out$file"
            ${optionalString (!firstWins) ''
              elif ! cmp -s "$path$file" "$out$file"; then
                echo "two paths hold $file: $path and $(readlink "$out$file")" >&2
                exit 1
            ''}
            fi
          done < <(cd "$path$part" && find . ! -type d -print0)
        done
      done
    '';
in
{
  # The entries are a list of { name, path }, or an attribute set from name to path.
  linkFarm =
    name: entries:
    let
      listed =
        if isAttrs entries then mapAttrsToList (name: path: { inherit name path; }) entries else entries;
      link = { name, path }: ''
        mkdir -p "$(dirname "$out"/${escapeShellArg name})"
        ln -s ${escapeShellArg "${path}"} "$out"/${escapeShellArg name}
      '';
    in
    runCommandLocal name { } ''
      mkdir -p "$out"
      ${concatMapStrings link listed}
    '';

  symlinkJoin =
    args@{
      name ? "${args.pname}-${args.version}",
      paths,
      postBuild ? "",
      ...
    }:
    runCommandLocal name
      (removeAttrs args [
        "paths"
        "postBuild"
      ])
      ''
        ${linkFiles {
          inherit paths;
          firstWins = true;
        }}
        ${postBuild}
      '';

  buildEnv =
    args@{
      name,
      paths,
      pathsToLink ? [ "/" ],
      ignoreCollisions ? false,
      postBuild ? "",
      ...
    }:
    runCommandLocal name
      (removeAttrs args [
        "ignoreCollisions"
        "paths"
        "pathsToLink"
        "postBuild"
      ])
      ''
        ${linkFiles {
          inherit paths pathsToLink;
          firstWins = ignoreCollisions;
        }}
        ${postBuild}
      '';
}
