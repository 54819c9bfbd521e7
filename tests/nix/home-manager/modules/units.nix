# The options of systemd.user that take units.
{ lib }:
let
  inherit (lib) mkOption toList types;
  inherit (types)
    attrsOf
    bool
    coercedTo
    either
    int
    listOf
    oneOf
    package
    path
    str
    ;

  atom = oneOf [
    bool
    int
    str
    path
  ];
  listed = mkOption {
    type = coercedTo str toList (listOf str);
    default = [ ];
  };
  triggers = mkOption {
    type = listOf (either package str);
    default = [ ];
  };

  units =
    kind: more:
    mkOption {
      type = attrsOf (
        types.submodule {
          freeformType = attrsOf (attrsOf (either atom (listOf atom))) // {
            description = "systemd ${kind} unit configuration";
          };
          imports = [ { options = more; } ];
          options.Unit = {
            Description = mkOption {
              type = types.nullOr str;
              default = null;
            };
            Documentation = listed;
          };
        }
      );
      default = { };
    };
in
{
  services = units "service" {
    Unit = {
      X-Reload-Triggers = triggers;
      X-Restart-Triggers = triggers;
      X-SwitchMethod = mkOption {
        type = types.enum [
          null
          "reload"
          "restart"
          "stop-start"
          "keep-old"
        ];
        default = null;
      };
    };
    Service = {
      Environment = listed;
      ExecStart = mkOption {
        type =
          let
            command = either package str;
          in
          either command (listOf command);
        apply = toList;
        default = [ ];
      };
    };
  };
  sockets = units "socket" { };
  timers = units "timer" { };
}
