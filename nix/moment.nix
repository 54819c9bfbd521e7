# A moment as people and flakes write it, in the form of RFC 3339. `refuse` is told what is wrong with any other.
{ refuse }:

now:

let
  part = builtins.elemAt (builtins.match "(.{4})(.{2})(.{2})(.{2})(.{2})(.{2})" now);
  rfc3339 = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})";
in
if !builtins.isString now then
  refuse "`now` must be a moment, and is a ${builtins.typeOf now}"
# What Nix says of a folder that git has no commit of. No post is older than that, and the site would be an empty one.
else if now == "19700101000000" then
  refuse "`now` is 1970, as for a folder that git has no commit of yet: `git commit`, and build again"
# A flake's lastModifiedDate: 20261122063000, in UTC.
else if builtins.match "[0-9]{14}" now != null then
  "${part 0}-${part 1}-${part 2}T${part 3}:${part 4}:${part 5}Z"
else if builtins.match rfc3339 now != null then
  now
else
  refuse "`now` is ${now}, which is neither a flake's lastModifiedDate nor a moment such as 2026-11-22T06:30:00Z"
