# What is known of a job. Its folder holds: process (pid, start, boot, uptime at the start, scope if
# it has one), output, and, once it has ended, status (exit status, uptime at the end).

same_boot() { [ "$(boot_id)" = "$boot" ]; }

leader_lives() { [ "$(start_of "$pid")" = "$start" ]; }

# Sets state to running, ended or lost.
look() {
  read -r pid start boot began scope <"$job/process" || return 1
  code= ended=
  lived=no
  if same_boot && leader_lives; then lived=yes; fi
  if [ -f "$job/status" ]; then
    read -r code ended <"$job/status"
    state=ended
  elif [ "$lived" = yes ] || [ -n "$(members)" ]; then
    state=running
  else
    state=lost
  fi
}

newline='
'

# The files of the environments that hold the mark of the job.
marked() {
  if command -v grep >/dev/null; then
    grep -lsazxF "CLUSTER_RECOVERY_JOB=$name" /proc/[0-9]*/environ
    return
  fi
  for file in /proc/[0-9]*/environ; do
    case $newline$(tr '\0' '\n' 2>/dev/null <"$file")$newline in
      *"${newline}CLUSTER_RECOVERY_JOB=$name$newline"*) echo "$file" ;;
    esac
  done
}

# The pids of a job: its scope, its session, whatever has its mark in the environment, and all their
# children.
members() {
  same_boot || return 0
  found=' '
  if [ -n "$scope" ]; then
    for file in "/sys/fs/cgroup$scope" "/sys/fs/cgroup/systemd$scope"; do
      while read -r one; do found="$found$one "; done 2>/dev/null <"$file/cgroup.procs"
    done
  fi
  for file in $(marked); do
    file=${file#/proc/}
    found="$found${file%/environ} "
  done
  session=$pid
  now=$(start_of "$pid") && [ "$now" != "$start" ] && session=none
  table=
  for folder in /proc/[0-9]*; do
    line=
    while IFS= read -r part || [ -n "$part" ]; do
      line="$line $part"
    done 2>/dev/null <"$folder/stat" || continue
    set -- ${line##*) }
    [ "${1:-Z}" = Z ] || table="$table ${folder#/proc/}:$2:$4"
  done
  before=
  while [ "$before" != "$found" ]; do
    before=$found
    for row in $table; do
      one=${row%%:*} parent=${row#*:}
      parent=${parent%:*}
      case $found in *" $one "*) continue ;; esac
      if [ "${row##*:}" = "$session" ]; then
        found="$found$one "
      else
        case $found in *" $parent "*) found="$found$one " ;; esac
      fi
    done
  done
  for row in $table; do
    one=${row%%:*}
    case $found in *" $one "*) echo "$one" ;; esac
  done
}
