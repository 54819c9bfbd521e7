# The tags of the wheels that the host's CPython takes, the best first, in the order of the `packaging` library's sys_tags.
{
  glibcMinor,
  lib,
  platform,
  pythonMinor,
}:
let
  inherit (lib)
    concatMap
    optional
    optionals
    range
    reverseList
    ;

  cpu = platform.parsed.cpu.name;
  downTo = last: first: reverseList (range last first);

  # PEP 600, and the names that were given before it; aarch64 has no older ones than 2.17.
  olderNames = {
    "17" = "manylinux2014";
    "12" = "manylinux2010";
    "5" = "manylinux1";
  };
  linux =
    concatMap (
      minor:
      [ "manylinux_2_${toString minor}_${cpu}" ]
      ++ optional (olderNames ? ${toString minor}) "${olderNames.${toString minor}}_${cpu}"
    ) (downTo (if platform.isx86_64 then 5 else 17) glibcMinor)
    ++ [ "linux_${cpu}" ];

  # macOS 14, as nixpkgs' SDK; up to macOS 10, only universal2 wheels hold arm64 code.
  darwin =
    concatMap (major: [
      "macosx_${toString major}_0_arm64"
      "macosx_${toString major}_0_universal2"
    ]) (downTo 11 14)
    ++ map (minor: "macosx_10_${toString minor}_universal2") (downTo 4 16);

  platforms = optionals platform.isLinux linux ++ optionals platform.isDarwin darwin;

  cpython = minor: "cp3${toString minor}";
  current = cpython pythonMinor;
  generic = [
    "py3${toString pythonMinor}"
    "py3"
  ]
  ++ map (minor: "py3${toString minor}") (downTo 0 (pythonMinor - 1));
  forPlatforms = interpreterAndAbi: map (name: "${interpreterAndAbi}-${name}") platforms;
in
concatMap forPlatforms (
  [
    "${current}-${current}"
    "${current}-abi3"
    "${current}-none"
  ]
  ++ map (minor: "${cpython minor}-abi3") (downTo 2 (pythonMinor - 1))
  ++ map (interpreter: "${interpreter}-none") generic
)
++ [ "${current}-none-any" ]
++ map (interpreter: "${interpreter}-none-any") generic
