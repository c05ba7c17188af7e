command: ping -c 1 10.66.66.1; ping -c 1 192.0.2.80
host: cli
at: 1795350600.25
exit: 0
recognised: no
unread: 0
