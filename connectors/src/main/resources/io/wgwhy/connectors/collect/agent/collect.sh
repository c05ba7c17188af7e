#!/bin/sh
# wgwhy: looks at this host and prints a recording, for `wgwhy diagnose`. Changes nothing, needs no Java.
#
#   sh collect.sh [SECONDS [NAME]] > recording.jsonl        as root, while the trouble is there
#
# SECONDS: how long to look, 20 unless told. NAME: what the host is to be called, its own name unless told.
# Runs the tools that are there: wg, ip, tcpdump, nft, iptables, ss, ... (POSIX sh; BusyBox will do.)
# Private and preshared keys are cut out before anything is written.

main() {
  LC_ALL=C
  PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin:/opt/sbin:/opt/bin
  export LC_ALL PATH
  umask 077
  seconds=${1:-20}
  case $seconds in '' | *[!0-9]*) echo 'usage: sh collect.sh [SECONDS [NAME]] > recording.jsonl' >&2; exit 2 ;; esac
  [ "$seconds" -ge 5 ] || seconds=5
  name=${2:-$(uname -n)}
  case $name in '' | *[!A-Za-z0-9._:-]*) name=host ;; esac
  tab=$(printf '\t')
  case $(date +%N 2> /dev/null) in '' | *[!0-9]*) now=%s ;; *) now=%s.%N ;; esac
  limit=
  timeout 1 true > /dev/null 2>&1 && limit='timeout 10'
  root=
  [ "$(id -u)" = 0 ] || { sudo -n true > /dev/null 2>&1 && root='sudo -n'; }
  json=
  ip -j addr > /dev/null 2>&1 && json=-j
  work=$(mktemp -d 2> /dev/null) || { work=/tmp/wgwhy.$$; mkdir "$work" || exit 2; }
  taps=
  trap 'end' EXIT
  trap 'exit 1' HUP INT PIPE TERM

  devices=$(outer)
  for device in $devices; do
    tap "$device" in
    tap "$device" out
  done
  everything
  left=$seconds
  while [ "$left" -gt 0 ]; do
    sleep 5
    left=$((left - 5))
    see $root wg show all dump
    windows
  done
  everything
}

# What is run once at the beginning and once at the end: counters are compared.
everything() {
  see ip $json addr
  see ip $json -s -s link
  see ip $json route show table all
  see $root wg show all dump
  see cat /proc/net/snmp /proc/net/netstat
  see $root ss -lunp
  see $root conntrack -L -p udp
  has nft && see $root nft -j list ruleset
  has iptables-save && see $root iptables-save -c
  has ip6tables-save && see $root ip6tables-save -c
  see ip $json rule
  see ip $json neigh
  see cat /etc/resolv.conf
  has timedatectl && see timedatectl show
  has chronyc && see chronyc tracking
  see $root sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter net.ipv4.conf.default.rp_filter \
    net.ipv4.conf.all.src_valid_mark net.ipv6.conf.all.forwarding net.ipv6.conf.all.disable_ipv6
  for interface in $($root wg show interfaces 2> /dev/null); do
    case $interface in -* | *[!A-Za-z0-9_=+.-]* | ????????????????*) continue ;; esac
    see $root cat "/etc/wireguard/$interface.conf"
    has journalctl && see $root journalctl -u "wg-quick@$interface" -o cat -n 200 -q --no-pager
    for address in $($root wg show "$interface" endpoints 2> /dev/null | endpoints); do
      see ip route get "$address"
    done
  done
}

has() { command -v "$1" > /dev/null 2>&1; }

# Devices on which WireGuard's own packets may come and go: up, with an address, no container's.
outer() {
  ip -o addr 2> /dev/null | awk '$3 ~ /^inet/ && !/scope (host|link)/ { sub(/@.*/, "", $2); print $2 }' \
    | grep -E '^[A-Za-z0-9_=+][A-Za-z0-9_=+.-]*$' | grep -Ev '^(lo|wg|docker|br-|veth|virbr|lxc|tap|tun|dummy)' \
    | sort -u | head -n 4
}

# The addresses of peers that are known, 8 at most.
endpoints() {
  awk '$2 ~ /:[0-9]+$/ { sub(/:[0-9]+$/, "", $2); gsub(/[][]/, "", $2); print $2 }' \
    | grep -E '^[0-9a-fA-F:.]+$' | head -n 8
}

tap() {
  has tcpdump || { printf 'tcpdump: not found\n127\n' | record "$(capture "$1" "$2")"; return 0; }
  $root tcpdump -l -n -q -tt -s 128 -i "$1" -Q "$2" "$filter" > "$work/$1.$2" 2> "$work/$1.$2.log" < /dev/null &
  echo $! > "$work/$1.$2.pid"
  taps="$taps $!"
}

capture() { printf "tcpdump -l -n -q -tt -s 128 -i %s -Q %s '%s'" "$1" "$2" "$filter"; }

