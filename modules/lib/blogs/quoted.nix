# Text as systemd's files have it, where `%` begins a specifier: systemd.unit(5), systemd.syntax(7).
let
  escape = builtins.replaceStrings [ "%" ] [ "%%" ];
  isPlain = text: builtins.match "[A-Za-z0-9/._:@+,=~-]+" text != null;
  quoted = text: "\"${builtins.replaceStrings [ "\\" "\"" ] [ "\\\\" "\\\"" ] text}\"";
  word = text: if isPlain text then text else quoted (escape text);
in
{
  # The whole of a value.
  inherit escape;
  # One of several words.
  inherit word;
  # One of several words in a command, in which `$` begins a variable: systemd.service(5).
  argument = text: builtins.replaceStrings [ "$" ] [ "$$" ] (word text);
}
