command: ping -c 2 10.50.0.1
host: cli
at: 1795350600.25
