# What nixpkgs' installShellFiles gives to a build: manual pages and completions to the places where they are looked for.

# installManPage FILE.SECTION...
installManPage() {
  local page section
  for page in "$@"; do
    section=${page%.gz}
    section=${section##*.}
    [[ $section =~ ^[1-9ln]$ ]] || { echo "installManPage: $page ends in no section of the manual" >&2; return 1; }
    install -D --mode=644 "$page" "$out/share/man/man$section/$(stripHash "$page")"
  done
}

# installShellCompletion [--cmd NAME] {--bash|--fish|--zsh} [--name NAME] FILE...; a file's extension can stand for its shell.
installShellCompletion() {
  local shell= name= command= file kind own target
  while [ $# -gt 0 ]; do
    case $1 in
      --bash | --fish | --zsh) shell=${1#--} ;;
      --name) name=$2; shift ;;
      --name=*) name=${1#*=} ;;
      --cmd) command=$2; shift ;;
      --cmd=*) command=${1#*=} ;;
      --) ;;
      -*) echo "installShellCompletion: unknown flag $1" >&2; return 1 ;;
      *)
        file=$1
        kind=${shell:-${file##*.}}
        own=$(stripHash "$file")
        case $kind in
          bash) target=bash-completion/completions/${name:-${command:+$command.bash}} ;;
          fish) target=fish/vendor_completions.d/${name:-${command:+$command.fish}} ;;
          zsh) own=${own%.zsh} own=_${own#_} target=zsh/site-functions/${name:-${command:+_$command}} ;;
          *) echo "installShellCompletion: no shell is named for $file" >&2; return 1 ;;
        esac
        [[ $target != */ ]] || target+=$own
        # It may be a pipe: installShellCompletion --cmd NAME --bash <(NAME completions bash)
        mkdir -p "$(dirname "$out/share/$target")"
        cat "$file" >"$out/share/$target"
        [ -s "$out/share/$target" ] || { echo "installShellCompletion: the completions for $kind are empty" >&2; return 1; }
        name=
        ;;
    esac
    shift
  done
}
