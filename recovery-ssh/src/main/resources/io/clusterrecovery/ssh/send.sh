# Gives a file, followed by its digest.
if ! [ -f "$1" ]; then
  kind=other
  [ -e "$1" ] || [ -L "$1" ] || kind=absent
  reply
  printf 'kind=%s\n\n' "$kind"
  exit 0
fi
reply
printf 'kind=file\nsize=%s\n\n' "$(stat -L -c %s "$1")"
exec 4>&1
# Both read it at once, so the second one mostly finds it in memory.
digest=$({ sha256sum <"$1" & cat "$1" >&4; wait; })
printf %s "${digest%% *}"
