# The program: the engine in this checkout, over the environment of its lock, with completions and a manual page.
{
  pkgs,
  root,
  version,
  environment,
}:

let
  inherit (pkgs) lib;
in
pkgs.stdenvNoCC.mkDerivation {
  pname = "alcatraz";
  inherit version;

  # A checkout in small: from it `alcatraz init` makes the engine's wheel, as from any other.
  src = lib.fileset.toSource {
    inherit root;
    fileset = lib.fileset.unions [
      (root + "/alcatraz")
      (root + "/poetry.lock")
      (root + "/pyproject.toml")
      (root + "/src")
      (root + "/templates/blog")
      (root + "/theme")
    ];
  };

  nativeBuildInputs = [ pkgs.installShellFiles ];

  # A script and no wrapper with PYTHONPATH: that would reach the author's editor, and every other program that is started.
  buildPhase = ''
    runHook preBuild
    {
      echo '#!${environment}/bin/python -P'
      echo 'import sys'
      echo "sys.path.insert(0, '$out/share/alcatraz/src')"
      echo 'from alcatraz.cli import main'
      echo 'main()'
    } > program
    runHook postBuild
  '';

  installPhase = ''
    runHook preInstall
    mkdir -p $out/bin $out/share/alcatraz
    install -m 755 program $out/bin/alcatraz
    rm program
    cp -r . $out/share/alcatraz
    # Belongs to the wheel that `init` makes; the real one would make every site anew with each line in it.
    touch $out/share/alcatraz/CHANGELOG.md
    # By hash, since every file in the store has the same date.
    ${environment}/bin/python -m compileall -q --invalidation-mode unchecked-hash $out/share/alcatraz/src
    for shell in bash fish zsh; do
      $out/bin/alcatraz --print-completion-script=$shell > alcatraz.$shell
    done
    installShellCompletion --cmd alcatraz --bash alcatraz.bash --fish alcatraz.fish --zsh alcatraz.zsh
    PYTHONPATH=$out/share/alcatraz/src ${environment}/bin/python -P -m alcatraz.manual > alcatraz.1
    installManPage alcatraz.1
    runHook postInstall
  '';

  passthru = { inherit environment; };

  meta = {
    description = "A Pelican blog, built sealed: the same bytes on every machine";
    license = lib.licenses.mit;
    mainProgram = "alcatraz";
    platforms = lib.platforms.unix;
  };
}
