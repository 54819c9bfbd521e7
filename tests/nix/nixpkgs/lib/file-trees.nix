# The trees that file sets are made of: a file is its type, a folder is an attribute set, what is left out is null.
{ lib }:
let
  inherit (builtins)
    any
    attrValues
    baseNameOf
    dirOf
    intersectAttrs
    isAttrs
    mapAttrs
    readDir
    storeDir
    toString
    ;
  inherit (lib) fix;
in
fix (trees: {
  # Symbolic links are files, whatever they lead to.
  read =
    path:
    let
      # The store itself is not to be read in pure evaluation; a path right below it is a flake's own folder.
      isTop = path == /. || toString (dirOf path) == storeDir;
      type = if isTop then "directory" else (readDir (dirOf path)).${baseNameOf path};
      entry = name: type: if type == "directory" then trees.read (path + "/${name}") else type;
    in
    if type == "directory" then mapAttrs entry (readDir path) else type;

  holdsFiles = tree: if isAttrs tree then any trees.holdsFiles (attrValues tree) else tree != null;

  # Keeps the files of which keep, a function of name and type, is true.
  filter =
    keep: name: tree:
    if isAttrs tree then
      mapAttrs (trees.filter keep) tree
    else if tree != null && keep name tree then
      tree
    else
      null;

  union =
    a: b:
    if isAttrs a && isAttrs b then
      a // mapAttrs (name: trees.union (a.${name} or null)) b
    else if a == null then
      b
    else
      a;

  intersection =
    a: b:
    if isAttrs a && isAttrs b then
      mapAttrs (name: trees.intersection a.${name}) (intersectAttrs a b)
    else if b == null then
      null
    else
      a;

  difference =
    a: b:
    if isAttrs a && isAttrs b then
      mapAttrs (name: tree: trees.difference tree (b.${name} or null)) a
    else if b == null then
      a
    else
      null;
})
