#!/bin/sh
# Installs the package over a copy of this system that nobody else sees, starts what it installed, removes it again.
# Needs root, overlayfs and a Debian with the package's dependencies: sudo sh cli/src/deb/check.sh cli/target/wgwhy-collector.deb
set -eu
deb=$(readlink -f -- "$1")
if [ "${2:-}" != inside ]; then
  exec unshare -m sh "$0" "$deb" inside
fi
work=$(mktemp -d)
mount -t tmpfs none "$work"
mkdir "$work/upper" "$work/work" "$work/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" "$work/root"
for it in proc dev; do mount --rbind "/$it" "$work/root/$it"; done
cp "$deb" "$work/root/package.deb"
chroot "$work/root" sh -eu -c '
  say() { printf "%s\n" "== $*"; }
  say install; dpkg -i /package.deb
  say version; wgwhy-collect --version
  say settings; stat -c "%A %U:%G %n" /etc/wgwhy /etc/wgwhy/collect.properties
  mkdir -p /var/cache/wgwhy && chown wgwhy /var/cache/wgwhy
  as="setpriv --reuid wgwhy --regid wgwhy --clear-groups --inh-caps -all,+net_admin,+net_raw
    --ambient-caps -all,+net_admin,+net_raw --bounding-set -all,+net_admin,+net_raw --no-new-privs --"
  say prepare; $as wgwhy-collect --prepare; ls -l /var/cache/wgwhy
  say look; $as wgwhy-collect --once --dry-run > /facts.jsonl; grep -o "\"kind\":\"[a-z-]*\"" /facts.jsonl | sort | uniq -c
  grep heartbeat /facts.jsonl
  say purge; dpkg --purge wgwhy-collector; [ ! -e /usr/bin/wgwhy-collect ]; ! getent passwd wgwhy || exit 1
'
echo "== good"
