command: ping 10.66.66.1
host: cli
at: 1795350600.25
recognised: no
