command: cat /proc/sys/net/ipv4/ip_forward
host: srv
at: 1795350600.25
recognised: no
