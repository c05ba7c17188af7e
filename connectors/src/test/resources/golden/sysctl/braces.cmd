command: cat /proc/sys/net/ipv4/conf/{all,eth1}/rp_filter
host: gw
at: 1795350600.25
recognised: no
