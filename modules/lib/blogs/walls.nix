# What a job's process cannot do: of systemd.exec(5), what a user's manager can see to. It has no rights but its user's, and so gets
# mounts and networks of its own from a user namespace, in which all files but the user's are nobody's. Without PrivateUsers,
# systemd before 254 leaves most of it out, and says nothing. ProtectProc, ProcSubset and IPAddressDeny change nothing there, and
# PrivateIPC fails.
job:

let
  inherit (import ../text.nix) optional optionals;
  inherit (import ./quoted.nix) word;

  # Who can write to one of these sockets has a program run outside of the walls: by the user's manager, over D-Bus, by a desktop,
  # in a container that has the home mounted, by a Nix that trusts its user. The agent's lies beside them, so they are named.
  doors = [
    "-%t/bus"
    "-%t/docker.sock"
    "-%t/podman"
    "-%t/systemd"
    "-%t/wayland-0"
    "-%t/wayland-1"
    "-/nix/var/nix/daemon-socket"
    "-/run/dbus"
    "-/run/docker.sock"
  ];

  families =
    # A network of one's own keeps nobody from a socket that is a file. What asyncio and child processes want are pairs of sockets,
    # and those are none of this filter's.
    optional job.secrets "AF_UNIX"
    ++ optionals job.network [
      "AF_INET"
      "AF_INET6"
    ];
in
{
  CapabilityBoundingSet = "";
  InaccessiblePaths =
    if job.secrets then
      doors
    else
      [
        "-%h/.gnupg"
        "-%h/.ssh"
        # Decrypted secrets lie there as well.
        "-%t"
      ];
  LockPersonality = true;
  MemoryDenyWriteExecute = true;
  NoNewPrivileges = true;
  PrivateDevices = true;
  PrivateNetwork = !job.network;
  PrivateTmp = true;
  PrivateUsers = true;
  ProtectClock = true;
  ProtectControlGroups = true;
  # What ProtectSystem leaves as it is.
  ProtectHome = "read-only";
  ProtectHostname = true;
  ProtectKernelLogs = true;
  ProtectKernelModules = true;
  ProtectKernelTunables = true;
  ProtectSystem = "strict";
  # With `-`, what is not there is for the program to speak of. Without the first it could do nothing, and would not know why.
  ReadWritePaths = map word ([ "${job.directory}/.alcatraz" ] ++ map (path: "-${path}") job.writes);
  RestrictAddressFamilies =
    if families == [ ] then "none" else builtins.concatStringsSep " " families;
  RestrictNamespaces = true;
  RestrictRealtime = true;
  RestrictSUIDSGID = true;
  SystemCallArchitectures = "native";
  SystemCallErrorNumber = "EPERM";
  SystemCallFilter = [
    "@system-service"
    "~@privileged"
    # The session's keys are inherited, and by a ring that the kernel reads it opens sockets that no filter has seen.
    "~@keyring io_uring_enter io_uring_register io_uring_setup"
  ];
}
