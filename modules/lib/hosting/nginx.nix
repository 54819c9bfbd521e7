# nginx's words for a request: what belongs into its `http` block, and what into the `server` block of the site.
request:

let
  inherit (import ../text.nix)
    each
    lines
    optional
    optionals
    ;
  inherit (request) cache;

  # The names of variables are the whole server's.
  own = what: "$alcatraz_${builtins.replaceStrings [ "-" ] [ "_" ] request.name}_${what}";
  header = name: value: "add_header ${name} \"${value}\" always;";
  hidden = "^(/[^/]*)*/\\.(?!well-known/)";
  hasPolicies = request.policies != null;
  notFound = request.errorPages."404" or null;
in
{
  http = lines (
    [
      # An error is kept for no time, and has no validator: it would be the whole site's.
      "map $status$uri ${own "cache"} {"
      "  default \"${cache.forOthers}\";"
      "  \"~^(200|206|304).*${cache.hashed}\" \"${cache.forHashed}\";"
      "}"
      "map $http_if_none_match ${own "known"} {"
      "  default \"\";"
      "  '~\"${cache.validator}\"' 1;"
      "}"
      "map $status ${own "etag"} {"
      "  default \"\";"
      "  ~^(200|206|304)$ 'W/\"${cache.validator}\"';"
      "}"
    ]
    ++ optionals hasPolicies [
      "map $uri ${own "policy"} {"
      "  include ${request.policies}/policies.nginx;"
      "}"
    ]
  );

  host = lines (
    [
      "root ${request.root};"
      "index index.html;"
      "charset utf-8;"
      "charset_types application/javascript application/json application/xml text/css text/javascript text/plain text/xml;"
      "server_tokens off;"
      # A redirect leads to the host that was asked, by whatever port and proxy.
      "absolute_redirect off;"
      # nginx's own validator is made of time and size, of which the time is 1970's for every file in the store.
      "etag off;"
      "if_modified_since off;"
      "add_header Last-Modified \"\";"
      "add_header ETag ${own "etag"};"
      (header "Cache-Control" (own "cache"))
    ]
    ++ optional hasPolicies (header "Content-Security-Policy" (own "policy"))
    ++ each header request.headers
    ++ optional (request.compressed != [ ]) "gzip_vary on;"
    ++ optional (builtins.elem "gzip" request.compressed) "gzip_static on;"
    ++ optional (builtins.elem "br" request.compressed) "brotli_static on;"
    # A folder without index.html is none that can be asked for.
    ++ optional (notFound != null) "error_page 403 =404 ${notFound};"
    ++ each (status: page: "error_page ${status} ${page};") request.errorPages
    ++ each (_: page: "location = \"${page}\" { internal; }") request.errorPages
    ++ [
      "if ($request_method !~ ^(GET|HEAD)$) { return 405; }"
      # Nothing but `if` compares what nginx did not make, and it knows no `and`. Not in a location, where it is not to be trusted
      # with `set`; so what a location refuses is said here too: an error is no match.
      "set ${own "is"} \"\";"
      "if (-f $request_filename) { set ${own "is"} ${own "known"}; }"
      "if ($uri ~ \"${hidden}\") { set ${own "is"} \"\"; }"
    ]
    ++ each (_: page: "if ($uri = \"${page}\") { set ${own "is"} \"\"; }") request.errorPages
    ++ [ "if (${own "is"}) { return 304; }" ]
    ++ each (from: to: "location = \"${from}\" { return 301 \"${to}\"; }") request.redirects
    ++ [
      "location ~ \"${hidden}\" { return 404; }"
    ]
  );
}
