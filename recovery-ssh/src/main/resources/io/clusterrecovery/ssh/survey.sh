# Looks, before a download, at the file, and at what packing would do to its first megabytes.
if ! [ -f "$1" ]; then
  kind=other
  [ -e "$1" ] || [ -L "$1" ] || kind=absent
  tell kind "$kind"
  exit 0
fi
packer=$(packers)
packer=${packer%% *} packed=0 nanos=0
if [ -n "$packer" ]; then
  before=$(date +%s%N)
  packed=$(head -c "$2" "$1" | "$packer" -1cq | wc -c)
  nanos=$(($(date +%s%N) - before))
fi
reply
printf 'kind=file\nsize=%s\nidentity=%s\nmachine=%s\npacker=%s\npacked=%s\nnanos=%s\n\n' \
  "$(stat -L -c %s "$1")" "$(identity "$1")" "$(cat /etc/machine-id 2>/dev/null)" \
  "$packer" "$packed" "$nanos"
