# Sites to be served: what their author says of them, and what a web server is asked for because of it.
{
  config,
  lib,
  pkgs,
  ...
}:

let
  inherit (lib)
    literalExpression
    mapAttrsToList
    mkOption
    types
    ;

  contract = import ./contract.nix { inherit lib; };
  hosting = import ../lib/hosting;
  hosted = import ../../nix/hosted.nix {
    inherit pkgs;
    maker = ../../src/alcatraz/hosting.py;
  };

  # A policy is one line between quotes, of parts between semicolons.
  source = types.strMatching "[^][:space:]\"\\;\${}]+";
  sites = config.services.alcatraz.sites;
  domains = mapAttrsToList (_: site: lib.toLower site.domain) sites;

  site =
    { name, config, ... }:
    let
      base = lib.removeSuffix "/" config.path;
      made = hosted {
        inherit name;
        inherit (config) domain path site;
        allow = config.contentSecurityPolicy;
      };
    in
    {
      options = {
        site = mkOption {
          type = types.package;
          example = literalExpression "my-blog.packages.\${system}.default";
          description = "The site: what `lib.mkSite` of the flake makes, or any other folder in the store with an {file}`index.html`.";
        };
        domain = mkOption {
          type = types.strMatching "[A-Za-z0-9.-]+";
          example = "blog.example";
          description = "The domain that it is served at.";
        };
        path = mkOption {
          type = types.strMatching "/|(/[A-Za-z0-9._~-]+)+";
          default = "/";
          example = "/blog";
          description = "Where it stands at its domain: the path in the blog's `SITEURL`.";
        };
        redirects = mkOption {
          type = types.attrsOf types.str;
          default = { };
          example = {
            "/feed" = "/feed.xml";
          };
          description = ''
            From exactly these paths to paths or addresses, for good: with status 301. Of a post's older addresses its own
            `aliases` take care.
          '';
        };
        headers = mkOption {
          type = types.attrsOf (types.nullOr types.str);
          default = { };
          example = {
            Strict-Transport-Security = "max-age=63072000; includeSubDomains";
            Cross-Origin-Opener-Policy = null;
          };
          description = "Headers of every answer, besides those that docs/serving.md lists; null takes one out.";
        };
        contentSecurityPolicy = mkOption {
          type = types.nullOr (types.attrsOf (types.listOf source));
          default = { };
          example = {
            img-src = [ "https://pictures.example" ];
          };
          description = ''
            [Sources](https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy) that pages may
            use besides what is in the site; null for a site without a policy.
          '';
        };
        hosting = {
          provider = mkOption {
            type = types.str;
            default = "nginx";
            example = "caddy";
            description = "Who serves it: `nginx`, `caddy`, or the name of another module that fulfils `request`.";
          };
          request = mkOption {
            type = types.submodule { options = contract.request; };
            readOnly = true;
            description = "What is asked of the provider.";
          };
          inherit (contract) result;
        };
      };

      config.hosting.request = hosting.request {
        inherit name;
        inherit (config) domain headers redirects;
        root = "${made}/root";
        policies = if config.contentSecurityPolicy == null then null else "${made}";
        # The hash in the site's name in the store.
        validator = lib.substring 0 32 (baseNameOf (builtins.unsafeDiscardStringContext "${config.site}"));
        errorPages."404" = "${base}/404.html";
      };
    };
in
{
  options.services.alcatraz.sites = mkOption {
    type = types.attrsOf (types.submodule site);
    default = { };
    example = literalExpression ''
      {
        blog = {
          site = my-blog.packages.''${system}.default;
          domain = "blog.example";
        };
      }
    '';
    description = "Sites that this machine serves, by their names: small letters, digits and hyphens.";
  };

  config.assertions = [
    {
      assertion = lib.allUnique domains;
      message = "services.alcatraz.sites: two sites have one domain; give each its own, or build one site of both";
    }
  ]
  ++ mapAttrsToList (name: _: {
    assertion = hosting.isName name;
    message = "services.alcatraz.sites.${name}: a site's name is of small letters, digits and hyphens; give it such a name";
  }) sites
  ++ mapAttrsToList (name: site: {
    assertion = site.hosting.result.url != null;
    message = ''
      services.alcatraz.sites.${name}: nobody serves it, since no module that is imported fulfils the requests of `${site.hosting.provider}`. As in:
        services.alcatraz.sites.${name}.hosting.provider = "nginx";
    '';
  }) sites;
}
