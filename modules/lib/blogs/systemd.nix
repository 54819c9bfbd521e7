# Jobs, as systemd's manager of a user is told of them, in Home Manager's form: { services, sockets, timers }, each by its name.
{
  # As ./jobs.nix gives them.
  jobs,
  # The script of ./opener.nix, whole.
  opener,
  # The script of ./teller.nix, whole.
  teller,
  # Where the user's agent for SSH keys listens; null where the user's manager knows it by itself.
  agent ? null,
}:

let
  inherit (import ../text.nix) optional optionalAttrs;
  inherit (import ./quoted.nix) argument escape word;
  walls = import ./walls.nix;

  # Outside of the walls, in which it is to be left open.
  opened = "+${opener}";

  isOnDemand = job: job.starts ? port;
  isTimed = job: job.starts ? calendar;
  failed = "alcatraz-failed@";

  each =
    make: chosen:
    builtins.listToAttrs (
      map (job: {
        name = job.id;
        value = make job;
      }) chosen
    );

  service =
    job:
    {
      Unit = {
        Description = escape job.title;
        Documentation = "man:alcatraz(1)";
      }
      // optionalAttrs (isOnDemand job) {
        After = "${job.id}.socket";
        Requires = "${job.id}.socket";
      }
      // optionalAttrs job.told { OnFailure = "${failed}${job.id}.service"; }
      # A switch to another generation ends none half way; the next run is the new one's.
      // optionalAttrs (isTimed job) { X-SwitchMethod = "keep-old"; }
      # As often as it takes: a user's manager knows no network-online.target, and a socket whose service has failed too often
      # listens no more.
      // optionalAttrs job.retried { StartLimitIntervalSec = 0; };

      Service = {
        WorkingDirectory = escape job.directory;
        # Whatever ends before the first of these is begun again, so what opens the walls is one of them where there can be two.
        ExecStart = optional (isTimed job) opened ++ [
          (builtins.concatStringsSep " " (map argument job.command))
        ];
        ExecStartPre = optional (!isTimed job) opened;
        Environment = [
          (word "PATH=${builtins.concatStringsSep ":" job.path}")
        ]
        ++ optional (job.secrets && agent != null) "SSH_AUTH_SOCK=${agent}";
        # What is missing there the program misses, and says so.
        EnvironmentFile = optional (job.environmentFile != null) "-${escape job.environmentFile}";
      }
      // (if isTimed job then timed else { Type = "exec"; })
      // optionalAttrs job.retried (if isTimed job then retriedLater else retriedSoon)
      // walls job;
    }
    // optionalAttrs (job.starts ? login) { Install.WantedBy = [ "default.target" ]; };

  timed = {
    Type = "oneshot";
    TimeoutStartSec = "1h";
    IOSchedulingClass = "idle";
    Nice = 10;
    # A web server may be another user.
    UMask = "0022";
  };

  # With growing pauses since systemd 254; older ones keep to the first.
  retriedSoon = {
    Restart = "on-failure";
    RestartMaxDelaySec = "5min";
    RestartSec = "2s";
    RestartSteps = 6;
  };
  retriedLater = {
    Restart = "on-failure";
    RestartMaxDelaySec = "1h";
    # Else a pause is a failure, and told, for systemd since 254: https://github.com/systemd/systemd/issues/33710
    RestartMode = "direct";
    # By 1 the program says that a person must look at it, and by the other numbers systemd that it could not be started: no folder,
    # no program, no walls. By 75 it says that it may pass. What is begun again is not told, and a build that the kernel ends for
    # its memory would be begun again for ever. systemd.exec(5) has the numbers.
    RestartPreventExitStatus = "1 2 200 203 217 226 SIGABRT SIGKILL SIGSEGV SIGTERM";
    RestartSec = "1min";
    RestartSteps = 6;
  };

  socket = job: {
    Unit.Description = escape job.title;
    Socket = {
      ListenStream = "127.0.0.1:${toString job.starts.port}";
      # Who waits for a service that fails has it started again at once, whatever its pauses, by systemd since 257; so here is
      # one more: https://github.com/systemd/systemd/pull/33891
      PollLimitBurst = 5;
      PollLimitIntervalSec = "10s";
    };
    Install.WantedBy = [ "sockets.target" ];
  };

  timer = job: {
    Unit.Description = escape job.title;
    Timer = {
      OnCalendar = escape job.starts.calendar;
      # What a machine that was off has missed is made up for.
      Persistent = true;
      RandomizedDelaySec = job.starts.spread;
    };
    Install.WantedBy = [ "timers.target" ];
  };
in
{
  services =
    each service jobs
    // optionalAttrs (builtins.any (job: job.told) jobs) {
      ${failed} = {
        Unit.Description = "Tell the desktop that %i has failed";
        Service = {
          Type = "oneshot";
          # Where there is no desktop, there is nobody to be told.
          ExecStart = "-${teller} %i";
          # A oneshot has no limit by itself, and one that hangs would be all that is told from then on.
          TimeoutStartSec = "1min";
        };
      };
    };
  sockets = each socket (builtins.filter isOnDemand jobs);
  timers = each timer (builtins.filter isTimed jobs);
}
