# stdenv: nixpkgs' phases over the host's programs, with one output and no compiler.
{
  bash,
  coreutils,
  diffutils,
  findutils,
  gawk,
  gnugrep,
  gnupatch,
  gnused,
  gnutar,
  gzip,
  lib,
  platform,
  system,
}:
let
  inherit (builtins)
    filter
    isFunction
    removeAttrs
    ;
  inherit (lib)
    concatMapStringsSep
    flatten
    optionals
    throwIf
    unique
    ;

  # $stdenv/setup is what `nix develop` sources, as it does of nixpkgs' stdenv.
  environment = "${./stdenv}";

  programs = [
    coreutils
    findutils
    diffutils
    gnused
    gnugrep
    gawk
    gnutar
    gzip
    bash
    gnupatch
  ];

  inputsOf =
    args:
    unique (
      filter (input: input != null) (flatten [
        (args.nativeBuildInputs or [ ])
        (args.buildInputs or [ ])
        (args.propagatedBuildInputs or [ ])
        (optionals (args.doCheck or false) (args.nativeCheckInputs or [ ] ++ args.checkInputs or [ ]))
        (optionals (args.doInstallCheck or false) (
          args.nativeInstallCheckInputs or [ ] ++ args.installCheckInputs or [ ]
        ))
      ])
    );

  # What is no variable of the builder: facts for the evaluation, and the inputs, which inputsOf hands over.
  apart = [
    "buildInputs"
    "checkInputs"
    "depsBuildBuild"
    "env"
    "installCheckInputs"
    "meta"
    "nativeBuildInputs"
    "nativeCheckInputs"
    "nativeInstallCheckInputs"
    "passthru"
    "pos"
    "propagatedBuildInputs"
    "strictDeps"
  ];

  # `make` is a function of the final attributes, as nixpkgs' is.
  package =
    make:
    let
      args = make (args // { finalPackage = result; });
      inputs = inputsOf args;
      name = args.name or "${args.pname}-${args.version}";
      drv = derivation (
        removeAttrs args apart
        // args.env or { }
        // {
          inherit name system;
          builder = args.builder or "${bash}/bin/bash";
          args =
            args.args or [
              "-e"
              "${environment}/builder"
            ];
          # `nix develop` reads it
          outputs = throwIf (
            args.outputs or [ "out" ] != [ "out" ]
          ) "${name}: the stand-in's stdenv makes one output, `out`" [ "out" ];
          stdenv = environment;
          inherit inputs;
          searchPath = concatMapStringsSep ":" (input: "${input}/bin") (inputs ++ programs);
        }
      );
      overrideAttrs =
        change:
        package (
          final:
          let
            prev = make final;
            once = if isFunction change then change prev else change;
          in
          prev // (if isFunction once then change final prev else once)
        );
      result =
        drv
        // removeAttrs args [
          "args"
          "builder"
          "outputs"
        ]
        // args.passthru or { }
        // {
          inherit name overrideAttrs;
          inherit (drv) outputs;
          meta = args.meta or { };
          passthru = args.passthru or { };
        };
    in
    result;
in
{
  inherit system;
  outPath = environment;
  inherit (platform) isDarwin isLinux;
  buildPlatform = platform;
  hostPlatform = platform;
  targetPlatform = platform;
  shell = "${bash}/bin/bash";
  mkDerivation = args: package (if isFunction args then args else _final: args);
}
