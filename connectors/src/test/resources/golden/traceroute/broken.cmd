command: traceroute 8.8.8.8
host: cli
at: 1795350600.25
unread: 0
recognised: no
