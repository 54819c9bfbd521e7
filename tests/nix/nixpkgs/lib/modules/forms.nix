# All modules of an evaluation, each in the one form { file, key, imports, options, config }, the last given first.
{ lib }:
let
  inherit (builtins)
    attrNames
    catAttrs
    genericClosure
    isAttrs
    mapAttrs
    toString
    typeOf
    ;
  inherit (lib)
    concatStringsSep
    elem
    functionArgs
    imap1
    isFunction
    mkMerge
    removeAttrs
    reverseList
    throwIf
    throwIfNot
    ;

  fields = [
    "_class"
    "_file"
    "config"
    "freeformType"
    "imports"
    "key"
    "options"
  ];

  unified =
    class: file: key: module:
    let
      long = module ? config || module ? options;
      beside = removeAttrs module fields;
      config = if long then module.config or { } else beside;
      theirs = module._class or null;
    in
    throwIfNot (isAttrs module) "${file} is no module, but of the type ${typeOf module}" throwIf
      (long && beside != { })
      "the module ${file} has `config` or `options`, and beside them ${concatStringsSep ", " (attrNames beside)}: what it defines belongs into `config`"
      throwIf
      (class != null && theirs != null && class != theirs)
      "the module ${file} is made for ${toString theirs}, and is imported by ${toString class}"
      {
        file = toString (module._file or file);
        key = toString (module.key or key);
        imports = module.imports or [ ];
        options = module.options or { };
        config =
          if module ? freeformType then
            mkMerge [
              config
              { _module = { inherit (module) freeformType; }; }
            ]
          else
            config;
      };

  # An argument is looked up when it is used, and no sooner: a module may itself define _module.args.
  called =
    args: f:
    let
      missing =
        name:
        throw "a module asks for `${name}`, which nobody gives it: define `_module.args.${name}`, or give it in `specialArgs`";
      argument = name: _: args.${name} or args.config._module.args.${name} or (missing name);
    in
    f (args // mapAttrs argument (functionArgs f));
  opened = args: module: if isFunction module then called args module else module;

  loaded =
    class: args: file: key: module:
    if isAttrs module && module ? _type then
      throwIfNot
        (elem module._type [
          "if"
          "override"
        ])
        "${file} imports what is no module, but made by lib: ${module._type}"
        (unified class file key { config = module; })
    else if isAttrs module || isFunction module then
      unified class file key (opened args module)
    else
      unified class (toString module) (toString module) (opened args (import module));
in
class: args: modules:
let
  numbered =
    file: key:
    imap1 (
      number: given:
      let
        module = loaded class args file "${key}:${toString number}" given;
      in
      {
        inherit (module) key;
        inherit module;
      }
    );
in
reverseList (
  catAttrs "module" (genericClosure {
    startSet = numbered "<unknown-file>" "" modules;
    operator = { module, ... }: numbered module.file module.key module.imports;
  })
)
