#!/bin/sh
# Makes the root file system that every lab host boots from, in the folder given as the only
# argument. Its digest is part of the folder's name in the cache: change a byte here and the
# next installation makes a new one.
set -eu
target=$1

packages=systemd,systemd-sysv,dbus,openssh-server,sudo,iproute2,iptables,ca-certificates
packages=$packages,curl,procps,psmisc,bind9-dnsutils,netcat-openbsd,zstd,xz-utils,kmod
packages=$packages,containerd,runc,conntrack,ethtool,socat,containernetworking-plugins
packages=$packages,dnsmasq-base,haproxy,zsh,tcsh,fish

# Host keys, machine id, host name and resolver belong to a host, not to the tree all of them share.
mmdebstrap --quiet --variant=minbase --include="$packages" \
  --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' \
  --customize-hook='chroot "$1" useradd --create-home --shell /bin/bash --uid 1000 core' \
  --customize-hook='chroot "$1" useradd --system --no-create-home --shell /usr/sbin/nologin etcd' \
  --customize-hook='rm -f "$1"/etc/ssh/ssh_host_* "$1"/etc/machine-id "$1"/etc/hostname' \
  --customize-hook='rm -f "$1"/etc/resolv.conf "$1"/var/lib/dbus/machine-id' \
  --customize-hook='rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/*' \
  bookworm "$target"
