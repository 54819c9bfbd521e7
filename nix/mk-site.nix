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

  # 20261122063000, as flakes have it, in the form of RFC 3339.
  ofFlake = builtins.match "(.{4})(.{2})(.{2})(.{2})(.{2})(.{2})";
  rfc3339 = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})";
  moment =
    now:
    let
      part = builtins.elemAt (ofFlake now);
    in
    if !builtins.isString now then
      refuse "`now` must be a moment, and is a ${builtins.typeOf now}"
    else if builtins.match "[0-9]{14}" now != null then
      "${part 0}-${part 1}-${part 2}T${part 3}:${part 4}:${part 5}Z"
    else if builtins.match rfc3339 now != null then
      now
    else
      refuse "`now` is ${now}, which is neither a flake's lastModifiedDate nor a moment such as 2026-11-22T06:30:00Z";

  has = src: file: builtins.pathExists (src + "/${file}");

  # Of a path only what can matter, so that nothing is made again for the sake of anything else.
  without =
    names: src:
    if !builtins.isPath src then
      src
    else
      lib.fileset.toSource {
        root = src;
        fileset = lib.fileset.difference src (
          lib.fileset.unions (map (name: lib.fileset.maybeMissing (src + "/${name}")) names)
        );
      };
  onlyLock =
    src:
    if !builtins.isPath src then
      src
    else
      lib.fileset.toSource {
        root = src;
        fileset = lib.fileset.unions [
          (src + "/poetry.lock")
          (src + "/pyproject.toml")
          (lib.fileset.maybeMissing (src + "/engine"))
        ];
      };

  unknown = arguments: lib.attrNames (removeAttrs arguments (lib.attrNames (lib.functionArgs mkSite)));

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
      engine ? if has src "poetry.lock" && has src "pyproject.toml" then programOf (onlyLock src) else program,
      ...
    }@arguments:
    assert unknown arguments == [ ] || refuse "there is no argument `${lib.head (unknown arguments)}`";
    assert has src settings || refuse "`src` has no ${settings}, so it is no blog";
    assert
      revision == null || builtins.isString revision || refuse "`revision` must be text or null";
    pkgs.stdenvNoCC.mkDerivation {
      name = "${name}-site";
      src = without [
        ".envrc"
        ".github"
        ".gitignore"
        "README.md"
        "flake.lock"
        "flake.nix"
      ] src;

      env = {
        LC_ALL = "C.UTF-8";
        PYTHONHASHSEED = "0";
        TZ = "UTC";
      };

      buildPhase = ''
        runHook preBuild
        export SOURCE_DATE_EPOCH=$(date --date=${moment now} +%s)
        ${engine}/bin/alcatraz build --strict --output=site --now=${moment now} \
          --settings=${lib.escapeShellArg settings} --images=${imagesOf (src + "/${content}")} \
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
        inherit revision;
        program = engine;
        now = moment now;
        at = other: mkSite (arguments // { now = other; });
      };
    };
in
mkSite
