if [ -L .alcatraz ]; then
  echo "alcatraz: $PWD/.alcatraz is a symbolic link, and plugins could write to what it leads to; remove it" >&2
  exit 1
fi
exec @coreutils@/bin/mkdir -p .alcatraz
