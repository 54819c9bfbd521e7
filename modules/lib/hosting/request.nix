# What a site asks of whoever serves it, with what it says of itself filled in, and refused where no server could do it.
{
  # The site's name: of it the names of a server's variables are made.
  name,
  domain,
  # The folder that is served, with the compressed twins of its files, `.gz` and `.br`.
  root,
  # What changes when the site does: files in the store all have the time 1, so neither their time nor what a server makes of
  # time and size says whether a page is the one that a reader has.
  validator,
  # The folder with the Content-Security-Policy of each path, as src/alcatraz/hosting.py writes it; null for none.
  policies ? null,
  # From old paths to new ones, or to other hosts.
  redirects ? { },
  # From a status to the path of its page.
  errorPages ? { },
  # Headers besides these; null takes one of them out.
  headers ? { },
  # The codings whose twins lie beside the files.
  compressed ? [
    "br"
    "gzip"
  ],
}:

let
  refuse = what: throw "services.alcatraz.sites.${name}: ${what}";
  checked =
    holds: what: value:
    if holds then value else refuse what;
  matches = pattern: text: builtins.match pattern text != null;

  # What both servers take literally between quotes. A header's value may have more, but no server's marks for variables.
  quotable = "/[^][:space:]\"\\\\\${}*?#;]*";
  target = "(/|https?://)[A-Za-z0-9._~:/?#@!&'()*+,;=%-]*";
  value = "[^\"\\\\\${}\n\r]*";

  # MDN's HTTP guides say what each is for: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers
  usual = {
    "Cross-Origin-Opener-Policy" = "same-origin";
    "Permissions-Policy" = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    "Referrer-Policy" = "strict-origin-when-cross-origin";
    "Strict-Transport-Security" = "max-age=31536000";
    "X-Content-Type-Options" = "nosniff";
  };
  all = usual // headers;

  eachOf = attributes: check: builtins.mapAttrs (key: check key) attributes;
in
{
  inherit compressed domain policies;

  name =
    checked (import ./is-name.nix name) "a site's name is of small letters, digits and hyphens"
      name;
  root = toString root;

  redirects = eachOf redirects (
    from: to:
    checked (matches quotable from)
      "the redirect from `${from}` must begin with a slash, without query, and without * ? # ; \" \\ $ { } or space"
      (
        checked (matches target to)
          "the redirect from `${from}` must lead to a path or an address, and not to `${to}`"
          to
      )
  );

  errorPages = eachOf errorPages (
    status: page:
    checked (
      matches "[45][0-9][0-9]" status && matches quotable page
    ) "errorPages: `${status}` must be a status, and `${page}` a path" page
  );

  headers =
    eachOf (removeAttrs all (builtins.filter (header: all.${header} == null) (builtins.attrNames all)))
      (
        header: text:
        checked (matches "[A-Za-z0-9-]+" header && matches value text)
          "the header ${header} has a character that servers take for more than itself: \" \\ $ { } or the end of a line"
          text
      );

  cache = {
    inherit validator;
    # A name that has the hash of the bytes in it means those bytes for ever: what the engine names so, and what Pagefind does.
    hashed = "(\\.[0-9a-f]{10}\\.[a-z0-9]+|_[0-9a-f]{7,}\\.pf_[a-z]+)$";
    forHashed = "public, max-age=31536000, immutable";
    # To be kept, and asked about each time.
    forOthers = "no-cache";
  };
}
