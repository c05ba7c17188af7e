command: ip route show table all
host: cli
at: 1795350600.25
exit: 0
