# Tells how a job is, with a part of its output; waits a while for news.
name=$1 from=$2 max=$3 looks=$4
job=$jobs/$name
reply
if ! [ -f "$job/process" ]; then
  printf 'state=absent\n\n'
  exit 0
fi
while :; do
  look
  size=$(wc -c <"$job/output")
  if [ "$state" != running ] || [ "$size" -gt "$from" ] || [ "$looks" -le 0 ]; then break; fi
  looks=$((looks - 1))
  sleep 0.1
done
if [ "$from" -lt 0 ]; then
  from=$((size > max ? size - max : 0))
fi
count=$((size - from))
[ "$count" -le "$max" ] || count=$max
[ "$count" -ge 0 ] || count=0
same_boot || began=
printf 'state=%s\ncode=%s\nbegan=%s\nended=%s\nsize=%s\nfrom=%s\n\n' \
  "$state" "$code" "$began" "${ended:-$(uptime_now)}" "$size" "$from"
[ "$count" -eq 0 ] || tail -c "+$((from + 1))" "$job/output" | head -c "$count"
