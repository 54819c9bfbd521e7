# What a site and whoever serves it say to one another: a request, which the site fills in, and a result, which the provider
# does; neither knows the other. In the shape of RFC 189, without a library: https://github.com/NixOS/rfcs/pull/189
{ lib }:

let
  inherit (lib) mkOption types;

  text =
    description:
    mkOption {
      type = types.str;
      inherit description;
    };
  texts =
    description:
    mkOption {
      type = types.attrsOf types.str;
      default = { };
      inherit description;
    };
in
{
  request = {
    name = text "The site's name: small letters, digits and hyphens.";
    domain = text "The domain that it is asked for by.";
    root = text ''
      The folder to be served. A path that ends in a slash means `index.html` in that folder; a folder is never listed, and
      nothing is shown that has a dot before its name, but `.well-known`.
    '';
    policies = mkOption {
      type = types.nullOr types.str;
      default = null;
      description = ''
        A folder in which `policies.json` says the Content-Security-Policy of each path, and that of all others as `default`.
        `policies.nginx` and `policies.caddy` beside it say the same as the inside of a `map`.
      '';
    };
    redirects = texts "From paths to paths or addresses, with status 301.";
    errorPages = texts "From a status to the path of the page that is shown with it.";
    headers = texts "Headers of every answer, errors and redirects included.";
    compressed = mkOption {
      type = types.listOf (
        types.enum [
          "br"
          "gzip"
        ]
      );
      default = [ ];
      description = "Codings whose twins, `.br` and `.gz`, lie beside the files of `root`.";
    };
    cache = {
      validator = text ''
        What all of the site has for a weak ETag: it changes when the site does. Whoever sends it in `If-None-Match` is
        answered 304, and no answer has `Last-Modified`, since files in the store have the time 1.
      '';
      hashed = text "A regular expression of paths that have the hash of their content in them.";
      forHashed = text "The `Cache-Control` of what `hashed` matches.";
      forOthers = text "The `Cache-Control` of everything else.";
    };
  };

  result.url = mkOption {
    type = types.nullOr types.str;
    default = null;
    example = "https://blog.example/";
    description = "Where the site is served; the provider says so, and null means that there is none.";
  };
}
