# Nothing: only checks with the real inputs use Home Manager, but the flake's input must lead somewhere offline too.
{
  description = "Stand-in for Home Manager";

  # The project's flake lets it follow its own.
  inputs.nixpkgs.url = "flake:nixpkgs";

  outputs = _inputs: { lib = { }; };
}
