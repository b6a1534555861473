# Removes the folder of a job that has ended.
name=$1
job=$jobs/$name
reply
if [ -f "$job/process" ]; then
  look
  if [ "$state" = running ]; then
    printf 'state=running\n\n'
    exit 0
  fi
  mv -T "$job" "$jobs/.$name.removed-$$"
fi
rm -rf "$jobs/.$name.removed-"*
rmdir "$jobs" 2>/dev/null
printf 'state=absent\n\n'
