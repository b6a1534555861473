# Tells the digest of a file, and what file that was.
before=$(identity "$1")
sum=$(digest <"$1")
[ "$before" = "$(identity "$1")" ] || before=
reply
printf 'sha256=%s\nidentity=%s\n\n' "$sum" "$before"
