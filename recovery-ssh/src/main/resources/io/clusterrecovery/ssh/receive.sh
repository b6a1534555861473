# Takes a file from standard input into a side file: tells how much of it is there already, then
# obeys a line at a time, each followed by what it announces.
#   fresh            forget what is there
#   plain COUNT      so many bytes as they are, a multiple of 128 KiB
#   cat|zstd|gzip W  the rest up to the end of the input, packed so, and its digest taken W: follow
#                    (while it comes) or after
target=$1 size=$2 mode=$3 owner=$4 key=$5 token=$6
name_sides "$target"
mine=$side$key-$token-$$-$(start_of $$)
part= taking=

problem() {
  [ -z "$part" ] || rm -f "$part"
  tell "$1" "$2"
  exit 0
}

# Ends the process that served this upload before its connection was lost. In time it stops what it
# waits for; where it does not, it only reads.
end_writer() {
  kill "$writer" 2>/dev/null
  looks=20
  while writer_lives && [ "$looks" -gt 0 ]; do
    looks=$((looks - 1))
    sleep 0.1
  done
  ! writer_lives || kill -s KILL "$writer" 2>/dev/null
}

# Takes up what an earlier upload of this content left; clears away what nobody will take up.
claim() {
  for old in "$side"*; do
    [ -e "$old" ] || continue
    read_mark "$old"
    if writer_lives; then
      [ "$of" = "$key-$token" ] || continue
      end_writer
    fi
    # Of several that want it, the one that renames it has it.
    if [ "${of%-*}" = "$key" ] && [ -z "$part" ] && mv -T "$old" "$mine" 2>/dev/null; then
      part=$mine
    else
      rm -f "$old"
    fi
  done
}

# In the background, since a signal would otherwise wait for its end.
take() {
  "$@" <&3 >>"$part" &
  taking=$!
}

await() {
  wait "$taking" || {
    tell failed $?
    exit 0
  }
  taking=
}

# What is small is as quickly sent again.
leave() {
  have=$(wc -c <"$part" 2>/dev/null) || return
  [ "$have" -eq "$size" ] || [ "$have" -ge 1048576 ] || rm -f "$part"
}

trap '[ -z "$part" ] || leave' EXIT
trap '[ -z "$taking" ] || { kill "$taking"; wait "$taking"; }; exit 70' HUP INT TERM PIPE
exec 3<&0
said=$(mkdir -p "$folder" 2>&1) || problem place "$said"
claim
if [ -z "$part" ]; then
  said=$({ : >"$mine"; } 2>&1) || problem place "$said"
  part=$mine
fi
said=$(chown "$owner" "$part" 2>&1) || problem owner "$said"
chmod "$mode" "$part"
have=$(wc -c <"$part")
tell have "$have"
[ "$have" -eq 0 ] || tell prefix "$(digest <"$part")"
while read -r verb how <&3; do
  case $verb in
    fresh)
      : >"$part"
      have=0
      ;;
    plain)
      # head would read in so small steps that it is slower than a fast line.
      take dd bs=131072 count="$((how / 131072))" iflag=fullblock status=none
      await
      # The sender takes the time of this, so it must take none; only the end of the input, of
      # which it hears nothing any more, makes a piece shorter.
      have=$((have + how))
      reply
      printf 'got=%s\n\n' "$have"
      ;;
    cat | zstd | gzip)
      set -- -dcq
      [ "$verb" != cat ] || set --
      take "$verb" "$@"
      if [ "$how" = follow ]; then
        { tell sha256 "$(tail -c +1 -s 0.1 -f --pid="$taking" "$part" | digest)"; } &
      fi
      await
      got=$(wc -c <"$part")
      tell got "$got"
      [ "$got" -eq "$size" ] || exit 0
      [ "$how" = follow ] || tell sha256 "$(digest <"$part")"
      wait
      exit 0
      ;;
  esac
done
