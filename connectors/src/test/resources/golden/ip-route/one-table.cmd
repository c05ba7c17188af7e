command: ip route show table 51820
host: cli
at: 1795350600.25
exit: 0
