# A file of the package index, fetched as a derivation whose output is known: the lock's hash is what is trusted.
{ pkgs }:
{
  pname,
  file,
  hash,
}:
derivation {
  name = file;
  inherit (pkgs) system;
  builder = pkgs.python3.onTheHost;
  args = [
    "-I"
    ./fetch_from_pypi.py
    pname
    file
    (placeholder "out")
  ];
  outputHashMode = "flat";
  outputHashAlgo = "sha256";
  outputHash = hash;
  impureEnvVars = [
    "PYPI_INDEX"
    "PIP_INDEX_URL"
    "http_proxy"
    "https_proxy"
    "all_proxy"
    "no_proxy"
  ];
  preferLocalBuild = true;
}
