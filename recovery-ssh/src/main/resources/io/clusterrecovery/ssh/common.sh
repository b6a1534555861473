# Shared by the scripts that run on a host: a POSIX shell and coreutils.
set -u
umask 077
jobs=/var/lib/cluster-recovery/jobs

# What a login shell prints stands before this mark and is skipped by the reader.
reply() { printf '@cluster-recovery@\n'; }

# The start time of a process, in ticks since the boot; nothing if it has ended.
start_of() {
  stat_line=
  while IFS= read -r stat_part || [ -n "$stat_part" ]; do
    stat_line="$stat_line $stat_part"
  done 2>/dev/null <"/proc/$1/stat" || return 1
  set -- ${stat_line##*) }
  [ "${1:-Z}" != Z ] || return 1
  shift 19
  echo "$1"
}

uptime_now() { read -r up _ </proc/uptime && echo "$up"; }

boot_id() { cat /proc/sys/kernel/random/boot_id; }
