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
  eval "home=~$user"
  set -- runuser -u "$user" -- env "HOME=$home" "USER=$user" "LOGNAME=$user" "$@"
fi
work=
for attempt in 1 2 3; do
  # The folder may just be going away, with the last job in it.
  mkdir -p "$jobs" && work=$(mktemp -d "$jobs/.$name.XXXXXX") && break
done
[ -n "$work" ] || exit 74
trap 'rm -rf "$work"' EXIT
trap 'exit 70' HUP INT TERM PIPE
if [ "$bytes" -ge 0 ]; then
  cat >"$work/stdin"
  # A connection lost on the way looks like the end of the input.
  [ "$(wc -c <"$work/stdin")" -eq "$bytes" ] || exit 75
fi
unset SUDO_COMMAND
cd /
state=$({
  CLUSTER_RECOVERY_JOB=$name setsid /bin/sh -c "$runner" cluster-recovery-job \
    "$name" "$work" "$job" "$@" 3>&1 >/dev/null 2>&1 </dev/null &
})
reply
printf 'state=%s\n\n' "${state:-failed}"
