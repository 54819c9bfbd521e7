# What a site asks of a web server, and what the servers that we know are told: pure functions from values to text, with
# builtins alone, so that they can be tested wherever there is a Nix.
{
  # Whether a site can have this name.
  isName = import ./is-name.nix;
  # From what is known of a site to the whole request: { name, domain, root, … } → request.
  request = import ./request.nix;
  # From a request to the configuration of the server: request → { http, host } and request → { host }.
  providers = {
    caddy = import ./caddy.nix;
    nginx = import ./nginx.nix;
  };
}
