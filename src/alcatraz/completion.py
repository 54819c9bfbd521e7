"""Shell completion for a program that is called by its path as often as by its name.

    source <(./alcatraz --print-completion-script=bash)

Invoke's own scripts call a program of a fixed name; these ask the very program that is being typed.
"""

from __future__ import annotations

from alcatraz.errors import UsageError

__all__ = ["script"]

BASH = """\
_alcatraz() {
  local words
  words=$("${COMP_WORDS[0]}" --complete -- alcatraz "${COMP_WORDS[@]:1}" 2>/dev/null)
  COMPREPLY=($(compgen -W "$words" -- "$2"))
}
complete -o default -F _alcatraz alcatraz ./alcatraz"""

# The first line is for zsh's own search of its folders (compinit), which passes over a file without it; loaded that way, the
# file is the body of the function, and completes at once.
ZSH = """\
#compdef alcatraz
_alcatraz() {
  local -a candidates
  candidates=(${(f)"$("${words[1]}" --complete -- alcatraz "${(@)words[2,-1]}" 2>/dev/null)"})
  (( $#candidates )) && compadd -a candidates || _files
}
if [[ $funcstack[1] == _alcatraz ]]; then _alcatraz "$@"; else compdef _alcatraz alcatraz; fi"""

# Files where there is nothing else, as in the others: by itself fish would always add them.
FISH = """\
function __alcatraz
  set -l words (commandline -opc) (commandline -ct)
  set -l candidates ($words[1] --complete -- alcatraz $words[2..-1] 2>/dev/null)
  if string match --quiet -- "$words[-1]*" $candidates
    string join \\n -- $candidates
  else
    __fish_complete_path "$words[-1]"
  end
end
complete --command alcatraz --no-files --arguments '(__alcatraz)'"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def script(shell: str) -> str:
    """What a shell is to read to complete our tasks and flags. Raises UsageError for a shell that is not known."""
    if shell not in SCRIPTS:
        raise UsageError(f"there is no completion for the shell `{shell}`", remedy=f"choose one of {', '.join(SCRIPTS)}")
    return SCRIPTS[shell]
