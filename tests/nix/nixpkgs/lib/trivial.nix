# lib.trivial, lib.asserts and what nixpkgs passes on of the builtins that belong to neither lists nor strings.
{ lib }:
let
  inherit (builtins)
    foldl'
    fromTOML
    readFile
    trace
    ;
  inherit (lib) functionArgs id;
in
{
  inherit (builtins)
    bitAnd
    bitOr
    deepSeq
    fromJSON
    fromTOML
    isBool
    isFloat
    isInt
    isPath
    lessThan
    pathExists
    readDir
    readFile
    seq
    toJSON
    trace
    tryEval
    typeOf
    ;

  # A set that is called as a function is one too.
  isFunction = f: builtins.isFunction f || f ? __functor && builtins.isFunction (f.__functor f);
  functionArgs = f: if f ? __functor then functionArgs (f.__functor f) else builtins.functionArgs f;

  id = x: x;
  const = x: _: x;
  flip =
    f: a: b:
    f b a;
  pipe = foldl' (x: f: f x);
  mapNullable = f: x: if x == null then null else f x;
  defaultTo = default: x: if x == null then default else x;

  max = a: b: if a > b then a else b;
  min = a: b: if a < b then a else b;
  mod = a: b: a - b * (a / b);
  boolToString = b: if b then "true" else "false";

  throwIf = condition: message: if condition then throw message else id;
  throwIfNot = condition: message: if condition then id else throw message;
  assertMsg = condition: message: condition || throw message;
  warn = message: trace "evaluation warning: ${message}";
  warnIf = condition: message: if condition then lib.warn message else id;
  warnIfNot = condition: message: if condition then id else lib.warn message;

  importJSON = path: builtins.fromJSON (readFile path);
  importTOML = path: fromTOML (readFile path);

  inPureEvalMode = !builtins ? currentSystem;
  fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
}
