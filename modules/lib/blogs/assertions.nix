# What must hold of the blogs on a workstation, each with the sentence for whom it does not: what, where, and what to do.
{
  # Each with the options of a blog, and with `name` and `program`, which is null where there is none.
  blogs,
  isDarwin,
}:

let
  inherit (import ../text.nix) optionals;
  calendar = import ./calendar.nix;

  at = blog: "programs.alcatraz.blogs.${blog.name}";
  holds = assertion: message: { inherit assertion message; };
  matches = pattern: text: builtins.match pattern text != null;
  isWhole = matches "/[^\n]*";
  isPublished = blog: blog.publish.enable && blog.publish.target != null;
  placeOf = blog: if isPublished blog then import ./directory.nix blog.publish.target else null;
  # Where it goes, however it is written.
  whereOf = blog: if placeOf blog == null then blog.publish.target else placeOf blog;

  # Of blogs that are the same in something, one sentence for each of the later ones.
  distinct =
    chosen: key: said:
    builtins.concatLists (
      builtins.genList (
        number:
        let
          blog = builtins.elemAt chosen number;
          earlier = builtins.filter (other: key other == key blog) (
            builtins.genList (builtins.elemAt chosen) number
          );
        in
        map (other: holds false (said other blog)) earlier
      ) (builtins.length chosen)
    );

  of =
    blog:
    let
      isRun = blog.preview.enable || blog.publish.enable || blog.check.enable;
      inherit (blog.publish) environmentFile target;
      place = placeOf blog;
    in
    [
      (holds (matches "[A-Za-z0-9][A-Za-z0-9_-]*" blog.name) "${at blog}: a blog's name is of letters, digits, `-` and `_`, since units are named after it; give it such a name")
      (holds (isWhole blog.directory) "${at blog}.directory is \"${blog.directory}\", and must begin with `/`; write it whole, as in \"\${config.home.homeDirectory}/src/${blog.name}\"")
      (holds (!isRun || blog.program != null)
        "${at blog} is to be run, and there is no program for it, since programs.alcatraz.package is null; set ${at blog}.package"
      )
      (holds (!blog.publish.enable || target != null)
        "${at blog}.publish is enabled, and has no target; say where to, as in ${at blog}.publish.target = \"directory:/srv/www/${blog.name}\""
      )
      (holds (place == null || isWhole place)
        "${at blog}.publish.target is \"${toString target}\", and a directory must begin with `/`; write it whole, as in \"directory:/srv/www/${blog.name}\""
      )
      (holds (environmentFile == null || isWhole environmentFile)
        "${at blog}.publish.environmentFile is \"${toString environmentFile}\", and must begin with `/`; write it whole, and in quotes"
      )
    ]
    ++ optionals isDarwin (
      [
        (holds (!(blog.preview.enable && blog.preview.onDemand))
          "${at blog}.preview.onDemand is for Linux alone: launchd hands over no socket in a way that servers share; set it to false"
        )
      ]
      ++
        map
          (
            kind:
            holds (!blog.${kind}.enable || calendar blog.${kind}.calendar != null)
              "${at blog}.${kind}.calendar is \"${blog.${kind}.calendar}\", for which launchd has no words; write hourly, daily, weekly, monthly, yearly, or as in \"06:30\", \"Mon 06:30\", \"*-*-01 06:30\""
          )
          [
            "publish"
            "check"
          ]
    );

  both = other: blog: "programs.alcatraz.blogs: ${other.name} and ${blog.name}";
in
builtins.concatMap of blogs
++ distinct (builtins.filter (blog: blog.preview.enable) blogs) (blog: blog.preview.port) (
  other: blog:
  "${both other blog} are both previewed on port ${toString blog.preview.port}; give one of them another, as in ${at blog}.preview.port = ${
    toString (blog.preview.port + 1)
  }"
)
++ distinct (builtins.filter isPublished blogs) whereOf (
  other: blog:
  "${both other blog} are both published to ${whereOf blog}, where each would replace the other; give each its own target"
)
