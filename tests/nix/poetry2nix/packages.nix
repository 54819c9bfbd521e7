# mkPoetryPackages: the lock's packages as python.pkgs, and those of them that the chosen groups want.
{ pkgs }:
{
  projectDir ? null,
  pyproject ? projectDir + "/pyproject.toml",
  poetrylock ? projectDir + "/poetry.lock",
  pyProject ? pkgs.lib.importTOML pyproject,
  pwd ? projectDir,
  python ? pkgs.python3,
  overrides ? [ ],
  preferWheels ? false,
  groups ? [ "main" ],
  checkGroups ? [ "dev" ],
  extras ? [ "*" ],
}:
let
  inherit (builtins)
    any
    elem
    filter
    isAttrs
    listToAttrs
    replaceStrings
    ;
  inherit (pkgs) lib;
  inherit (pkgs.stdenv) hostPlatform;
  inherit (lib)
    composeManyExtensions
    importTOML
    nameValuePair
    optional
    throwIf
    toList
    unique
    versionOlder
    ;

  poetryLock = importTOML poetrylock;
  project =
    pyProject.tool.poetry or (throw "pyproject.toml: poetry2nix reads [tool.poetry], which is missing");

  normalise = name: replaceStrings [ "_" "." ] [ "-" "-" ] (lib.toLower name);
  holds = import ./markers.nix {
    inherit lib;
    environment = import ./environment.nix {
      inherit python;
      platform = hostPlatform;
    };
    wantsExtra = extra: extras == [ "*" ] || elem extra extras;
  };
  chooseWheel = import ./wheels.nix {
    inherit lib;
    tags = import ./tags.nix {
      inherit lib;
      inherit (python) glibcMinor pythonMinor;
      platform = hostPlatform;
    };
  };

  # Of the groups that a package belongs to, the ones in which its markers hold: one marker for all, or one a group.
  groupsOf =
    package:
    filter (
      group:
      let
        markers = package.markers or "";
      in
      holds (if isAttrs markers then markers.${group} or "" else markers)
    ) package.groups;
  locked =
    throwIf (versionOlder poetryLock.metadata.lock-version "2.1")
      "poetry.lock does not say which group a package belongs to; lock again with Poetry 2"
      poetryLock.package;
  wanted = unique (groups ++ checkGroups);
  isWanted = package: any (group: elem group wanted) (groupsOf package);

  layer =
    final: _prev:
    {
      mkPoetryDep = import ./mk-poetry-dep.nix {
        inherit
          chooseWheel
          holds
          lib
          normalise
          python
          ;
        fetchFromPypi = import ./fetch-from-pypi.nix { inherit pkgs; };
        pythonPackages = final;
      };
      # The project itself is no package, as packages that ask for it find.
      ${project.name} = null;
    }
    // listToAttrs (
      map (
        package:
        nameValuePair (normalise package.name) (
          if groupsOf package == [ ] then
            null
          else
            final.mkPoetryDep (
              package
              // {
                inherit preferWheels pwd;
                source = package.source or null;
              }
            )
        )
      ) locked
    );

  overridden = python.override {
    packageOverrides = composeManyExtensions ([ layer ] ++ toList overrides);
  };
in
{
  inherit poetryLock pyProject;
  python = overridden;
  poetryPackages =
    map (package: overridden.pkgs.${normalise package.name}) (filter isWanted locked)
    ++ optional (project ? scripts) {
      pname = "${project.name}-scripts";
      inherit (project) scripts;
      dependencies = [ ];
    };
}
