# Packages whose bin/ leads to the host's programs of that name, which the sandbox sees through Nix's `sandbox-paths`.
{
  host,
  lib,
  system,
}:
let
  inherit (builtins)
    elem
    filter
    head
    isString
    mapAttrs
    split
    ;
  inherit (lib) concatMapStringsSep escapeShellArg trim;

  words = text: filter isString (split "[[:space:]]+" (trim text));
  programsOf = {
    bash = words "bash sh";
    brotli = words "brotli";
    chromium = words "chromium";
    coreutils = words ''
      arch b2sum base32 base64 basename basenc cat chgrp chmod chown chroot cksum comm cp csplit cut
      date dd df dir dircolors dirname du echo env expand expr factor false fmt fold groups head
      hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup
      nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir seq
      sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty
      sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink
      users vdir wc who whoami yes [
    '';
    curl = words "curl";
    diffutils = words "diff cmp diff3 sdiff";
    findutils = words "find xargs";
    gawk = words "awk";
    git = words "git";
    gnugrep = words "grep egrep fgrep";
    gnupatch = words "patch";
    gnused = words "sed";
    gnutar = words "tar";
    gzip = words "gzip gunzip zcat";
    jq = words "jq";
    libnotify = words "notify-send";
    nix = words ''
      nix nix-build nix-channel nix-collect-garbage nix-copy-closure nix-daemon nix-env nix-hash
      nix-instantiate nix-prefetch-url nix-shell nix-store
    '';
    openssh = words "ssh scp sftp ssh-add ssh-agent ssh-keygen ssh-keyscan";
    poetry = words "poetry";
    rsync = words "rsync";
    systemd = words "systemctl journalctl systemd-notify systemd-run systemd-socket-activate systemd-tmpfiles";
    which = words "which";
  };

  # A shell may list what the host lacks; who then calls it is told.
  missing = program: ''
    #!/bin/bash
    echo "the stand-in for nixpkgs takes ${program} from this machine, and /usr/bin/${program} is missing: install it" >&2
    exit 127
  '';
  provide =
    program:
    if elem program host.programs then
      ''ln -s "/usr/bin/${program}" "$out/bin/${program}"''
    else
      ''
        printf %s ${escapeShellArg (missing program)} > "$out/bin/${program}"
        chmod +x "$out/bin/${program}"
      '';

  # Made without stdenv, which is made of these. Without the last line, bash would hand over to the last program, and Nix 2.8
  # kills a builder whose output is closed before it ends ("failed due to signal 9").
  package =
    pname: programs:
    derivation {
      name = "${pname}-of-the-host";
      inherit system;
      builder = "/bin/bash";
      args = [
        "-euc"
        ''
          PATH=/usr/bin
          mkdir -p "$out/bin"
          ${concatMapStringsSep "\n" provide programs}
          exit 0
        ''
      ];
      preferLocalBuild = true;
      allowSubstitutes = false;
    }
    // {
      inherit pname;
      version = "host";
      meta.mainProgram = head programs;
    };

  packages = mapAttrs package programsOf;
in
packages
// {
  bashInteractive = packages.bash;
  gitMinimal = packages.git;
}
