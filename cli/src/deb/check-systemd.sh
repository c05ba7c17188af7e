#!/bin/sh
# The package under a real systemd: boots a copy of this system that nobody else sees, installs the package, has it publish what a
# WireGuard interface shows to a broker inside, stops it, purges it. Once as the user wgwhy, once as root for wireguard-go.
# Needs root, overlayfs, cgroup2, /dev/net/tun, systemd, wireguard-go: sudo sh cli/src/deb/check-systemd.sh cli/target/wgwhy-collector.deb
set -eu
self=$(readlink -f -- "$0")

say() { printf '== %s\n' "$*"; }

# From outside: namespaces of its own, and a control group in which a systemd may be the first process.
outside() {
  deb=$(readlink -f -- "$1")
  work=$(mktemp -d)
  groups=/sys/fs/cgroup
  [ -e "$groups/cgroup.controllers" ] || groups=$groups/unified
  [ -e "$groups/cgroup.procs" ] || { echo "no cgroup2 is mounted here" >&2; exit 2; }
  group=$groups/$(basename "$work")
  mkdir "$group"
  trap 'end' EXIT
  trap 'exit 130' HUP INT TERM
  (echo 0 > "$group/cgroup.procs" && exec unshare --mount --pid --fork --kill-child --net --uts --ipc --cgroup --propagation private \
    sh "$self" "$deb" "$work" boot) &
  unshared=$!
  await "$work/booted"
  first=$(cat "/proc/$unshared/task/$unshared/children")
  first=${first%% *}
  nsenter -t "$first" -a env -i PATH="$PATH" HOME=/root sh /root/check.sh none none inside
}

end() {
  code=$?
  kill -KILL "$unshared" 2> /dev/null || :
  wait "$unshared" 2> /dev/null || :
  # What systemd had started goes with the first process of its namespace.
  for i in $(seq 50); do
    find "$group" -depth -type d -exec rmdir {} + 2> /dev/null && break
    sleep 0.1
  done
  rm -rf "$work"
  exit "$code"
}

await() {
  for i in $(seq 600); do
    [ ! -e "$1" ] || return 0
    sleep 0.1
  done
  echo "waited for $1 in vain" >&2
  exit 1
}

# In its namespaces: the copy becomes /, systemd the first process.
boot() {
  deb=$1 work=$2
  at=$(readlink -f -- "$(dirname "$deb")")
  disk=$work/disk
  mkdir "$disk"
  mount -t tmpfs none "$disk"
  mkdir "$disk/upper" "$disk/work" "$disk/root"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$disk/upper,workdir=$disk/work" "$disk/root"
  cd "$disk/root"
  mount -t proc proc proc
  mount -t sysfs sysfs sys
  mount -t cgroup2 cgroup2 sys/fs/cgroup
  for it in run tmp dev; do mount -t tmpfs -o mode=755 none "$it"; done
  chmod 1777 tmp
  for it in null zero full random urandom tty; do touch "dev/$it"; mount --bind "/dev/$it" "dev/$it"; done
  mkdir dev/net dev/pts dev/shm opt/wgwhy
  touch dev/net/tun
  mount --bind /dev/net/tun dev/net/tun
  mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
  ln -s pts/ptmx dev/ptmx
  cp "$deb" root/package.deb
  cp "$self" root/check.sh
  cp -r "$at/wgwhy.jar" "$at/lib" opt/wgwhy/
  ip link set lo up
  mkdir was
  touch "$work/booted"
  pivot_root . was
  umount -l /was
  exec env -i container=wgwhy PATH="$PATH" /sbin/init --unit=basic.target --log-target=null --show-status=0
}

wgwhy() { java -XX:TieredStopAtLevel=1 -jar /opt/wgwhy/wgwhy.jar "$@" --tenant acme --bootstrap-server 127.0.0.1:9092; }

# Until the table of findings says it.
found() {
  for i in $(seq 20); do
    if wgwhy findings --table 2> /dev/null | grep -- "$1"; then return 0; fi
    sleep 3
  done
  echo "not found: $1" >&2
  systemctl status --no-pager --full wgwhy-collector >&2 || :
  exit 1
}

inside() {
  for i in $(seq 300); do
    ! systemctl is-system-running 2> /dev/null | grep -q 'running\|degraded' || break
    sleep 0.1
  done
  say "systemd $(systemctl --version | sed -n '1s/systemd \([0-9]*\).*/\1/p'), $(systemctl is-system-running || :)"
  ip link add eth0 type veth peer name provider
  ip link set provider up
  ip addr add 192.0.2.10/24 dev eth0
  ip link set eth0 up
  ip route add default via 192.0.2.1
  systemd-run --quiet --unit=userspace wireguard-go -f wg0
  for i in $(seq 50); do [ ! -e /run/wireguard/wg0.sock ] || break; sleep 0.1; done
  (umask 077 && wg genkey > /root/key)
  wg set wg0 private-key /root/key peer "$(wg genkey | wg pubkey)" endpoint 192.0.2.99:51820 allowed-ips 10.66.66.2/32 persistent-keepalive 5
  ip link set wg0 up
  systemd-run --quiet --unit=broker java -Xmx512m -XX:TieredStopAtLevel=1 -jar /opt/wgwhy/wgwhy.jar engine --embedded \
    --tenant acme --data-folder /var/tmp/broker

  say install
  dpkg --install /root/package.deb
  systemd-analyze security --no-pager wgwhy-collector | tail -n 1
  printf 'bootstrap-server = 127.0.0.1:9092\ntenant = acme\n' >> /etc/wgwhy/collect.properties
  systemctl enable --quiet --now wgwhy-collector
  say "as wgwhy: the socket of wireguard-go is root's, and that is said"
  found 'wg could not be run (not-permitted)'

  say "as root, for wireguard-go"
  mkdir /etc/systemd/system/wgwhy-collector.service.d
  cp /usr/share/wgwhy-collector/userspace.conf /etc/systemd/system/wgwhy-collector.service.d/
  systemctl daemon-reload
  systemctl restart wgwhy-collector
  found 'wg0 -> peer'
  ! wgwhy findings --table 2> /dev/null | grep 'could not be run' || exit 1
  for i in $(seq 30); do [ "$(pgrep -c -u nobody -x tcpdump)" != 2 ] || break; sleep 1; done
  ps -o user=,args= --ppid "$(systemctl show --property MainPID --value wgwhy-collector)" | cut -c 1-72
  [ "$(pgrep -c -u nobody -x tcpdump)" = 2 ] || { echo "not in and out on eth0" >&2; exit 1; }
  [ "$(pgrep -c -f ' monitor ')" = 3 ] || { echo "not all monitors run" >&2; exit 1; }

  say stop
  systemctl stop wgwhy-collector
  systemctl show --property Result --property ExecMainStatus wgwhy-collector
  ! pgrep tcpdump || exit 1

  say purge
  dpkg --purge wgwhy-collector
  for it in /etc/wgwhy /var/cache/wgwhy /usr/share/wgwhy-collector; do [ ! -e "$it" ] || { echo "left: $it" >&2; exit 1; }; done
  ! getent passwd wgwhy || exit 1
  say good
}

case ${3:-outside} in
  outside) outside "$1" ;;
  boot) boot "$1" "$2" ;;
  inside) inside ;;
esac
