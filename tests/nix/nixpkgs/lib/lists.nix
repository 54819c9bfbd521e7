# lib.lists: what a small flake uses of it.
{ lib }:
let
  inherit (builtins)
    concatMap
    elem
    elemAt
    filter
    foldl'
    genList
    head
    isList
    length
    partition
    ;
  inherit (lib)
    drop
    flatten
    foldr
    imap0
    max
    min
    sublist
    take
    ;
in
{
  inherit (builtins)
    all
    any
    concatLists
    concatMap
    elem
    elemAt
    filter
    foldl'
    genList
    groupBy
    head
    isList
    length
    map
    partition
    sort
    tail
    ;

  singleton = x: [ x ];
  toList = x: if isList x then x else [ x ];
  optional = condition: x: if condition then [ x ] else [ ];
  optionals = condition: xs: if condition then xs else [ ];

  foldr =
    f: end: xs:
    let
      from = i: if i == length xs then end else f (elemAt xs i) (from (i + 1));
    in
    from 0;
  foldl = foldl';
  flatten = x: if isList x then concatMap flatten x else [ x ];
  allUnique = xs: length (lib.unique xs) == length xs;
  unique = foldl' (seen: x: if elem x seen then seen else seen ++ [ x ]) [ ];

  imap0 = f: xs: genList (i: f i (elemAt xs i)) (length xs);
  imap1 = f: imap0 (i: f (i + 1));
  range = first: last: if first > last then [ ] else genList (i: first + i) (last - first + 1);
  count = predicate: xs: length (filter predicate xs);

  findFirst =
    predicate: default: xs:
    let
      found = filter predicate xs;
    in
    if found == [ ] then default else head found;
  remove = x: filter (y: y != x);
  subtractLists = unwanted: filter (x: !elem x unwanted);
  intersectLists = xs: filter (x: elem x xs);
  mutuallyExclusive = xs: ys: (partition (x: elem x ys) xs).right == [ ];

  sublist =
    start: count: xs:
    genList (i: elemAt xs (start + i)) (max 0 (min count (length xs - start)));
  take = sublist 0;
  drop = start: xs: sublist start (length xs) xs;
  init = xs: take (length xs - 1) xs;
  last = xs: head (drop (length xs - 1) xs);
  reverseList = xs: genList (i: elemAt xs (length xs - 1 - i)) (length xs);
  zipListsWith =
    f: xs: ys:
    genList (i: f (elemAt xs i) (elemAt ys i)) (min (length xs) (length ys));
}
