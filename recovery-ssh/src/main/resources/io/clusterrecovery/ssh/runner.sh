# The process of a job: claims its name, runs the command, writes its exit status.
name=$1 work=$2 job=$3
shift 3
: >"$work/output"
scope=
while IFS= read -r row; do
  case $row in
    0::*/cluster-recovery-*.scope | *:name=systemd:*/cluster-recovery-*.scope) scope=${row##*:} ;;
  esac
done </proc/self/cgroup
# A shell's own echo does not say why it cannot write.
said=$(env echo "$$ $(start_of $$) $(boot_id) $(uptime_now) $scope" 2>&1 >"$work/process") || {
  rm -rf "$work"
  echo "$said" >&3
  exit
}
# Renaming onto a folder with something in it fails, so one of several starters wins.
if ! mv -T "$work" "$job"; then
  rm -rf "$work"
  echo existing >&3
  exit 0
fi
sync "$job/process" "$job" "$jobs"
echo started >&3
exec 3>&-
if [ -e "$job/stdin" ]; then
  exec <"$job/stdin"
  rm -f "$job/stdin"
fi
umask 022
"$@" >>"$job/output" 2>&1
code=$?
umask 077
echo "$code $(uptime_now)" >"$job/.status" && sync "$job/.status" "$job/output" &&
  mv -T "$job/.status" "$job/status"
