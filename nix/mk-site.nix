# The site of a blog, built sealed. `lib.mkSite` of the flake, as docs/nix.md describes it.
{
  pkgs,
  program,
  programOf,
  imagesOf,
}:

let
  inherit (pkgs) lib;

  example = ''

    alcatraz.lib.mkSite {
      inherit pkgs;
      src = ./.;
      now = self.lastModifiedDate;
      revision = self.rev or null;
    }'';
  refuse = what: throw "alcatraz.lib.mkSite: ${what}. As in:${example}";

  moment = import ./moment.nix { inherit refuse; };

  has = src: file: builtins.pathExists (src + "/${file}");
  isSource = src: builtins.isPath src || builtins.isString src || src ? outPath;

  # Of a path only what can matter, so that nothing is made again for the sake of anything else.
  only =
    fileset: src:
    if builtins.isPath src then
      lib.fileset.toSource {
        root = src;
        inherit fileset;
      }
    else
      src;
  without =
    names: src:
    only (lib.fileset.difference src (
      lib.fileset.unions (map (name: lib.fileset.maybeMissing (src + "/${name}")) names)
    )) src;
  onlyLock =
    src:
    only (lib.fileset.unions [
      (src + "/poetry.lock")
      (src + "/pyproject.toml")
      (lib.fileset.maybeMissing (src + "/engine"))
    ]) src;

  # The engine that a blog's own lock names.
  engineOf =
    src:
    if
      lib.any (package: package.name == "alcatraz") (lib.importTOML (src + "/poetry.lock")).package
    then
      programOf (onlyLock src)
    else
      refuse "the poetry.lock of `src` has no alcatraz; add it, as `alcatraz init` does, or say engine = alcatraz.packages.SYSTEM.alcatraz";

  unknown =
    arguments: lib.attrNames (removeAttrs arguments (lib.attrNames (lib.functionArgs mkSite)));

  mkSite =
    {
      # The blog's folder: a path, or a source that was chosen from one.
      src ? refuse "`src` is missing",
      # The moment that the site is for: what is dated later is left out.
      now ? refuse "`now` is missing",
      name ? "blog",
      # The revision that the seal shows; null for a tree with changes, which has none.
      revision ? null,
      # The settings file, relative to `src`.
      settings ? "pelicanconf.py",
      # The folder of what is written, relative to `src`.
      content ? "content",
      # The engine; without it that of the blog's own lock, or, where it has none, of this flake.
      engine ? if has src "poetry.lock" && has src "pyproject.toml" then engineOf src else program,
      ...
    }@arguments:
    assert unknown arguments == [ ] || refuse "there is no argument `${lib.head (unknown arguments)}`";
    assert
      lib.all builtins.isString [
        content
        name
        settings
      ]
      || refuse "`content`, `name` and `settings` must be text";
    assert
      builtins.match "[0-9A-Za-z+_?=-][0-9A-Za-z+._?=-]*" name != null
      || refuse "`name` is \"${name}\", and must be of letters, digits and - + . _ ? =, with no dot in front";
    assert isSource src || refuse "`src` must be a path, or a source that was chosen from one";
    assert has src settings || refuse "`src` has no ${settings}, so it is no blog";
    assert has src content || refuse "`src` has no folder ${content}";
    assert revision == null || builtins.isString revision || refuse "`revision` must be text or null";
    let
      pictures = imagesOf (src + "/${content}");
    in
    pkgs.stdenvNoCC.mkDerivation {
      name = "${name}-site";
      src = without [
        ".alcatraz"
        ".envrc"
        ".github"
        ".gitignore"
        ".venv"
        "README.md"
        "flake.lock"
        "flake.nix"
        "output"
        "result"
        # Invoke's, for this folder: one that `pelican-quickstart` wrote has a `build` of its own.
        "tasks.py"
      ] src;

      env = {
        LC_ALL = "C.UTF-8";
        PYTHONHASHSEED = "0";
        TZ = "UTC";
      };

      dontConfigure = true; # no ./configure of a blog's is meant for us
      buildPhase = ''
        runHook preBuild
        export SOURCE_DATE_EPOCH=$(date --date=${moment now} +%s)
        # Said, since the blog is found by its pelicanconf.py otherwise, and its settings may lie elsewhere.
        export ALCATRAZ_ROOT=$PWD
        ${engine}/bin/alcatraz build --strict --output=site --now=${moment now} \
          --settings=${lib.escapeShellArg settings} --images=${pictures} \
          ${lib.optionalString (revision != null) "--revision=${lib.escapeShellArg revision}"}
        runHook postBuild
      '';

      installPhase = ''
        runHook preInstall
        mv site $out
        runHook postInstall
      '';

      # A site is served as it was built: nothing in it is to be stripped, patched or compressed.
      dontFixup = true;

      passthru = {
        inherit pictures revision;
        program = engine;
        now = moment now;
        at = other: mkSite (arguments // { now = other; });
      };
    };
in
mkSite
