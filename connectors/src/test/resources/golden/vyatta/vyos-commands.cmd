command: show configuration commands
host: gw
at: 1795350600.25
