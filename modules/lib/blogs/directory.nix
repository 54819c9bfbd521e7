# The path of the directory that a target names, alone or after `directory:`; null for targets of other kinds.
target:

let
  # As src/alcatraz/publish/targets.py reads it.
  of = builtins.match "([a-z][a-z0-9+.-]*):(.*)" target;
  path =
    if of == null then
      target
    else if builtins.head of == "directory" then
      builtins.elemAt of 1
    else
      null;
in
if path == null then null else builtins.head (builtins.match "(/|.*[^/]|)/*" path)
