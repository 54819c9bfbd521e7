#!/bin/bash
# manager.sh HOME USER PATH…: systemd's manager of a user that has no rights, as on a workstation, on a machine that need not run
# systemd at all. Run by root in a mount namespace of its own (`unshare --mount`). The folder HOME is /home/ada there, USER is a
# number, and the folders PATH… can be read, whoever owns those above them. Ends, with all that it has started, on SIGTERM.
set -euo pipefail
home=$1 user=$2
shift 2

mount --make-rprivate /
mount -t tmpfs run /run
# That systemd is there, and where it lays out the mounts of a unit: on a workstation both are of the system's manager.
mkdir -p /run/systemd/system /run/systemd/unit-root "/run/user/$user"
umount --recursive /sys/fs/cgroup 2>/dev/null || umount --lazy /sys/fs/cgroup
mount -t cgroup2 cgroup /sys/fs/cgroup

# Opens the way to folders below one that is closed to others, such as root's: in its place comes one with these folders alone.
declare -A closed=()
for path in "$@"; do
  above=$path
  while above=$(dirname "$above"); [ "$above" != / ]; do
    [ $((0$(stat --format=%a "$above") & 1)) = 1 ] || closed[$path]=$above
  done
done
for folder in $(printf '%s\n' "${closed[@]}" | sort --unique); do
  mkdir -p "/run/behind$folder"
  mount --bind "$folder" "/run/behind$folder"
  mount -t tmpfs -o mode=755 open "$folder"
done
for path in "${!closed[@]}"; do
  mkdir -p "$path"
  mount --bind "/run/behind$path" "$path"
done

mount -t tmpfs -o mode=755 home /home
mkdir /home/ada
mount --bind "$home" /home/ada
chown -R --no-dereference "$user:$user" /home/ada "/run/user/$user"
chmod 700 "/run/user/$user"

group=/sys/fs/cgroup/ada-$$
mkdir -p "$group/manager"
chown -R "$user:$user" "$group"
(
  echo "$BASHPID" > "$group/manager/cgroup.procs"
  exec setpriv --reuid="$user" --regid="$user" --clear-groups env --ignore-environment HOME=/home/ada PATH=/usr/bin:/bin \
    XDG_RUNTIME_DIR="/run/user/$user" "$(PATH=/lib/systemd:/usr/lib/systemd command -v systemd)" --user
) &
# Whatever runs in the group ends at once, but leaves it when it has been waited for.
finish() {
  echo 1 > "$group/cgroup.kill"
  wait
  for _ in {1..100}; do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
    sleep 0.05
  done
  exit
}
trap finish TERM
wait
