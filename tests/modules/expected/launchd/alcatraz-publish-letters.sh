pause=60
while :; do
  said=$('@alcatraz@/bin/alcatraz' 'publish' '--target=ssh:ada@blog.example:/srv/www/letters' 2>&1)
  status=$?
  printf '%s\n' "$said"
  [ $status = 75 ] || break
  /bin/sleep $pause
  [ $pause -ge 3600 ] || pause=$((pause * 2))
done
if [ $status != 0 ]; then
  /usr/bin/osascript -e 'on run told' -e 'display notification (item 2 of told) with title (item 1 of told)' -e 'end run' 'Publish the blog letters' "${said##*$'\n'}"
fi
exit $status
