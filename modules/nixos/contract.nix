# What a site and whoever serves it say to one another: a request, which the site fills in, and a result, which the provider
# does; neither knows the other. In the shape of RFC 189, without a library: https://github.com/NixOS/rfcs/pull/189
{ lib }:

let
  inherit (lib) mkOption types;

  text =
    example: description:
    mkOption {
      type = types.str;
      inherit description example;
    };
  texts =
    example: description:
    mkOption {
      type = types.attrsOf types.str;
      default = { };
      inherit description example;
    };
in
{
  request = {
    name = text "blog" "The site's name: small letters, digits and hyphens.";
    domain = text "blog.example" "The domain that it is asked for by.";
    root = text "/nix/store/…-blog-hosted/root" ''
      The folder to be served. A path that ends in a slash means `index.html` in that folder; a folder is never listed, and
      nothing is shown that has a dot before its name, but `.well-known`.
    '';
    policies = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "/nix/store/…-blog-hosted";
      description = ''
        A folder in which `policies.json` says the Content-Security-Policy of each path, and that of all others as `default`.
        `policies.nginx` and `policies.caddy` beside it say the same as the inside of a `map`.
      '';
    };
    redirects = texts { "/feed" = "/feed.xml"; } "From paths to paths or addresses, with status 301.";
    errorPages = texts {
      "404" = "/404.html";
    } "From a status to the path of the page that is shown with it.";
    headers = texts {
      X-Content-Type-Options = "nosniff";
    } "Headers of every answer, errors and redirects included.";
    compressed = mkOption {
      type = types.listOf (
        types.enum [
          "br"
          "gzip"
        ]
      );
      default = [ ];
      example = [ "gzip" ];
      description = "Codings whose twins, `.br` and `.gz`, lie beside the files of `root`.";
    };
    cache = {
      validator = text "7d3k2nq9v1x0mz8b5c4a6fghijlprswy" ''
        What all of the site has for a weak ETag: it changes when the site does. Whoever sends it in `If-None-Match` is
        answered 304, and no answer has `Last-Modified`, since files in the store have the time 1.
      '';
      hashed = text "\\.[0-9a-f]{10}\\.[a-z0-9]+$" "A regular expression of paths that have the hash of their content in them.";
      forHashed = text "public, max-age=31536000, immutable" "The `Cache-Control` of what `hashed` matches.";
      forOthers = text "no-cache" "The `Cache-Control` of everything else.";
    };
  };

  result.url = mkOption {
    type = types.nullOr types.str;
    default = null;
    example = "https://blog.example/";
    description = "Where the site is served; the provider says so, and null means that there is none.";
  };
}
