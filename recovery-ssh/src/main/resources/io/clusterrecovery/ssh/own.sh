# Gives a file that is already there its mode and owner.
chown "$3" "$1" && chmod "$2" "$1" || exit
reply
printf '\n'
