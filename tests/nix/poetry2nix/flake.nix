# What the project's flake asks of poetry2nix: environments from the wheels of a poetry.lock.
{
  description = "Stand-in for poetry2nix";

  outputs =
    { self }:
    {
      # As in poetry2nix itself; the project takes it as plain source, `import poetry2nix { inherit pkgs; }`.
      lib.mkPoetry2Nix = { pkgs }: import self { inherit pkgs; };
    };
}
