# Gives the content of a small file.
reply
if [ -f "$1" ]; then
  printf 'kind=file\n\n'
  exec head -c "$2" -- "$1"
elif [ -e "$1" ] || [ -L "$1" ]; then
  printf 'kind=other\n\n'
else
  printf 'kind=absent\n\n'
fi
