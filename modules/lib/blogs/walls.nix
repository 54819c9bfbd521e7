# What a job's process cannot do: of systemd.exec(5), what a user's manager can see to. It has no rights but its user's, and so gets
# mounts and networks of its own from a user namespace, in which all files but the user's are nobody's. Without PrivateUsers,
# systemd before 254 leaves most of it out, and says nothing. ProtectProc, ProcSubset and IPAddressDeny change nothing there, and
# PrivateIPC fails.
job:

let
  inherit (import ../text.nix) optionals;
  inherit (import ./quoted.nix) word;
in
{
  CapabilityBoundingSet = "";
  InaccessiblePaths = optionals (!job.secrets) [
    "-%h/.gnupg"
    "-%h/.ssh"
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
  RestrictAddressFamilies = if job.network then "AF_UNIX AF_INET AF_INET6" else "AF_UNIX";
  RestrictNamespaces = true;
  RestrictRealtime = true;
  RestrictSUIDSGID = true;
  SystemCallArchitectures = "native";
  SystemCallErrorNumber = "EPERM";
  SystemCallFilter = [
    "@system-service"
    "~@privileged"
  ];
}
