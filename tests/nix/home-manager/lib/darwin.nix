# lib.hm.darwin: systemd's words for intervals, as launchd is told them.
{ lib }:
let
  inherit (lib) concatStringsSep elem;

  intervals = [
    "hourly"
    "daily"
    "weekly"
    "monthly"
    "semiannually"
    "annually"
  ];
  hourly.Minute = 0;
  daily = hourly // {
    Hour = 0;
  };
  monthly = daily // {
    Day = 1;
  };
  yearly = Month: monthly // { inherit Month; };
  calendar = {
    hourly = [ hourly ];
    daily = [ daily ];
    weekly = [ (daily // { Weekday = 1; }) ];
    monthly = [ monthly ];
    semiannually = map yearly [
      1
      7
    ];
    annually = [ (yearly 1) ];
  };
in
{
  darwin = {
    mkCalendarInterval = interval: calendar.${interval} or null;
    assertInterval = option: interval: pkgs: {
      assertion = pkgs.stdenv.hostPlatform.isDarwin -> elem interval intervals;
      message = "On Darwin, ${option} must be one of: ${concatStringsSep ", " intervals}.";
    };
    # In Home Manager's words, since they stand in docs/options.md.
    intervalDocumentation = ''
      On Darwin, it must be one of: ${concatStringsSep ", " intervals}, which are implemented as defined in {manpage}`systemd.time(7)`.
    '';
  };
}
