# The host's CPython as a package, and environments of wheels for it: what python3.withPackages makes in nixpkgs.
{
  host,
  lib,
  system,
}:
let
  inherit (builtins)
    filter
    fromJSON
    genericClosure
    isAttrs
    placeholder
    toJSON
    ;
  inherit (lib)
    extends
    fix
    mergeAttrsList
    versions
    ;

  pythonVersion = versions.majorMinor host.python;
  onTheHost = "/usr/bin/python${pythonVersion}";

  # A virtual environment of the wheels, and of scripts that start a function of a module.
  environment =
    {
      name,
      wheels ? [ ],
      scripts ? { },
    }:
    derivation {
      inherit name system;
      builder = onTheHost;
      args = [
        "-I"
        ./install_wheels.py
        (placeholder "out")
        (toJSON scripts)
      ]
      ++ wheels;
      # Whoever changes the host's CPython builds again.
      python = host.python;
      PYTHONHASHSEED = "0";
      SOURCE_DATE_EPOCH = "315532800";
    };

  # The packages, and all that these need.
  closure =
    packages:
    map (entry: entry.package) (genericClosure {
      startSet = map entry packages;
      operator = { package, ... }: map entry package.dependencies;
    });
  entry = package: {
    key = package.pname;
    inherit package;
  };

  describe =
    drv: attrs:
    drv
    // {
      inherit pythonVersion;
      sitePackages = "lib/python${pythonVersion}/site-packages";
      interpreter = "${drv}/bin/python3";
    }
    // attrs;

  makePython =
    overlay:
    fix (
      python:
      describe (environment { name = "python3-${host.python}"; }) {
        pname = "python3";
        version = host.python;
        implementation = "cpython";
        inherit onTheHost system;
        # What tells which wheels it takes.
        pythonMinor = fromJSON (versions.minor host.python);
        glibcMinor = fromJSON (versions.minor host.glibc);
        meta.mainProgram = "python3";
        override = { packageOverrides, ... }: makePython packageOverrides;
        pkgs = fix (
          extends overlay (_pkgs: {
            inherit python;
            # What nixpkgs builds its packages' builders with; nothing is built from source here.
            bootstrap = { };
          })
        );

        # An environment of the packages that `select` takes of python.pkgs; null stands for a package left out.
        withPackages =
          select:
          let
            packages = closure (filter isAttrs (select python.pkgs));
          in
          describe
            (environment {
              name = "python3-${host.python}-env";
              wheels = map (package: package.src) (filter (package: package ? src) packages);
              scripts = mergeAttrsList (map (package: package.scripts or { }) packages);
            })
            {
              inherit python;
              meta.mainProgram = "python3";
              passthru = { inherit packages python; };
            };

        # A package of python.pkgs: built by itself, it is an environment of it and of what it needs.
        fromWheel =
          args@{
            pname,
            version,
            src,
            dependencies,
          }:
          let
            package = args // {
              dependencies = filter isAttrs dependencies;
            };
          in
          environment {
            name = "python3-${pname}-${version}";
            wheels = map (package: package.src) (closure [ package ]);
          }
          // package;
      }
    );
in
makePython (_final: _prev: { })
