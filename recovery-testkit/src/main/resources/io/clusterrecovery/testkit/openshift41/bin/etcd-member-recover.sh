#!/usr/bin/env bash
# A stand-in for OpenShift 4.1's script of this name: see openshift-recovery-tools.
#
# etcd-member-recover.sh ADDRESS-OF-THE-SIGNER NAME-OF-THE-NEW-MEMBER
set -o errexit -o pipefail
if [ "$EUID" -ne 0 ]; then
  echo 'This script must be run as root'
  exit 1
fi
: "${SETUP_ETCD_ENVIRONMENT:?Need to set SETUP_ETCD_ENVIRONMENT}"
: "${KUBE_CLIENT_AGENT:?Need to set KUBE_CLIENT_AGENT}"
if [ -z "${1:-}" ] || [ -z "${2:-}" ]; then
  echo 'Recovery server IP address and etcd name required: ./etcd-member-recover.sh 192.168.1.100 $etcd_name'
  exit 1
fi
RECOVERY_SERVER_IP=$1 ETCD_NAME=$2
ASSET_DIR=./assets
MANIFESTS=/etc/kubernetes/manifests
DATA_DIR=/var/lib/etcd
ETCD_CONF=/etc/etcd/etcd.conf
CERTIFICATES=/etc/kubernetes/static-pod-resources/etcd-member
ETCDCTL=$ASSET_DIR/bin/etcdctl
TEMPLATES=/usr/local/share/openshift-recovery/template
. /usr/local/bin/openshift-recovery-tools
backup=$ASSET_DIR/backup

backup_etcd_conf() {
  if [ -e "$backup/etcd.conf" ]; then
    echo "etcd.conf backup upready exists $backup/etcd.conf"
  else
    echo "Backing up $ETCD_CONF to $backup/"
    cp "$ETCD_CONF" "$backup/"
  fi
}

backup_client_certs() {
  echo 'Trying to backup etcd client certs..'
  if [ -f "$backup/etcd-ca-bundle.crt" ] && [ -f "$backup/etcd-client.crt" ] && [ -f "$backup/etcd-client.key" ]; then
    echo "etcd client certs already backed up and available $backup/"
    return 0
  fi
  for pod in /etc/kubernetes/static-pod-resources/kube-apiserver-pod-[0-9]*; do
    authority=$pod/configmaps/etcd-serving-ca/ca-bundle.crt client=$pod/secrets/etcd-client/tls
    if [ -f "$authority" ] && [ -f "$client.crt" ] && [ -f "$client.key" ]; then
      echo "etcd client certs found in $pod backing up to $backup/"
      cp "$authority" "$backup/etcd-ca-bundle.crt"
      cp "$client.crt" "$backup/etcd-client.crt"
      cp "$client.key" "$backup/etcd-client.key"
      return 0
    fi
    echo "$pod does not contain etcd client certs, trying next .."
  done
  echo 'backup failed: client certs not found'
  exit 1
}

number_of() { (ls "$1"/system:etcd-* 2> /dev/null || true) | wc -l; }

# Removes those that are there, too.
backup_certs() {
  if [ "$(number_of "$backup")" -gt 1 ]; then
    echo "etcd TLS certificate backups found in $backup.."
  elif [ "$(number_of "$CERTIFICATES")" -eq 0 ]; then
    echo 'etcd TLS certificates not found, backup skipped..'
  else
    echo 'Backing up etcd certificates..'
    cp "$CERTIFICATES"/system:etcd-* "$backup/"
  fi
  if [ "$(number_of "$CERTIFICATES")" -gt 1 ]; then
    echo 'Removing etcd certs..'
    rm -f "$CERTIFICATES"/system:etcd-*
  fi
}

in_base64() { base64 < "$1" | tr -d '\n'; }

write_recovery_config() {
  cat > "$CERTIFICATES/.recoveryconfig" << END
clusters:
- cluster:
    certificate-authority-data: $(in_base64 "$backup/etcd-ca-bundle.crt")
    server: https://$RECOVERY_SERVER_IP:9943
  name: ${domain%%.*}
contexts:
- context:
    cluster: ${domain%%.*}
    user: kubelet
  name: kubelet
current-context: kubelet
preferences: {}
users:
- name: kubelet
  user:
    client-certificate-data: $(in_base64 "$backup/etcd-client.crt")
    client-key-data: $(in_base64 "$backup/etcd-client.key")
END
}

write_certificates_manifest() {
  echo "Populating template $TEMPLATES/etcd-generate-certs.yaml.template"
  echo "Populating template $ASSET_DIR/tmp/etcd-generate-certs.stage1"
  echo "Populating template $ASSET_DIR/tmp/etcd-generate-certs.stage2"
  sed -e "s|__ETCD_DISCOVERY_DOMAIN__|$domain|" \
    -e "s|__SETUP_ETCD_ENVIRONMENT__|$SETUP_ETCD_ENVIRONMENT|" \
    -e "s|__KUBE_CLIENT_AGENT__|$KUBE_CLIENT_AGENT|" \
    "$TEMPLATES/etcd-generate-certs.yaml.template" > "$STOPPED/etcd-generate-certs.yaml"
}

# Without a signer there is no end to it.
get_certificates() {
  echo 'Starting etcd client cert recovery agent..'
  mv "$STOPPED/etcd-generate-certs.yaml" "$MANIFESTS"
  while [ "$(ls "$CERTIFICATES" | wc -l)" -lt 9 ]; do
    echo 'Waiting for certs to generate..'
    sleep 10
  done
  echo 'Stopping cert recover..'
  [ ! -f "$MANIFESTS/etcd-generate-certs.yaml" ] || mv "$MANIFESTS/etcd-generate-certs.yaml" "$STOPPED"
  for pod in generate-env generate-certs; do
    while [ -n "$(crictl pods -name "$pod" --state Ready -q)" ]; do
      echo "Waiting for $pod to stop"
      sleep 10
    done
  done
}

# The data is gone before it is known whether the cluster takes the member.
add_member() {
  echo 'Updating etcd membership..'
  if [ -d "$DATA_DIR" ]; then
    echo "Removing etcd data_dir $DATA_DIR.."
    rm -rf "$DATA_DIR"
  fi
  set +o errexit
  answer=$("$ETCDCTL" --cert "$backup/etcd-client.crt" --key "$backup/etcd-client.key" \
    --cacert "$backup/etcd-ca-bundle.crt" --endpoints "$RECOVERY_SERVER_IP:2379" \
    member add "$ETCD_NAME" --peer-urls="https://$ETCD_DNS_NAME:2380")
  status=$?
  set -o errexit
  echo "$answer"
  [ "$status" -eq 0 ] || exit 1
  printf '\n\n#[recover]\n%s\n' "$(sed 1,2d <<< "$answer")" >> "$ETCD_CONF"
}

make_assets
download_etcdctl
backup_manifest
discovery_domain
require_environment
. "$RUN_ENV"
backup_etcd_conf
backup_client_certs
stop_etcd
backup_data_dir
backup_certs
write_recovery_config
write_certificates_manifest
get_certificates
echo 'Patching etcd-member manifest..'
sed '/ --discovery-srv/d' "$backup/etcd-member.yaml" > "$STOPPED/etcd-member.yaml"
add_member
start_etcd
