# What is made of the pictures of a blog: a derivation for each picture, so that a change of the text makes none of them again,
# and Nix may make them side by side, on other machines too.
{
  pkgs,
  python,
  encoder,
}:

# The folder of a blog's content. What comes of a picture lies in a folder that has the hash of the picture's bytes for its name.
content:

let
  inherit (pkgs) lib;

  isPicture = name: builtins.match ".*\\.(avif|gif|jpe?g|png|webp)" (lib.toLower name) != null;

  picturesIn =
    folder:
    lib.concatLists (
      lib.mapAttrsToList (
        name: type:
        if type == "directory" then
          picturesIn (folder + "/${name}")
        else
          lib.optional (type == "regular" && isPicture name) (folder + "/${name}")
      ) (builtins.readDir folder)
    );

  made =
    picture:
    let
      # A lawful one, and the picture's own, so that Nix says which it is that cannot be made.
      name = lib.strings.sanitizeDerivationName (baseNameOf picture);
      # By itself: the derivation depends on the picture's bytes, and not on the folder it lies in.
      source = builtins.path {
        inherit name;
        path = picture;
      };
    in
    {
      name = builtins.hashFile "sha256" picture;
      # -P: the encoder lies in the store itself, and Python would look through all of that for each module.
      path = pkgs.runCommand name { } ''
        ${python}/bin/python -P ${encoder} ${source} $out
      '';
    };
in
pkgs.linkFarm "pictures" (
  # Two posts may hold one picture.
  lib.mapAttrsToList (name: path: { inherit name path; }) (
    lib.listToAttrs (
      map (picture: lib.nameValuePair picture.name picture.path) (map made (picturesIn content))
    )
  )
)
