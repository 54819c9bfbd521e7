# lib.types.submodule: a set that is an evaluation of modules of its own.
{ lib }:
let
  inherit (builtins) isAttrs;
  inherit (lib)
    evalModules
    isFunction
    last
    mkForce
    mkOptionDefault
    optionalAttrs
    toList
    types
    ;
  inherit (types) mkOptionType phrase;
in
{
  submodule =
    modules:
    types.submoduleWith {
      modules = toList modules;
      shorthandOnlyDefinesConfig = true;
    };

  submoduleWith =
    arguments@{
      modules,
      specialArgs ? { },
      shorthandOnlyDefinesConfig ? false,
      description ? null,
      class ? null,
    }:
    let
      # Of what it is a part of, a submodule knows its name alone.
      base = evalModules {
        inherit class specialArgs;
        modules = [ { _module.args.name = mkOptionDefault "‹name›"; } ] ++ modules;
      };
      unchecked =
        prefix:
        base.extendModules {
          inherit prefix;
          modules = [ { _module.check = mkForce false; } ];
        };
      inherit ((unchecked [ ])._module) freeformType;

      asModule =
        { file, value }:
        if isAttrs value && shorthandOnlyDefinesConfig then
          {
            _file = file;
            config = value;
          }
        else
          {
            _file = file;
            imports = [ value ];
          };
    in
    mkOptionType {
      name = "submodule";
      description =
        if description != null then
          description
        else if freeformType == null then
          "submodule"
        else
          "open submodule of ${
            phrase [
              "noun"
              "composite"
            ] freeformType
          }";
      check = x: isAttrs x || isFunction x || types.path.check x;
      merge =
        loc: defs:
        (base.extendModules {
          prefix = loc;
          modules = [ { _module.args.name = last loc; } ] ++ map asModule defs;
        }).config;
      emptyValue.value = base.config;
      getSubOptions =
        prefix:
        (unchecked prefix).options
        // optionalAttrs (freeformType != null) { _freeformOptions = freeformType.getSubOptions prefix; };
      getSubModules = modules;
      # Several modules may declare parts of one submodule.
      payload = arguments;
      typeMerge =
        other:
        if other.name == "submodule" then
          types.submoduleWith (other.payload // arguments // { modules = modules ++ other.payload.modules; })
        else
          null;
    };
}