# The lines that each capture printed since the last window.
windows() {
  for device in $devices; do
    for way in in out; do
      file=$work/$device.$way
      [ -e "$file" ] || continue
      gone=
      $root kill -0 "$(cat "$file.pid")" 2> /dev/null || gone=1
      old=$(cat "$file.seen" 2> /dev/null || echo 0)
      all=$(wc -l < "$file")
      echo $((all)) > "$file.seen"
      if [ -n "$gone" ]; then
        # It looks at nothing any more: that is said, and no empty window after it.
        { awk -v old="$old" 'NR > old' "$file"; grep '^tcpdump: ' "$file.log" | grep -v '^tcpdump: verbose'; echo 1; } \
          | record "$(capture "$device" "$way")"
        rm -f "$file"
      elif grep -q '^listening on' "$file.log"; then
        { awk -v old="$old" -v all="$all" 'NR > old && NR <= all' "$file"; echo 0; } | record "$(capture "$device" "$way")"
      else
        { grep -v '^tcpdump: verbose' "$file.log"; echo 1; } | record "$(capture "$device" "$way")"
        rm -f "$file"
      fi
    done
  done
}

end() {
  trap - EXIT
  for process in $taps; do $root kill "$process" 2> /dev/null; done
  rm -rf "$work"
}

# Runs a command and records what it prints, without what it was run by.
see() {
  line=$*
  [ -z "$root" ] || line=${line#"$root" }
  program=${line%% *}
  if has "$program"; then
    { $limit "$@" 2>&1 < /dev/null; printf '\n%s\n' $?; } | record "$line"
  else
    printf '%s: not found\n127\n' "$program" | record "$line"
  fi
}

# A line of the recording. Input: the output, and its exit code in a line of its own.
record() {
  tr -d '\000-\010\013-\037\177-\377' | awk -v dump="$(case $1 in *' dump') echo 1 ;; esac)" "$clean$cut" \
    | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$tab/\\\\t/g" \
    | at=$(date +$now) host=$name command=$1 awk "$clean"'
        NR > 1 { size += length(last) + 2; if (size < 1000000) text[NR - 1] = last; else over = 1 }
        { last = $0 }
        END {
          n = NR - 1
          if (text[n] == "") n--
          line = clean(ENVIRON["command"])
          gsub(/"/, "\\\"", line)
          printf "{\"at\":%s,\"host\":\"%s\",\"command\":\"%s\",\"exit\":%d,\"output\":\"", ENVIRON["at"], ENVIRON["host"], line, over ? 125 : last
          if (over) printf "wgwhy: more than 1000000 bytes, not kept\\n"
          else for (i = 1; i <= n; i++) printf "%s\\n", text[i]
          printf "\"}\n"
        }'
}

# Of all that looks like a key only what stands where a public key stands is left (see wg(8)).
clean='
BEGIN { for (i = 0; i < 40; i++) key = key "[A-Za-z0-9+/]"; key = key "[A-Za-z0-9+/]*=*"
  for (i = 0; i < 12; i++) part = part "[A-Za-z0-9+/]"; part = part "[A-Za-z0-9+/]*=*" }
function clean(line,  out, before) {
  if (match(line, /([Pp][Rr][Ii][Vv][Aa][Tt][Ee]|[Pp][Rr][Ee][Ss][Hh][Aa][Rr][Ee][Dd])[_ -]?[Kk][Ee][Yy]["\047]?([ \t]*[=:][ \t]*|[ \t]+)/) \
      || match(line, /Key is not the correct length or format: .?/) || match(line, /Line unrecognized: [^=]*=/)) {
    if (substr(line, RSTART + RLENGTH) !~ /^(\((none|hidden)\)|$)/) line = substr(line, 1, RSTART + RLENGTH - 1) "(hidden)"
  }
  while (match(line, key)) {
    before = out substr(line, 1, RSTART - 1)
    if (before ~ /([Pp][Uu][Bb][Ll][Ii][Cc][_ -]?[Kk][Ee][Yy]["\047]?[ \t]*[=: ][ \t]*["\047]?|(^|[^A-Za-z0-9_])[Pp][Ee][Ee][Rr]:?[ \t]+)$/)
      out = before substr(line, RSTART, RLENGTH)
    else
      out = before "(hidden)"
    line = substr(line, RSTART + RLENGTH)
  }
  return out line
}
'
cut='
dump {
  n = split($0, column, "\t")
  secret = n == 5 ? 2 : n == 9 ? 3 : n == 4 ? 1 : n == 8 ? 2 : 0
  known = n == 5 ? 3 : n == 9 ? 2 : n == 4 ? 2 : n == 8 ? 1 : 0
  if (secret) {
    if (column[secret] != "(none)") column[secret] = "(hidden)"
    line = ""
    for (i = 1; i <= n; i++) line = line (i > 1 ? "\t" : "") (i == known ? column[i] : clean(column[i]))
    print line
    next
  }
  gsub(part, "(hidden)")
}
{ print clean($0) }'

# Messages of a handshake by size and first byte, and ICMP errors: no data, no payload.
filter='@FILTER@'

main "$@"
