command: traceroute -n 192.168.10.20
host: cli
at: 1795350600.25
