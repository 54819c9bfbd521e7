# lib.modules: modules are collected, what they declare is put together, and what they define becomes its value.
{ lib }:
let
  inherit (builtins) attrNames head mapAttrs;
  inherit (lib)
    evalModules
    isOption
    mkOption
    optionalString
    recursiveUpdate
    removeAttrs
    setAttrByPath
    showDefs
    showOption
    throwIf
    types
    ;

  collected = import ./forms.nix { inherit lib; };
  merged = import ./trees.nix { inherit lib; };
  properties = import ./properties.nix { inherit lib; };

  # What every evaluation has, and no reference shows.
  own =
    { specialArgs, extendModules }:
    {
      _file = "lib/modules";
      options._module = mapAttrs (_: option: mkOption (option // { internal = true; })) {
        args = {
          type = types.lazyAttrsOf types.raw;
          description = "What modules get by name, besides `config`, `lib` and `options`.";
        };
        check = {
          type = types.bool;
          default = true;
          description = "Whether definitions without a declaration are errors.";
        };
        freeformType = {
          type = types.nullOr types.optionType;
          default = null;
          description = "The type of what is defined and not declared; null allows nothing of that kind.";
        };
        specialArgs = {
          type = types.raw;
          readOnly = true;
          description = "What was given to evalModules.";
        };
      };
      config._module = {
        args = { inherit extendModules; };
        inherit specialArgs;
      };
    };

  valuesOf = mapAttrs (_: option: if isOption option then option.value else valuesOf option);

  refusal =
    prefix: options: unmatched:
    let
      first = head unmatched;
      parent = lib.attrByPath (lib.init first.prefix) { } options;
      names = attrNames (removeAttrs parent [ "_module" ]);
    in
    "the option `${
      showOption (prefix ++ first.prefix)
    }` does not exist. It is defined:${showDefs [ first ]}${
      optionalString (names != [ ])
        "\nDeclared are: ${lib.concatMapStringsSep ", " (name: showOption [ name ]) names}"
    }";
in
properties
// {
  evalModules =
    arguments@{
      modules,
      prefix ? [ ],
      specialArgs ? { },
      class ? null,
    }:
    let
      extendModules =
        more:
        evalModules (
          arguments
          // removeAttrs more [ "modules" ]
          // {
            modules = modules ++ more.modules or [ ];
            specialArgs = specialArgs // more.specialArgs or { };
          }
        );
      tree = merged prefix (
        collected class (
          {
            inherit
              config
              lib
              options
              specialArgs
              ;
          }
          // specialArgs
        ) (modules ++ [ (own { inherit extendModules specialArgs; }) ])
      );
      inherit (tree) options unmatched;

      values = valuesOf options;
      inherit (values._module) check freeformType;
      config =
        if freeformType == null || unmatched == [ ] then
          values
        else
          recursiveUpdate (freeformType.merge prefix (
            map (def: {
              inherit (def) file;
              value = setAttrByPath def.prefix def.value;
            }) unmatched
          )) values;
      checked = throwIf (check && freeformType == null && unmatched != [ ]) (
        refusal prefix options unmatched
      );
    in
    {
      _type = "configuration";
      inherit class extendModules;
      options = checked options;
      config = checked (removeAttrs config [ "_module" ]);
      _module = checked config._module;
    };

  # For modules that are written elsewhere than in a file of their own, so that errors name a place.
  setDefaultModuleLocation = file: module: {
    _file = file;
    imports = [ module ];
  };
}
