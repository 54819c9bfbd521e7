# installShellFiles: a hook that gives `installManPage` and `installShellCompletion` to the phases.
{ runCommandLocal }:
runCommandLocal "install-shell-files" { } ''
  mkdir -p "$out/nix-support"
  cp ${./install-shell-files.sh} "$out/nix-support/setup-hook"
''
