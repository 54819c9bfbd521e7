# Caddy's words for a request: the inside of the site's block.
request:

let
  inherit (import ../text.nix)
    each
    lines
    optional
    optionals
    ;
  inherit (request) cache;

  hasPolicies = request.policies != null;
  indented = map (line: "\t${line}");

  # What a header says is set when all else is known: Caddy's file server makes validators of its own, of time and size, of
  # which the time is 1970's for every file in the store.
  headers =
    control:
    [
      "header {"
      "\tCache-Control ${control}"
    ]
    ++ optional hasPolicies "\tContent-Security-Policy {alcatraz_policy}"
    ++ each (name: value: "\t${name} \"${value}\"") request.headers
    ++ [
      "\t-ETag"
      "\t-Last-Modified"
      "\tdefer"
      "}"
    ];

  files = [
    "file_server {"
  ]
  ++ optional (
    request.compressed != [ ]
  ) "\tprecompressed ${builtins.concatStringsSep " " request.compressed}"
  ++ [ "}" ];

  errorPage =
    status: page:
    [
      "@error${status} expression {err.status_code} == ${status}"
      "handle @error${status} {"
      "\trewrite * ${page}"
      # An error is not asked about again: its page would be compared as if it were the one that was asked for.
      "\trequest_header -If-None-Match"
      "\trequest_header -If-Modified-Since"
      "\trequest_header -Range"
    ]
    ++ indented files
    ++ [ "}" ];
in
{
  host = lines (
    [
      "root * ${request.root}"
      "map {path} {alcatraz_cache} {"
      "\t\"~${cache.hashed}\" \"${cache.forHashed}\""
      "\tdefault \"${cache.forOthers}\""
      "}"
    ]
    ++ optionals hasPolicies [
      "map {path} {alcatraz_policy} {"
      "\timport ${request.policies}/policies.caddy"
      "}"
    ]
    ++ [
      # A map, since Caddy's matcher for paths takes capitals and small letters for the same.
      "map {path} {alcatraz_moved} {"
    ]
    ++ each (from: to: "\t\"${from}\" \"${to}\"") request.redirects
    ++ [
      "\tdefault \"\""
      "}"
      "@moved expression {alcatraz_moved} != \"\""
      "redir @moved {alcatraz_moved} 301"
      "@method not method GET HEAD"
      "error @method 405"
      "@hidden {"
      "\tpath_regexp /\\."
      "\tnot path_regexp ^(/[^.][^/]*)*/\\.well-known(/[^.][^/]*)*/?$"
      "}"
      "error @hidden 404"
      "@pages path ${builtins.concatStringsSep " " (builtins.attrValues request.errorPages)}"
      "error @pages 404"
      "@there {"
      "\tmethod GET HEAD"
      "\tfile {path} {path}index.html"
      "}"
    ]
    ++ [
      # Of two that are set last, the first is the last.
      "header @there {"
      "\tETag `W/\"${cache.validator}\"`"
      "\tdefer"
      "}"
    ]
    ++ headers "{alcatraz_cache}"
    ++ [
      "@known {"
      "\tmethod GET HEAD"
      "\tfile {path} {path}index.html"
      "\theader If-None-Match `*\"${cache.validator}\"*`"
      "}"
      "respond @known 304"
      "request_header -If-Modified-Since"
    ]
    ++ files
    ++ [ "handle_errors {" ]
    ++ indented (headers "\"${cache.forOthers}\"")
    ++ indented (builtins.concatLists (each errorPage request.errorPages))
    ++ [ "}" ]
  );
}
