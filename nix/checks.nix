# The flake's checks. Each that looks at the blog or the code runs the task of its name, sealed: no check exists twice.
{
  development,
  mkSite,
  pkgs,
  program,
  root,
}:

{
  self,
  home-manager,
  nixpkgs,
  blog,
}:

let
  inherit (pkgs) lib;

  site = mkSite blog;

  # A task of the program in a copy of the blog, at the moment that the site is for.
  looksOver =
    task:
    pkgs.runCommand "alcatraz-${task}" { } ''
      cp -r --no-preserve=mode ${blog.src} blog
      cd blog
      ${lib.getExe program} ${task} --now=${site.now}
      touch $out
    '';

  # A task of the launcher in a copy of the whole checkout, with the environment of the development shell.
  develops =
    task: options:
    pkgs.runCommand "alcatraz-${task}"
      {
        ALCATRAZ_PYTHON = "${development}/bin/python";
        nativeBuildInputs = [
          development
          pkgs.git
        ]
        ++ lib.optional (pkgs ? nixfmt) pkgs.nixfmt;
      }
      ''
        export HOME=$TMPDIR
        cp -r ${self} checkout
        chmod -R u+w checkout
        cd checkout
        python alcatraz ${task} ${options}
        touch $out
      '';
in
{
  site-builds = site;

  # Another folder, time zone, locale and hash seed; the same bytes.
  site-is-reproducible = pkgs.runCommand "alcatraz-site-is-reproducible" { } ''
    mkdir -p elsewhere/déjà\ vu
    cp -r --no-preserve=mode ${blog.src} "elsewhere/déjà vu/blog"
    cd "elsewhere/déjà vu/blog"
    umask 077
    LC_ALL=C TZ=Pacific/Kiritimati PYTHONHASHSEED=4711 SOURCE_DATE_EPOCH=1 \
      ${lib.getExe program} build --strict --output=../other --now=${site.now} \
      ${lib.optionalString (blog.revision != null) "--revision=${blog.revision}"}
    diff --recursive ${site} ../other
    touch $out
  '';

  links = looksOver "check.links";
  html = looksOver "check.html";
  feeds = looksOver "check.feeds";

  # But for edits that are made up: they take long, and nothing of Nix is in them.
  tests = develops "test" "--only='not test_edits'";
  lint = develops "lint" "";
  formatting = develops "formatting" "";

  # The stand-in, of which the page is made, declares options as nixpkgs does.
  options-reference =
    pkgs.runCommand "alcatraz-options-reference"
      {
        reference = import ./options-reference.nix {
          inherit lib;
          inherit (home-manager.lib) hm;
        };
        passAsFile = [ "reference" ];
      }
      ''
        diff --unified ${root + "/docs/options.md"} "$referencePath" || {
          echo "docs/options.md is not what the modules declare; ./alcatraz golden writes it anew" >&2
          exit 1
        }
        touch $out
      '';

  # The template's own outputs, with this flake as their input, give a site that builds.
  template =
    let
      flake = import (root + "/templates/blog/flake.nix");
      outputs = flake.outputs {
        self = {
          inherit (self) lastModifiedDate;
        };
        alcatraz = self;
      };
    in
    outputs.packages.${pkgs.stdenv.hostPlatform.system}.default;
}
// import ./checks-of-modules.nix {
  inherit
    home-manager
    nixpkgs
    pkgs
    self
    site
    ;
}
