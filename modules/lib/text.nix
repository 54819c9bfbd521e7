# What nixpkgs' lib has, or nearly: lines, and what is there on a condition only.
{
  lines = all: builtins.concatStringsSep "" (map (line: line + "\n") all);

  # A line for each attribute.
  each = make: attributes: map (name: make name attributes.${name}) (builtins.attrNames attributes);

  optional = condition: line: if condition then [ line ] else [ ];
  optionals = condition: lines: if condition then lines else [ ];
  optionalAttrs = condition: attributes: if condition then attributes else { };
}
