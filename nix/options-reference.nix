# docs/options.md: every option of the two modules, made of their declarations alone; `hm` is Home Manager's lib.hm.
{ lib, hm }:

let
  inherit (builtins)
    concatMap
    filter
    head
    isList
    replaceStrings
    split
    stringLength
    tryEval
    ;
  inherit (lib)
    collect
    concatMapStrings
    hasInfix
    isOption
    optional
    optionals
    optionalString
    removeAttrs
    showOption
    throwIfNot
    trim
    ;
  inherit (lib.generators) toPretty;

  # Whoever reads about options has built nothing, and on no system in particular.
  none = throw "the reference of options is made without any package, system or flake";

  # What a module defines for other modules' options is no matter here.
  declaredBy =
    lib: module:
    (lib.evalModules {
      modules = [
        (module { self = none; })
        {
          _module = {
            args.pkgs = none;
            check = false;
          };
        }
      ];
    }).options;

  # By name, and each with those that are inside it after it.
  listed =
    options:
    let
      ours = removeAttrs options [
        "_freeformOptions"
        "_module"
      ];
      withParts =
        option:
        let
          visible = option.visible or true;
        in
        optional (visible == true || visible == "shallow") option
        ++ optionals (visible == true || visible == "transparent") (
          listed (option.type.getSubOptions option.loc)
        );
    in
    concatMap withParts (filter (option: !option.internal or false) (collect isOption ours));

  code = text: if hasInfix "`" text then "`` ${text} ``" else "`${text}`";
  # Both stand after the word that says what they are, in a list.
  inline = text: " ${code text}";
  block = text: "\n  ```nix\n  ${replaceStrings [ "\n" ] [ "\n  " ] text}\n  ```";

  # Descriptions may have the marks of nixpkgs' manuals: {file}`name` for code, [](#opt-name) for an option.
  markdown =
    text:
    let
      replaced =
        pattern: by: text:
        concatMapStrings (part: if isList part then by (head part) else part) (split pattern text);
    in
    trim (
      replaced "\\[]\\(#opt-([^)]*)\\)" code (replaced "\\{[a-z]+}(`[^`]*`)" (marked: marked) text)
    );

  value =
    given:
    let
      short = toPretty { multiline = false; } given;
      text = trim given.text;
    in
    if given._type or null == "literalMD" then
      " ${markdown text}"
    else if given._type or null == "literalExpression" then
      (if hasInfix "\n" text then block else inline) text
    else if stringLength short <= 80 then
      inline short
    else
      block (toPretty { } given);

  line = word: given: "- ${word}:${value given}\n";
  entry =
    option:
    let
      name = showOption option.loc;
      # An error of Nix's own would not say which option is meant.
      values = tryEval (
        optionalString (option ? default || option ? defaultText) (
          line "default" (option.defaultText or option.default)
        )
        + optionalString (option ? example) (line "example" option.example)
      );
    in
    throwIfNot (option ? description) "the option ${name} has no description: give it one" throwIfNot
      (option ? example || option.readOnly or false)
      "the option ${name} has no example: give it one"
      throwIfNot
      values.success
      "the default or the example of the option ${name} asks for a package, a system or the flake: give it a `defaultText`, as in lib.literalExpression \"pkgs.hello\""
      ''

        ### ${code name}

        ${markdown option.description}

        - type:${inline option.type.description}
        ${values.value}${optionalString (option.readOnly or false) "- read-only\n"}'';

  entries = options: concatMapStrings entry (listed options);
in
''
  # Options

  `./alcatraz golden` makes this page of what the modules declare.

  ## Home Manager
  ${entries (declaredBy (lib.extend (_: _: { inherit hm; })) (import ../modules/home-manager.nix))}
  ## NixOS
  ${entries (declaredBy lib (import ../modules/nixos.nix))}''
