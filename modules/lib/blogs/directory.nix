# The path of the directory that a target names, alone or after `directory:`; null for targets of other kinds.
target:

let
  named = builtins.match "(directory:)?([^:]*[^:/]|/)/*" target;
in
if named == null then null else builtins.elemAt named 1
