# Looks, before an upload, at what is there, and at the room and the tools it needs.
target=$1 owner=$2 key=$3
name_sides "$target"
missing=
for tool in cat chmod chown dd mkdir mv sha256sum stat sync tail wc; do
  command -v "$tool" >/dev/null || missing="$missing $tool"
done
kept=0
for old in "$side$key-"*; do
  [ -e "$old" ] || continue
  read_mark "$old"
  have=$(wc -c <"$old")
  writer_lives || [ "$have" -le "$kept" ] || kept=$have
done
while ! [ -e "$folder" ]; do
  folder=${folder%/*}
  [ -n "$folder" ] || folder=/
done
place=ready
[ -w "$folder" ] || place=read-only
[ -d "$folder" ] || place=blocked
if [ -e "$target" ] && ! [ -f "$target" ]; then place=other; fi
# Nothing is owned by these numbers, so this only finds out whether the names are known.
chown --from=4294967294:4294967294 "$owner" "$folder" 2>/dev/null || place=owner
set -- $(stat -f -c '%a %S' "$folder")
room=$(($1 * $2))
size=-1 there= owned=
if [ -f "$target" ]; then
  size=$(wc -c <"$target")
  there=$(identity "$target")
  owned=$(stat -L -c '%a %U:%G' "$target")
fi
reply
printf 'missing=%s\nplace=%s\nfolder=%s\nroom=%s\nkept=%s\nsize=%s\nidentity=%s\nowned=%s\nmachine=%s\npackers=%s\n\n' \
  "${missing# }" "$place" "$folder" "$room" "$kept" "$size" "$there" "$owned" \
  "$(cat /etc/machine-id 2>/dev/null)" "$(packers)"
