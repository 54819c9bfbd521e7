# From the calendars of systemd.time(7) that launchd has words for to those words, a list of what launchd.plist(5) calls
# StartCalendarInterval; null for all others.
calendar:

let
  names = {
    hourly = {
      Minute = 0;
    };
    daily = midnight;
    weekly = midnight // {
      Weekday = 1;
    };
    monthly = midnight // {
      Day = 1;
    };
    yearly = midnight // {
      Month = 1;
      Day = 1;
    };
  };
  midnight = {
    Hour = 0;
    Minute = 0;
  };
  weekdays = {
    Mon = 1;
    Tue = 2;
    Wed = 3;
    Thu = 4;
    Fri = 5;
    Sat = 6;
    Sun = 7;
  };
  weekday = "(${builtins.concatStringsSep "|" (builtins.attrNames weekdays)})";

  # A day of the week or of the month, or neither, and a time: "06:30", "Mon 06:30", "*-*-* 06:30", "*-*-01 06:30".
  parts = builtins.match "(${weekday} )?(\\*-\\*-(\\*|[0-9]+) )?([0-9]+):([0-9]+)(:00)?" calendar;
  part = builtins.elemAt parts;
  # JSON knows no number with a zero before it.
  number = text: builtins.fromJSON (builtins.head (builtins.match "0*([0-9]+)" text));
  day = part 3;
in
if names ? ${calendar} then
  [ names.${calendar} ]
else if parts == null then
  null
else
  [
    (
      {
        Hour = number (part 4);
        Minute = number (part 5);
      }
      // (if part 1 == null then { } else { Weekday = weekdays.${part 1}; })
      // (if day == null || day == "*" then { } else { Day = number day; })
    )
  ]
