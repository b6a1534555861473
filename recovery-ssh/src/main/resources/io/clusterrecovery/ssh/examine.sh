# Looks, before an upload, at what is there, and at the room and the tools it needs.
target=$1 size=$2 owner=$3
folder=${target%/*}
[ -n "$folder" ] || folder=/
missing=
for tool in cat chmod chown mkdir mv sha256sum stat sync tail truncate wc; do
  command -v "$tool" >/dev/null || missing="$missing $tool"
done
while ! [ -e "$folder" ]; do
  folder=${folder%/*}
  [ -n "$folder" ] || folder=/
done
place=ready
[ -w "$folder" ] || place=read-only
[ -d "$folder" ] || place=blocked
if [ -e "$target" ] && ! [ -f "$target" ]; then place=other; fi
case ${owner%%:*} in
  *[!0-9]*) id -u "${owner%%:*}" >/dev/null 2>&1 || place=owner ;;
esac
case $owner in
  *:*[!0-9]*) getent group "${owner#*:}" >/dev/null || place=owner ;;
esac
set -- $(stat -f -c '%a %S' "$folder")
room=$(($1 * $2))
digest=
if [ -f "$target" ] && [ "$(wc -c <"$target")" -eq "$size" ]; then
  digest=$(sha256sum <"$target")
fi
reply
printf 'missing=%s\nplace=%s\nroom=%s\nsha256=%s\n\n' \
  "${missing# }" "$place" "$room" "${digest%% *}"
