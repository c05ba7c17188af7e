command: ping -c 2 192.168.1.20
host: cli
at: 1795350600.25
