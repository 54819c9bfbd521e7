# Where the agent for SSH keys listens that Home Manager runs, as systemd's units have it; null where it runs none, and the
# user's manager is told of another's by whoever starts that.
{ config }:

let
  inherit (config) services;
in
if services.ssh-agent.enable or false then
  "%t/${services.ssh-agent.socket or "ssh-agent"}"
# With a folder of its own GnuPG names its sockets by a hash of that folder.
else if
  services.gpg-agent.enable or false
  && services.gpg-agent.enableSshSupport
  && config.programs.gpg.homedir == "${config.home.homeDirectory}/.gnupg"
then
  "%t/gnupg/S.gpg-agent.ssh"
else
  null
