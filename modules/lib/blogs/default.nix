# What the blogs on a workstation want of it: pure functions from plain values, with builtins alone, so that they can be tested
# wherever there is a Nix.
{
  # From the options of a blog to what is to be run for it, and when: { name, directory, program, … } → [ job ].
  jobs = import ./jobs.nix;
  # From jobs to what a user's systemd is told, in Home Manager's form: { jobs, teller } → { services, sockets, timers }.
  systemd = import ./systemd.nix;
  # From jobs to what a user's launchd is told, and the scripts that it runs: { jobs, home } → { agents, scripts }.
  launchd = import ./launchd.nix;
  # From blogs to what is wrong with them, in sentences: { blogs, isDarwin } → [ { assertion, message } ].
  assertions = import ./assertions.nix;
  # The script that makes the folder in which a job may write.
  opener = import ./opener.nix;
  # The script that tells the desktop of a unit that has failed.
  teller = import ./teller.nix;
}
