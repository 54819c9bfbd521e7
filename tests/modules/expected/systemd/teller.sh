job=${1#alcatraz-}
# What the job itself has said last, and not what systemd says of it.
said=$(@systemd@/bin/journalctl --user --quiet --output=cat --lines=1 "_SYSTEMD_USER_UNIT=$1.service") || said=
said=${said:-It has failed.}
# The body may be read as HTML: https://specifications.freedesktop.org/notification-spec/latest/markup.html
said=${said//&/&amp;}
said=${said//</&lt;}
exec @libnotify@/bin/notify-send --app-name=Alcatraz --icon=dialog-warning -- "The blog ${job#*-}: ${job%%-*}" "$said
systemctl --user status $1"
