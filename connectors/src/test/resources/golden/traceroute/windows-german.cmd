command: tracert -d 192.168.178.20
host: cli
at: 1795350600.25
