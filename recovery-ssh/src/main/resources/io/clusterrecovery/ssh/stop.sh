# Ends a job with all it started, and tells how many processes are left.
name=$1
job=$jobs/$name
reply
if ! [ -f "$job/process" ]; then
  printf 'state=absent\nleft=0\n\n'
  exit 0
fi
look
known=

# Remembers every process seen, since one whose parent has ended could not be found any more.
scan() {
  for one in $(members); do
    begin=$(start_of "$one") || continue
    case " $known " in
      *" $one:$begin "*) ;;
      *) known="$known $one:$begin" ;;
    esac
  done
  left=
  for row in $known; do
    [ "$(start_of "${row%%:*}")" != "${row##*:}" ] || left="$left ${row%%:*}"
  done
}

seconds() { up=$(uptime_now) && echo "${up%.*}"; }

for signal in TERM KILL; do
  end=$(($(seconds) + 5))
  while scan && [ -n "$left" ] && [ "$(seconds)" -le "$end" ]; do
    # What was started since the last look gets its signal, too; TERM is told once to each.
    for one in $left; do
      case " ${told:-} " in
        *" $signal:$one "*) ;;
        *) kill -s "$signal" "$one" 2>/dev/null; told="${told:-} $signal:$one" ;;
      esac
    done
    sleep 0.1
  done
done
count=0
for one in $left; do count=$((count + 1)); done
if [ "$count" -eq 0 ] && ! [ -f "$job/status" ]; then
  echo "143 $(uptime_now)" >"$job/.status"
  mv -T "$job/.status" "$job/status"
fi
printf 'state=stopped\nleft=%s\npids=%s\n\n' "$count" "$left"
