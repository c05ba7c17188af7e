command: ping -c 3 192.168.60.1
host: cli
at: 1795350600.25
