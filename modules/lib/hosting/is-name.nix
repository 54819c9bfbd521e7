# Whether a site can have this name: derivations are named after it, and a server's variables.
name: builtins.match "[a-z][a-z0-9-]*" name != null
