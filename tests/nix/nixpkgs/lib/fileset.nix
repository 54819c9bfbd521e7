# lib.fileset, small: sets of local files, of which the store gets only the chosen ones.
#
# A set is the tree of its files from / down, and the folder beyond which nothing can change it, its base (null: the empty set):
# toSource refuses a base outside its root, as nixpkgs does.
{ lib }:
let
  inherit (builtins)
    baseNameOf
    concatStringsSep
    dirOf
    filter
    foldl'
    head
    isAttrs
    isPath
    length
    pathExists
    tail
    typeOf
    ;
  inherit (lib)
    attrByPath
    hasSuffix
    setAttrByPath
    splitString
    take
    ;

  trees = import ./file-trees.nix { inherit lib; };
  componentsOf = path: filter (part: part != "") (splitString "/" (toString path));
  startsWith = prefix: components: take (length prefix) components == prefix;
  commonStart =
    a: b:
    if a == [ ] || b == [ ] || head a != head b then
      [ ]
    else
      [ (head a) ] ++ commonStart (tail a) (tail b);

  fileset = base: tree: {
    _type = "fileset";
    inherit base tree;
  };
  empty = fileset null null;

  # A path stands for the files in it, as everywhere in nixpkgs' file sets.
  coerce =
    function: value:
    let
      tree = trees.read value;
    in
    if (value._type or null) == "fileset" then
      value
    else if !isPath value then
      throw "lib.fileset.${function}: an argument is of type ${typeOf value}, but it should be a file set or a path instead."
    else if !pathExists value then
      throw "lib.fileset.${function}: an argument (${toString value}) does not exist; if it need not, wrap it in lib.fileset.maybeMissing."
    else
      fileset (componentsOf (if isAttrs tree then value else dirOf value)) (
        setAttrByPath (componentsOf value) tree
      );

  join =
    a: b:
    if a.base == null then
      b
    else if b.base == null then
      a
    else
      fileset (commonStart a.base b.base) (trees.union a.tree b.tree);
in
{
  unions = sets: foldl' join empty (map (coerce "unions") sets);
  union = a: b: join (coerce "union" a) (coerce "union" b);

  intersection =
    a: b:
    let
      left = coerce "intersection" a;
      right = coerce "intersection" b;
      tree = trees.intersection left.tree right.tree;
    in
    if left.base == null || right.base == null then
      empty
    else if startsWith left.base right.base then
      fileset right.base tree
    else if startsWith right.base left.base then
      fileset left.base tree
    else
      empty;

  difference =
    a: b:
    let
      from = coerce "difference" a;
    in
    fileset from.base (trees.difference from.tree (coerce "difference" b).tree);

  fileFilter =
    predicate: path:
    let
      files = coerce "fileFilter" path;
      keep =
        name: type:
        predicate {
          inherit name type;
          hasExt = extension: hasSuffix ".${extension}" name;
        };
    in
    if !isPath path then
      throw "lib.fileset.fileFilter: the second argument is of type ${typeOf path}, but it should be a path instead."
    else
      fileset files.base (trees.filter keep (baseNameOf path) files.tree);

  maybeMissing = path: if pathExists path then coerce "maybeMissing" path else empty;

  toSource =
    { root, fileset }:
    let
      files = coerce "toSource" fileset;
      keep = path: _type: trees.holdsFiles (attrByPath (componentsOf path) null files.tree);
    in
    if !isPath root then
      throw "lib.fileset.toSource: `root` is of type ${typeOf root}, but it should be a path instead."
    else if files.base != null && !startsWith (componentsOf root) files.base then
      throw "lib.fileset.toSource: `fileset` reaches to /${concatStringsSep "/" files.base}, which is not under `root`, ${toString root}."
    else
      lib.sources.cleanSourceWith {
        name = "source";
        src = root;
        filter = keep;
      };
}
