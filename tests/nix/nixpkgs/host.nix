# What evaluation must know of the host: pure evaluation cannot read /usr, so tests/nix/nix.py writes host.json into its copy
# of this folder.
let
  facts = ./host.json;
in
if builtins.pathExists facts then
  builtins.fromJSON (builtins.readFile facts)
else
  throw "the stand-in for nixpkgs does not know this machine: take the copy that `prepare` of tests/nix/nix.py makes"
