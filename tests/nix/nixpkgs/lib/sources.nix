# lib.sources: folders that go into the store without what a filter leaves out.
{ lib }:
let
  inherit (builtins) baseNameOf elem match;
  inherit (lib)
    any
    cleanSourceFilter
    hasSuffix
    removePrefix
    ;
in
{
  cleanSourceFilter =
    path: type:
    let
      name = baseNameOf path;
    in
    !(
      (
        type == "directory"
        && elem name [
          ".git"
          ".svn"
          "CVS"
          ".hg"
        ]
      )
      || (type == "symlink" && match "result(-.*)?" name != null)
      || hasSuffix "~" name
      || match "\\.sw[a-z]" name != null
      || match "\\..*\\.sw[a-z]" name != null
      || hasSuffix ".o" name
      || hasSuffix ".so" name
      || type == "unknown"
    );

  # Of a source that was filtered before, both filters hold.
  cleanSourceWith =
    {
      src,
      filter ? _path: _type: true,
      name ? src.name or "source",
    }:
    let
      origSrc = src.origSrc or src;
      both = path: type: filter path type && (src.filter or (_path: _type: true)) path type;
    in
    {
      inherit name origSrc;
      filter = both;
      outPath = builtins.path {
        inherit name;
        path = origSrc;
        filter = both;
      };
    };

  cleanSource =
    src:
    lib.sources.cleanSourceWith {
      inherit src;
      filter = cleanSourceFilter;
    };

  sourceFilesBySuffices =
    src: suffices:
    lib.sources.cleanSourceWith {
      inherit src;
      filter = path: type: type == "directory" || any (suffix: hasSuffix suffix path) suffices;
    };

  sourceByRegex =
    src: regexes:
    lib.sources.cleanSourceWith {
      inherit src;
      filter =
        path: _type:
        any (regex: match regex (removePrefix "${toString (src.origSrc or src)}/" path) != null) regexes;
    };
}
