# Takes a file from standard input, followed by its digest, and puts it in place if that is right.
target=$1 size=$2 mode=$3 owner=$4
folder=${target%/*}
[ -n "$folder" ] || folder=/
side=$folder/.${target##*/}.part-

problem() {
  rm -f "$part"
  reply
  printf 'problem=%s\nfound=%s\n\n' "$1" "$(printf '%s' "$2" | tr '\n' ' ')"
  exit 0
}

# A side file whose writer is gone was left by a host that went down.
for old in "$side"*; do
  mark=${old#"$side"}
  [ -e "$old" ] && [ "$(start_of "${mark%%-*}")" != "${mark##*-}" ] && rm -f "$old"
done
part=$side$$-$(start_of $$)
trap 'rm -f "$part"' EXIT
trap 'exit 70' HUP INT TERM PIPE
said=$({ mkdir -p "$folder" && : >"$part"; } 2>&1) || problem place "$said"
said=$(chown "$owner" "$part" 2>&1) || problem owner "$said"
chmod "$mode" "$part"
said=$({ cat >"$part"; } 2>&1) || problem write "$said"
have=$(wc -c <"$part")
# A connection lost on the way looks like the end of the input.
[ "$have" -eq $((size + 64)) ] || problem short "$have"
want=$(tail -c 64 "$part")
truncate -s "$size" "$part"
got=$(sha256sum <"$part")
got=${got%% *}
[ "$got" = "$want" ] || problem digest "$got"
said=$({ sync "$part" && mv -fT "$part" "$target" && sync "$folder"; } 2>&1) || problem place "$said"
reply
printf 'sha256=%s\n\n' "$got"
