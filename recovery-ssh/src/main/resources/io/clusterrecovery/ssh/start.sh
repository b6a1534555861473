# Starts a job at most once. The claim is the renaming of a prepared folder, made by the process
# that outlives this one, so a connection lost at any moment leaves no job half started.
name=$1 user=$2 bytes=$3 runner=$4
shift 4
job=$jobs/$name
if [ -d "$job" ]; then
  reply
  printf 'state=existing\n\n'
  exit 0
fi
if [ -n "$user" ]; then
  case $user in
    *[!A-Za-z0-9._-]*) home=/ ;;
    *) eval "home=~$user" ;;
  esac
  set -- chroot --userspec="$user" / env "HOME=$home" "USER=$user" "LOGNAME=$user" "$@"
fi
boot=$(boot_id)
boot=${boot%%-*}
work=
for attempt in 1 2 3; do
  # The folder may just be going away, with the last job in it.
  mkdir -p "$jobs" && work=$(mktemp -d "$jobs/.$name.$boot.XXXXXX") && break
done
[ -n "$work" ] || exit 74
trap 'rm -rf "$work"' EXIT
trap 'exit 70' HUP INT TERM PIPE
# What the host was preparing when it went down is of no use to anybody.
for old in "$jobs/.$name."*.??????; do
  case $old in "$jobs/.$name.$boot."*) ;; *) rm -rf "$old" ;; esac
done
if [ "$bytes" -ge 0 ]; then
  cat >"$work/stdin"
  # A connection lost on the way looks like the end of the input.
  [ "$(wc -c <"$work/stdin")" -eq "$bytes" ] || exit 75
fi
cd /
set -- /bin/sh -c "$runner" cluster-recovery-job "$name" "$work" "$job" "$@"
# Without a session of its own it still has no terminal whose end could be its end.
if command -v setsid >/dev/null; then set -- setsid "$@"; fi
# A scope of its own is not ended with the login's session, or the SSH server, that this runs in.
scope="systemd-run --quiet --scope --collect --slice=system.slice"
if [ -d /run/systemd/system ] && $scope true >/dev/null 2>&1 </dev/null; then
  set -- $scope --unit="cluster-recovery-$name-$$.scope" \
    --description="detached command $name" -- "$@"
fi
trap '' HUP
state=$({
  CLUSTER_RECOVERY_JOB=$name "$@" 3>&1 >/dev/null 2>&1 </dev/null &
})
reply
printf 'state=%s\n\n' "${state:-failed}"
