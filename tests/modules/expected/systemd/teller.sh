job=${1#alcatraz-}
# What the job itself has said last in this run, and not what systemd says of it: one that was killed may have said nothing, and
# the last word of yesterday's was that all is well. systemd.exec(5) on MONITOR_INVOCATION_ID.
said=$(@systemd@/bin/journalctl --user --quiet --output=cat --lines=1 "_SYSTEMD_USER_UNIT=$1.service" \
  ${MONITOR_INVOCATION_ID:+"_SYSTEMD_INVOCATION_ID=$MONITOR_INVOCATION_ID"}) || said=
said=${said:-It has failed.}
# The body may be read as HTML: https://specifications.freedesktop.org/notification-spec/latest/markup.html
said=${said//&/&amp;}
said=${said//</&lt;}
exec @libnotify@/bin/notify-send --app-name=Alcatraz --icon=dialog-warning -- "The blog ${job#*-}: ${job%%-*}" "$said
systemctl --user status $1"
