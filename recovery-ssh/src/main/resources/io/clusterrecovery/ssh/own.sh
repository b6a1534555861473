# Gives a file that is already there its mode and owner; tells what file that is now, if it was the
# one expected until then.
now=$(identity "$1")
chown "$3" "$1" && chmod "$2" "$1" || exit
[ "$now" = "$4" ] && now=$(identity "$1") || now=
tell identity "$now"
