command: sysctl -n net.ipv4.ip_forward net.ipv6.conf.all.forwarding
host: srv
at: 1795350600.25
recognised: no
