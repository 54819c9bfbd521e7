# Jobs, as launchd is told of them on macOS: { NAME = agent; }. It runs programs at login or at certain times, and neither tries
# again later nor tells anybody; so what is begun at certain times is a script that does.
{
  # As ./jobs.nix gives them; none is started by a socket, which launchd gives to programs that ask for it in its own way.
  jobs,
  # The user's folder.
  home,
  # Makes a program of a script for bash: a function of its name and its text.
  script,
}:

let
  inherit (import ../text.nix) lines optionals;
  calendar = import ./calendar.nix;

  quoted = text: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] text}'";
  osascript =
    lines:
    builtins.concatStringsSep " " ([ "/usr/bin/osascript" ] ++ map (line: "-e ${quoted line}") lines);

  patient =
    job:
    lines (
      optionals (job.environmentFile != null) [
        # As systemd reads such a file: nothing in it is a command, and what is missing there the program misses.
        "while IFS= read -r line || [ -n \"$line\" ]; do"
        "  case $line in"
        "    [A-Za-z_]*=\\\"*\\\" | [A-Za-z_]*=\\'*\\') line=\"\${line%?}\" && export \"\${line%%=*}=\${line#*=?}\" ;;"
        "    [A-Za-z_]*=*) export \"$line\" ;;"
        "  esac"
        "done < <(/bin/cat ${quoted job.environmentFile})"
      ]
      ++ [
        "pause=60"
        "while :; do"
        "  said=$(${builtins.concatStringsSep " " (map quoted job.command)} 2>&1)"
        "  status=$?"
        "  printf '%s\\n' \"$said\""
        # 75 says that it may pass.
        "  [ $status = 75 ] || break"
        "  /bin/sleep $pause"
        "  [ $pause -ge 3600 ] || pause=$((pause * 2))"
        "done"
        "if [ $status != 0 ]; then"
        "  ${
            osascript [
              "on run told"
              "display notification (item 2 of told) with title (item 1 of told)"
              "end run"
            ]
          } ${quoted job.title} \"\${said##*$'\\n'}\""
        "fi"
        "exit $status"
      ]
    );

  agent = job: {
    enable = true;
    config = {
      WorkingDirectory = job.directory;
      EnvironmentVariables.PATH = builtins.concatStringsSep ":" job.path;
      ProcessType = "Background";
      StandardErrorPath = "${home}/Library/Logs/${job.id}.log";
      StandardOutPath = "${home}/Library/Logs/${job.id}.log";
    }
    // (
      if job.starts ? calendar then
        {
          ProgramArguments = [ (script job.id (patient job)) ];
          StartCalendarInterval = calendar job.starts.calendar;
        }
      else
        {
          ProgramArguments = job.command;
          KeepAlive.SuccessfulExit = false;
          RunAtLoad = true;
        }
    );
  };
in
builtins.listToAttrs (
  map (job: {
    name = job.id;
    value = agent job;
  }) jobs
)
