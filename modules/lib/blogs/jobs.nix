# What is to be run for a blog, and when. A job says nothing of who runs it: systemd and launchd are told the same.
{
  # The blog's name, of letters, digits, `-` and `_`.
  name,
  # Its folder, and the program that is its engine.
  directory,
  program,
  # The folders of the programs that jobs may start.
  git,
  openssh,
  # The options of these names.
  preview,
  publish,
  check,
}:

let
  inherit (import ../text.nix) optional;

  # Half an hour without a reader is a day's end, or a long lunch.
  idle = 1800;

  job =
    kind: title: given:
    {
      inherit directory title;
      id = "alcatraz-${kind}-${name}";
      # What it may start besides itself.
      path = [ git ];
      environmentFile = null;
      # What it writes to, besides `.alcatraz` in the blog's folder, where the engine keeps all that it may lose.
      writes = [ ];
      # Whether it talks to anybody, this machine included. Who is handed a socket needs no network to answer there.
      network = false;
      # Whether it needs what only its owner may read: keys.
      secrets = false;
      # Whether what it ends with may pass, so that it is tried again; and whether somebody is to be told when it does not.
      retried = false;
      told = false;
    }
    // given;

  # A job that is begun at certain times, up to `spread` later: what all begin at once comes at once, to one host.
  timed =
    kind: title: spread: options: given:
    job kind title (
      given
      // {
        told = true;
        starts = {
          inherit (options) calendar;
          inherit spread;
        };
      }
    );

  # A directory is reached by the file system, and whatever else by the network, with the author's keys.
  place = import ./directory.nix publish.target;
  isAway = place == null;
in
optional preview.enable (
  job "preview" "Preview of the blog ${name}, at http://127.0.0.1:${toString preview.port}/" {
    command = [
      program
      "serve"
    ]
    ++ (
      if preview.onDemand then [ "--idle=${toString idle}" ] else [ "--port=${toString preview.port}" ]
    )
    ++ optional (!preview.drafts) "--no-drafts";
    network = !preview.onDemand;
    retried = true;
    starts = if preview.onDemand then { inherit (preview) port; } else { login = true; };
  }
)
++ optional publish.enable (
  timed "publish" "Publish the blog ${name}" "5min" publish {
    inherit (publish) environmentFile;
    command = [
      program
      "publish"
      "--target=${publish.target}"
    ];
    path = [ git ] ++ optional isAway openssh;
    # It is exchanged, so the one above it is written to.
    writes = optional (!isAway) (dirOf place);
    network = isAway;
    secrets = isAway;
    retried = true;
  }
)
++ optional check.enable (
  timed "check" "Check the blog ${name}" "1h" check {
    command = [
      program
      "check"
    ];
  }
)
