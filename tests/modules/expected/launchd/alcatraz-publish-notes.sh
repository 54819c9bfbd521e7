while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    [A-Za-z_]*=\"*\" | [A-Za-z_]*=\'*\') line="${line%?}" && export "${line%%=*}=${line#*=?}" ;;
    [A-Za-z_]*=*) export "$line" ;;
  esac
done < <(/bin/cat '/home/ada/it'\''s 100%.env')
pause=60
while :; do
  said=$('@alcatraz@/bin/alcatraz' 'publish' '--target=/home/ada/my www/notes' 2>&1)
  status=$?
  printf '%s\n' "$said"
  [ $status = 75 ] || break
  /bin/sleep $pause
  [ $pause -ge 3600 ] || pause=$((pause * 2))
done
if [ $status != 0 ]; then
  /usr/bin/osascript -e 'on run told' -e 'display notification (item 2 of told) with title (item 1 of told)' -e 'end run' 'Publish the blog notes' "${said##*$'\n'}"
fi
exit $status
