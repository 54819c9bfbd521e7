# An OCI image of a site behind a small static server: nix build .#container && docker load < result
{ pkgs }:

let
  inherit (pkgs) lib;
in
# What the image needs is Linux's; where there is no way to make one, there is none.
if !(pkgs ? dockerTools && pkgs.stdenv.hostPlatform.isLinux) then
  null
else
  site:
  pkgs.dockerTools.buildLayeredImage {
    name = lib.removeSuffix "-site" site.name;
    tag = if site.revision == null then "latest" else lib.substring 0 12 site.revision;
    # The site's own moment: an image with the clock's would be another one each time.
    created = site.now;
    config = {
      Cmd = [
        (lib.getExe pkgs.static-web-server)
        "--port=8080"
        "--root=${site}"
        "--page404=${site}/404.html"
        # By its list a reader would keep a page for a day, and a script or a PDF for a year, also where the name has no hash.
        # Without it each is asked for anew: the server sends no dates of files, since in the store all have the same one.
        "--cache-control-headers=false"
        "--ignore-hidden-files=false"
        "--log-level=warn"
      ];
      ExposedPorts."8080/tcp" = { };
      User = "65534:65534";
    };
  }
