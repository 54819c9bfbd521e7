# `nix run .#serve` and its like: a task in the folder that the command is given in, which must lie in a blog.
{ pkgs, program }:

let
  inherit (pkgs) lib;

  task = name: description: {
    type = "app";
    program = lib.getExe (
      pkgs.writeShellApplication {
        name = "alcatraz-${name}";
        # What is published is a commit.
        runtimeInputs = [ pkgs.git ];
        text = ''exec ${lib.getExe program} ${name} "$@"'';
      }
    );
    meta = { inherit description; };
  };
in
{
  check = task "check" "Look over content, links, HTML and feeds";
  default = {
    type = "app";
    program = lib.getExe program;
    meta.description = "Run a task of Alcatraz";
  };
  new = task "new" "Begin a post";
  publish = task "publish" "Bring the last commit, as it is now, to where readers find it";
  serve = task "serve" "Show the blog while you write";
}
