# lib.modules: what a definition may be wrapped in, and how definitions of one option become its value.
{ lib }:
let
  inherit (builtins)
    concatMap
    filter
    foldl'
    isAttrs
    isBool
    mapAttrs
    sort
    ;
  inherit (lib)
    min
    mkOrder
    mkOverride
    showDefs
    showOption
    throwIfNot
    ;

  # nixpkgs' own numbers, since modules name them too: the smaller one wins, or comes first.
  priority = 100;
  position = 1000;

  is = kind: value: isAttrs value && value._type or null == kind;
  property = kind: wrapped: wrapped // { _type = kind; };

  # A list of plain values and overrides: conditions are decided here.
  discharged =
    loc: value:
    if is "merge" value then
      concatMap (discharged loc) value.contents
    else if is "if" value then
      throwIfNot (isBool value.condition)
        "the condition of a mkIf for the option `${showOption loc}` must be true or false"
        (if value.condition then discharged loc value.content else [ ])
    else
      [ value ];
in
{
  mkIf = condition: content: property "if" { inherit condition content; };
  mkMerge = contents: property "merge" { inherit contents; };
  mkOverride = priority: content: property "override" { inherit content priority; };
  mkOrder = priority: content: property "order" { inherit content priority; };

  mkOptionDefault = mkOverride 1500;
  mkDefault = mkOverride 1000;
  mkForce = mkOverride 50;
  mkVMOverride = mkOverride 10;
  mkBefore = mkOrder 500;
  mkAfter = mkOrder 1500;

  # Properties of a set become properties of what is in it, so that a condition may ask for the whole configuration.
  pushDownProperties =
    value:
    let
      inside = wrap: content: if isAttrs content then mapAttrs (_: wrap) content else content;
    in
    if is "merge" value then
      concatMap lib.pushDownProperties value.contents
    else if is "if" value then
      map (inside (lib.mkIf value.condition)) (lib.pushDownProperties value.content)
    else if is "override" value then
      map (inside (mkOverride value.priority)) (lib.pushDownProperties value.content)
    else
      [ value ];

  # What is left of definitions (a list of { file, value }), and the value that a type makes of it.
  mergeDefinitions =
    loc: type: defs:
    let
      decided = concatMap (
        def:
        map (value: {
          inherit (def) file;
          inherit value;
        }) (discharged loc def.value)
      ) defs;
      priorityOf = def: if is "override" def.value then def.value.priority else priority;
      highestPrio = foldl' (least: def: min least (priorityOf def)) 9999 decided;
      # An order may stand inside an override, and not the other way round.
      unwrapped = kind: def: if is kind def.value then def // { value = def.value.content; } else def;
      winners = map (unwrapped "override") (filter (def: priorityOf def == highestPrio) decided);
      positionOf = def: if is "order" def.value then def.value.priority else position;
      values = map (unwrapped "order") (sort (a: b: positionOf a < positionOf b) winners);
      wrong = filter (def: !type.check def.value) values;
    in
    {
      inherit highestPrio values;
      isDefined = values != [ ];
      value =
        if values == [ ] then
          type.emptyValue.value
            or (throw "the option `${showOption loc}` is used and has no value: define it, as in `${showOption loc} = …;`")
        else if wrong != [ ] then
          throw "the option `${showOption loc}` takes: ${type.description}. What is defined is something else:${showDefs wrong}"
        else
          type.merge loc values;
    };
}
