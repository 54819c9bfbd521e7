# What modules declare as one tree of options with values, and the definitions that no declaration matches.
{ lib }:
let
  inherit (builtins)
    all
    any
    attrNames
    catAttrs
    concatMap
    filter
    foldl'
    head
    isAttrs
    length
    mapAttrs
    tail
    toString
    ;
  inherit (lib)
    concatLists
    concatStringsSep
    isOption
    mapAttrsToList
    optional
    removeAttrs
    showDefs
    showOption
    throwIf
    throwIfNot
    types
    zipAttrsWith
    ;
  inherit (lib.modules) mergeDefinitions mkOptionDefault pushDownProperties;

  # Two declarations of one option add to each other, and do not contradict.
  together =
    loc: one: other:
    let
      twice = filter (field: one ? ${field} && other ? ${field}) [
        "apply"
        "default"
        "description"
        "example"
      ];
      type = if one ? type && other ? type then one.type.typeMerge other.type else one.type or other.type;
      disputed = twice ++ optional (one ? type && other ? type && type == null) "type";
    in
    throwIf (disputed != [ ])
      "the option `${showOption loc}` is declared in ${
        concatStringsSep " and in " (map toString (one.declarations ++ other.declarations))
      }, each with its own ${concatStringsSep ", " disputed}"
      (
        other
        // one
        // {
          declarations = one.declarations ++ other.declarations;
        }
        // lib.optionalAttrs (one ? type || other ? type) { inherit type; }
      );

  valued =
    loc: declarations: definitions:
    let
      each = map ({ file, options }: options // { declarations = [ file ]; }) declarations;
      option = {
        type = types.unspecified;
      }
      // foldl' (together loc) (head each) (tail each);
      defs =
        optional (option ? default) {
          file = head option.declarations;
          value = mkOptionDefault option.default;
        }
        ++ definitions;
      merged = mergeDefinitions loc option.type defs;
    in
    option
    // {
      inherit loc;
      value =
        throwIf (option.readOnly or false && length defs > 1)
          "the option `${showOption loc}` is read-only: of its default and definitions there may be one, and there are ${toString (length defs)}:${showDefs definitions}"
          ((option.apply or lib.id) merged.value);
      inherit (merged) highestPrio isDefined;
      definitions = catAttrs "value" merged.values;
      definitionsWithLocations = merged.values;
      files = catAttrs "file" merged.values;
      __toString = _: showOption loc;
    };

  # The parts of { file, value } that have a name, by their names.
  byName = zipAttrsWith (_: parts: parts);
  partsOf = map ({ file, value }: mapAttrs (_: value: { inherit file value; }) value);

  tree =
    loc: declarations: definitions:
    let
      defs = concatMap (
        { file, value }: map (value: { inherit file value; }) (pushDownProperties value)
      ) definitions;
      defined = byName (
        partsOf (
          map (
            def:
            throwIfNot (isAttrs def.value)
              "the option `${showOption loc}` takes a set of options, and is defined as something else:${showDefs [ def ]}"
              def
          ) defs
        )
      );
      declared = byName (
        map ({ file, options }: mapAttrs (_: options: { inherit file options; }) options) declarations
      );

      grown = mapAttrs (
        name: decls:
        let
          here = loc ++ [ name ];
          theirs = defined.${name} or [ ];
        in
        if all (decl: isOption decl.options) decls then
          {
            options = valued here decls theirs;
            unmatched = [ ];
          }
        else
          throwIf (any (decl: isOption decl.options) decls)
            "`${showOption here}` is declared as an option, and as a set of options too, in ${concatStringsSep " and in " (catAttrs "file" decls)}"
            (tree here decls theirs)
      ) declared;
    in
    {
      options = mapAttrs (_: branch: branch.options) grown;
      # Of what is nowhere defined nothing can be unmatched; that is said without a look at the options.
      unmatched =
        if defs == [ ] then
          [ ]
        else
          concatLists (
            mapAttrsToList (name: map (def: def // { prefix = [ name ] ++ def.prefix or [ ]; })) (
              mapAttrs (_: branch: branch.unmatched) grown // removeAttrs defined (attrNames declared)
            )
          );
    };
in
loc: modules:
tree loc
  (map (module: {
    inherit (module) file options;
  }) modules)
  (
    map (module: {
      inherit (module) file;
      value = module.config;
    }) modules
  )
