# A script that makes the folder in which a job may write, and refuses a link of that name: systemd follows it, and opens to the
# blog's plugins whatever it leads to. It can have come with a clone, as any file.
{
  # The command, whole.
  mkdir,
}:

''
  if [ -L .alcatraz ]; then
    echo "alcatraz: $PWD/.alcatraz is a symbolic link, and plugins could write to what it leads to; remove it" >&2
    exit 1
  fi
  exec ${mkdir} -p .alcatraz
''
