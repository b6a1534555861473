#!/usr/bin/env bash
# The recovery from lost masters as an expert would write it down for the night: what bin/bench
# recover is measured against. It does every step of the procedure, looks each second whether a
# step is through, and proves nothing.
#
# It is told by its environment, as lab.env has it: LAB_SSH_CONFIG, ETCDCTL_*, KUBECONFIG,
# AWS_ENDPOINT_URL, LAB_ZONE, LAB_ZONE_ID, LAB_TG_INTERNAL_ARN, LAB_TG_EXTERNAL_ARN, LAB_SNAPSHOT,
# LAB_BACKUPS; LAB_SURVIVOR is name=address, LAB_LOST and LAB_NEW are two of these each.
set -euo pipefail

survivor=${LAB_SURVIVOR%=*} survivor_ip=${LAB_SURVIVOR#*=}
read -r -a lost <<< "$LAB_LOST"
read -r -a new <<< "$LAB_NEW"
sockets=$(mktemp -d)
trap 'rm -rf "$sockets"' EXIT
options=(-q -F "$LAB_SSH_CONFIG" -o ControlMaster=auto -o ControlPersist=60
  -o "ControlPath=$sockets/%h")

on() {
  local host=$1
  shift
  ssh "${options[@]}" "$host" "$@"
}

say() {
  echo "$(date +%T) $*"
}

# until_true WHAT COMMAND... looks each second.
until_true() {
  say "waiting: $1"
  shift
  until "$@"; do sleep 1; done
}

aws() {
  local service=$1
  shift
  curl -sf --aws-sigv4 "aws:amz:us-east-1:$service" --user lab:lab "$@"
}

balancing() {
  local words=()
  for word in "$@"; do words+=(--data-urlencode "$word"); done
  aws elasticloadbalancing "$AWS_ENDPOINT_URL/" --data-urlencode Version=2015-12-01 "${words[@]}"
}

say "safety snapshot of $survivor"
mkdir -p "$LAB_BACKUPS"
etcdctl snapshot save "$LAB_BACKUPS/before.db" > /dev/null 2>&1 || say "none: etcd gives none"

say "restoring quorum on $survivor"
scp "${options[@]}" "$LAB_SNAPSHOT" "$survivor:snapshot.db"
on "$survivor" sudo sh -s << RESTORE
set -e
systemctl stop kube-apiserver kube-controller-manager etcd
mv /var/lib/etcd /var/lib/etcd.before
ETCDCTL_API=3 etcdutl snapshot restore /home/core/snapshot.db --data-dir /var/lib/etcd \
  --name $survivor --initial-cluster $survivor=https://etcd-0.$LAB_ZONE:2380 \
  --initial-advertise-peer-urls https://etcd-0.$LAB_ZONE:2380 \
  --initial-cluster-token recovered-$(date +%s) \
  --bump-revision 1000000000 --mark-compacted 2> /dev/null
systemctl start etcd
rm /home/core/snapshot.db
RESTORE
until_true "etcd is healthy" etcdctl endpoint health > /dev/null 2>&1
on "$survivor" sudo systemctl start kube-apiserver kube-controller-manager
until_true "API is ready" kubectl get --raw /readyz > /dev/null 2>&1

say "forgetting lost masters"
for master in "${lost[@]}"; do
  kubectl delete node "${master%=*}" > /dev/null
  etcdctl del "/registry/masterleases/${master#*=}" > /dev/null
done

# Client certificates first; the serving ones are asked for when these are there.
approved() {
  local names
  names=$(kubectl get csr \
    -o go-template='{{range .items}}{{if not .status.conditions}}{{.metadata.name}} {{end}}{{end}}')
  # shellcheck disable=SC2086
  [ -z "$names" ] || kubectl certificate approve $names > /dev/null
  [ "$(kubectl get csr --field-selector spec.signerName=kubernetes.io/kubelet-serving \
    -o go-template='{{range .items}}{{if .status.certificate}}{{.spec.username}} {{end}}{{end}}' |
    tr ' ' '\n' | grep -c -e "node:${new[0]%=*}$" -e "node:${new[1]%=*}$")" -ge 2 ]
}
until_true "certificates of new masters" approved

ready() {
  [ "$(kubectl get nodes "$survivor" "${new[0]%=*}" "${new[1]%=*}" 2> /dev/null |
    grep -c ' Ready ')" = 3 ]
}
until_true "nodes are ready" ready

say "correcting DNS"
changes=
for i in 0 1; do
  changes+="<Change><Action>UPSERT</Action><ResourceRecordSet><Name>etcd-$((i + 1)).$LAB_ZONE.</Name>
<Type>A</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>${new[i]#*=}</Value>
</ResourceRecord></ResourceRecords></ResourceRecordSet></Change>"
done
change=$(aws route53 "$AWS_ENDPOINT_URL/2013-04-01/hostedzone/$LAB_ZONE_ID/rrset/" --data-binary \
  "<ChangeResourceRecordSetsRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">
<ChangeBatch><Changes>$changes</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>" |
  sed -n 's:.*<Id>/change/\([^<]*\)</Id>.*:\1:p')
in_sync() {
  aws route53 "$AWS_ENDPOINT_URL/2013-04-01/change/$change" | grep -q INSYNC
}
until_true "change of DNS is in sync" in_sync

say "correcting the target groups"
healthy() {
  [ "$(balancing Action=DescribeTargetHealth "TargetGroupArn=$1" | grep -o '<State>healthy' |
    wc -l)" -ge 3 ]
}
drained() {
  ! balancing Action=DescribeTargetHealth "TargetGroupArn=$1" |
    grep -q -e "<Id>${lost[0]#*=}<" -e "<Id>${lost[1]#*=}<"
}
for group in "$LAB_TG_INTERNAL_ARN" "$LAB_TG_EXTERNAL_ARN"; do
  balancing Action=RegisterTargets "TargetGroupArn=$group" \
    "Targets.member.1.Id=${new[0]#*=}" "Targets.member.2.Id=${new[1]#*=}" > /dev/null
done
for group in "$LAB_TG_INTERNAL_ARN" "$LAB_TG_EXTERNAL_ARN"; do
  until_true "new targets are healthy" healthy "$group"
  balancing Action=DeregisterTargets "TargetGroupArn=$group" \
    "Targets.member.1.Id=${lost[0]#*=}" "Targets.member.2.Id=${lost[1]#*=}" > /dev/null
done
for group in "$LAB_TG_INTERNAL_ARN" "$LAB_TG_EXTERNAL_ARN"; do
  until_true "old targets are gone" drained "$group"
done

members=$survivor=https://etcd-0.$LAB_ZONE:2380
added() {
  id=$(etcdctl member add "$1" --learner --peer-urls "$2" 2> /dev/null |
    sed -n 's/^Member *\([0-9a-f]*\) added.*/\1/p')
  [ -n "$id" ]
}
for i in 0 1; do
  name=${new[i]%=*} url=https://etcd-$((i + 1)).$LAB_ZONE:2380
  members+=,$name=$url
  until_true "$name is added" added "$name" "$url"
  on "$name" sudo sh -s << JOIN
set -e
rm -rf /var/lib/etcd
cat >> /etc/etcd/etcd.env << ENV
ETCD_INITIAL_ADVERTISE_PEER_URLS=$url
ETCD_INITIAL_CLUSTER=$members
ETCD_INITIAL_CLUSTER_STATE=existing
ENV
systemctl enable --quiet etcd
systemctl start etcd
JOIN
  until_true "$name votes" etcdctl member promote "$id" > /dev/null 2>&1
done

all=https://$survivor_ip:2379,https://${new[0]#*=}:2379,https://${new[1]#*=}:2379
until_true "all members are healthy" \
  env ETCDCTL_ENDPOINTS="$all" etcdctl endpoint health > /dev/null 2>&1
say "fresh backup"
etcdctl snapshot save "$LAB_BACKUPS/after.db" > /dev/null 2>&1
say "done"
