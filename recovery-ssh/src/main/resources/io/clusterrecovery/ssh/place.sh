# Puts a side file in the place of its target, or drops it.
target=$1 size=$2 key=$3 token=$4 verdict=$5
name_sides "$target"
part=
for each in "$side$key-$token-"*; do
  [ -e "$each" ] && part=$each
done
if [ "$verdict" = drop ]; then
  [ -z "$part" ] || rm -f "$part"
  tell problem none
elif [ -z "$part" ] || [ "$(wc -c <"$part")" -ne "$size" ]; then
  # Another upload of the same content has taken it up.
  tell problem gone
elif said=$({ sync "$part" && mv -fT "$part" "$target" && sync "$folder"; } 2>&1); then
  tell identity "$(identity "$target")"
else
  rm -f "$part"
  reply
  printf 'problem=place\nfound=%s\n\n' "$(printf '%s' "$said" | tr '\n' ' ')"
fi
