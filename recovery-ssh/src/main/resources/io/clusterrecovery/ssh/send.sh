# Gives so many bytes of a file from some byte on, packed as wanted.
file=$1 from=$2 count=$3 packer=$4
reply
printf 'identity=%s\n\n' "$(identity "$file")"
set -- -1cq
[ "$packer" != cat ] || set --
tail -c "+$((from + 1))" "$file" | head -c "$count" | "$packer" "$@"
