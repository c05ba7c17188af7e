command: grep -r . /proc/sys/net/ipv4/conf
host: srv
at: 1795350600.25
