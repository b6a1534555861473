#!/usr/bin/env bash
# A stand-in for OpenShift 4.1's script of this name: see openshift-recovery-tools.
#
# etcd-snapshot-restore.sh SNAPSHOT NAME=URL
set -o errexit -o pipefail
if [ "$EUID" -ne 0 ]; then
  echo 'This script must be run as root'
  exit 1
fi
if [ -z "${1:-}" ]; then
  echo 'Path to snapshot is required: ./etcd-snapshot-restore.sh $path-to-snapshot'
  exit
fi
snapshot=$1 cluster=${2:-}
ASSET_DIR=./assets
MANIFESTS=/etc/kubernetes/manifests
DATA_DIR=/var/lib/etcd
ETCDCTL=$ASSET_DIR/bin/etcdctl
. /usr/local/bin/openshift-recovery-tools
listed=$ASSET_DIR/tmp/stopped-static-pods

stop_static_pods() {
  echo 'Stopping all static pods..'
  mkdir -p "$STOPPED"
  find "$MANIFESTS" -maxdepth 1 -type f -printf '%f\n' > "$listed"
  while read -r manifest; do
    echo "..stopping $manifest"
    mv "$MANIFESTS/$manifest" "$STOPPED"
  done < "$listed"
}

restore_snapshot() {
  if [ ! -f "$snapshot" ]; then
    echo "Snapshot file not found, restore failed: $snapshot."
    exit 1
  fi
  echo "Restoring etcd member $ETCD_NAME from snapshot.."
  "$ETCDCTL" snapshot restore "$snapshot" \
    --name "$ETCD_NAME" \
    --initial-cluster "$cluster" \
    --initial-cluster-token etcd-cluster-1 \
    --skip-hash-check=true \
    --initial-advertise-peer-urls "https://$ETCD_IPV4_ADDRESS:2380" \
    --data-dir "$DATA_DIR"
}

# Whatever lies there is started, by whomever it was put there.
start_static_pods() {
  echo 'Starting static pods..'
  find "$STOPPED" -maxdepth 1 -type f -printf '%f\n' > "$listed"
  while read -r manifest; do
    echo "..starting $manifest"
    mv "$STOPPED/$manifest" "$MANIFESTS"
  done < "$listed"
}

make_assets
download_etcdctl
backup_manifest
discovery_domain
require_environment
. "$RUN_ENV"
ETCD_NAME=$(grep -oP "[^,\\s]*(?==[^=]*\\Q$ETCD_DNS_NAME\\E\\b)" <<< "$cluster")
stop_static_pods
stop_etcd
echo 'Stopping kubelet..'
systemctl stop kubelet.service
echo 'Stopping all containers..'
crictl ps -q | xargs -r crictl stop
backup_data_dir
echo "Removing etcd data-dir $DATA_DIR"
rm -rf "$DATA_DIR"
restore_snapshot
start_static_pods
echo 'Starting kubelet..'
systemctl daemon-reload
systemctl start kubelet.service
