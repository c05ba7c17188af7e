command: traceroute -n 8.8.8.8
host: cli
at: 1795350600.25
