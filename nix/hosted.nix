# A site as a web server is to have it: the files below their path, their compressed twins, and the policy of each page. What
# says how is one file of the engine, which wants Python alone; so a site is made ready without the engine.
{ pkgs, maker }:

{
  name,
  site,
  # Where the site stands at its domain: "/", or "/blog".
  path,
  domain,
  # Sources to be allowed besides the site's own, by directive; null for no policy at all.
  allow,
}:

let
  inherit (pkgs) lib;
in
pkgs.runCommand "${name}-hosted" { } ''
  ${pkgs.python3}/bin/python3 ${maker} ${site} $out --path=${lib.escapeShellArg path} \
    --origin=https://${domain} --allow=${lib.escapeShellArg (builtins.toJSON allow)} \
    --brotli=${pkgs.brotli}/bin/brotli
''
