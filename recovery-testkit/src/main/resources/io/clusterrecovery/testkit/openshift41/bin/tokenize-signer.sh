#!/usr/bin/env bash
# A stand-in for OpenShift 4.1's script of this name: see openshift-recovery-tools.
#
# tokenize-signer.sh HOSTNAME
set -o errexit -o pipefail
: "${KUBE_ETCD_SIGNER_SERVER:?Need to set KUBE_ETCD_SIGNER_SERVER}"
if [ -z "${1:-}" ]; then
  echo 'Hostname required: ./tokenize-signer.sh ip-10-0-134-97'
  exit
fi
ASSET_DIR=./assets
MANIFESTS=/etc/kubernetes/manifests
DATA_DIR=/var/lib/etcd
ETCDCTL=$ASSET_DIR/bin/etcdctl
TEMPLATES=/usr/local/share/openshift-recovery/template
. /usr/local/bin/openshift-recovery-tools
manifest=$ASSET_DIR/manifests/kube-etcd-cert-signer.yaml

make_assets
echo "Populating template $TEMPLATES/kube-etcd-cert-signer.yaml.template"
echo "Populating template $ASSET_DIR/tmp/kube-etcd-cert-signer.yaml.stage1"
sed -e "s|__MASTER_HOSTNAME__|$1|" -e "s|__KUBE_ETCD_SIGNER_SERVER__|$KUBE_ETCD_SIGNER_SERVER|" \
  "$TEMPLATES/kube-etcd-cert-signer.yaml.template" > "$manifest"
echo "Tokenized template now ready: $manifest"
