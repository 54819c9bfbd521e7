# Which of a locked package's files is installed: the wheel with the best tag, or null where none fits.
{ lib, tags }:
let
  inherit (builtins)
    all
    concatMap
    elemAt
    filter
    foldl'
    length
    listToAttrs
    match
    ;
  inherit (lib)
    hasSuffix
    imap0
    nameValuePair
    removeSuffix
    splitString
    throwIfNot
    ;

  ranks = listToAttrs (imap0 (rank: tag: nameValuePair tag rank) tags);
  worst = length tags;

  # The part of NAME-VERSION-INTERPRETERS-ABIS-PLATFORMS.whl that is so far from its end.
  part =
    fromEnd: file:
    let
      parts = splitString "-" (removeSuffix ".whl" file);
    in
    elemAt parts (length parts - fromEnd);
  alternatives = fromEnd: file: splitString "." (part fromEnd file);

  rankOf =
    file:
    foldl' lib.min worst (
      concatMap (
        interpreter:
        concatMap (
          abi: map (platform: ranks."${interpreter}-${abi}-${platform}" or worst) (alternatives 1 file)
        ) (alternatives 2 file)
      ) (alternatives 3 file)
    );

  # The parser that poetry2nix brings ends the evaluation at these tags, even where another wheel fits; so does the stand-in, lest
  # a flake that works here fails there. Source: vendor/pyproject.nix/lib/{pypa,pep600}.nix of poetry2nix ce2369db.
  isUnderstood =
    file:
    match "[a-z]+[0-9]*_?[a-z0-9]*" (part 2 file) != null
    && all (
      platform:
      match "any|(linux|macosx|musllinux|win)_?.*|manylinux.*_(x86_64|i686|aarch64|armv7l|ppc64|ppc64le|s390x)" platform
      != null
    ) (alternatives 1 file);
in
files:
let
  wheels = filter (file: hasSuffix ".whl" file.file) files;
  ranked = map (
    file:
    throwIfNot (isUnderstood file.file)
      "poetry2nix does not understand the tags of ${file.file}: let an override of mkPoetryDep leave it out of `files`"
      (file // { rank = rankOf file.file; })
  ) wheels;
  best = foldl' (a: b: if b.rank < a.rank then b else a) { rank = worst; } ranked;
in
if best.rank == worst then null else best
