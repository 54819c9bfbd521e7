# PEP 508's markers: whether one holds, in an environment of strings and for the extras that `wantsExtra` answers for.
{
  environment,
  lib,
  wantsExtra,
}:
let
  inherit (builtins)
    compareVersions
    elem
    elemAt
    filter
    head
    isList
    length
    match
    split
    stringLength
    substring
    ;
  inherit (lib) hasInfix hasPrefix removeSuffix;

  versions = [
    "implementation_version"
    "platform_release"
    "python_full_version"
    "python_version"
  ];

  # ~= 3.11 means >= 3.11 and == 3.*
  series = version: "${head (match "(.*)\\.[^.]*" version)}.";
  compareAsVersions = {
    "==" =
      a: b:
      if match ".*\\.\\*" b != null then
        hasPrefix (removeSuffix "*" b) "${a}."
      else
        compareVersions a b == 0;
    "!=" = a: b: !compareAsVersions."==" a b;
    "<" = a: b: compareVersions a b < 0;
    "<=" = a: b: compareVersions a b <= 0;
    ">" = a: b: compareVersions a b > 0;
    ">=" = a: b: compareVersions a b >= 0;
    "~=" = a: b: compareVersions a b >= 0 && hasPrefix (series b) a;
  };
  compareAsStrings = {
    "==" = a: b: a == b;
    "!=" = a: b: a != b;
    "<" = a: b: a < b;
    "<=" = a: b: a <= b;
    ">" = a: b: a > b;
    ">=" = a: b: a >= b;
    "in" = a: b: hasInfix a b;
    "not in" = a: b: !hasInfix a b;
  };

  holds =
    marker:
    let
      tokens = map head (
        filter isList (split "(\\(|\\)|\"[^\"]*\"|'[^']*'|not +in|[<>=!~]+|[A-Za-z0-9_.]+)" marker)
      );
      at = i: if i < length tokens then elemAt tokens i else "";

      isQuoted = token: match "[\"'].*" token != null;
      unquote = token: substring 1 (stringLength token - 2) token;
      value =
        token:
        if isQuoted token then
          unquote token
        else
          environment.${token}
            or (throw "the marker ${marker} asks for ${token}, which PEP 508 does not know");

      comparison =
        left: operator: right:
        if left == "extra" then
          wantsExtra (unquote right) == (operator == "==")
        else if elem left versions || elem right versions then
          (compareAsVersions // { inherit (compareAsStrings) "in" "not in"; }).${operator} (value left) (
            value right
          )
        else
          compareAsStrings.${operator} (value left) (value right);

      # Each rule gives what it found to be true, and the token after it.
      atom =
        i:
        let
          inner = disjunction (i + 1);
        in
        if at i == "(" then
          inner // { next = inner.next + 1; }
        else
          {
            true = comparison (at i) (at (i + 1)) (at (i + 2));
            next = i + 3;
          };
      chain =
        word: combine: rule: i:
        let
          left = rule i;
          right = chain word combine rule (left.next + 1);
        in
        if at left.next == word then right // { true = combine left.true right.true; } else left;
      conjunction = chain "and" (a: b: a && b) atom;
      disjunction = chain "or" (a: b: a || b) conjunction;
    in
    marker == "" || (disjunction 0).true;
in
holds
