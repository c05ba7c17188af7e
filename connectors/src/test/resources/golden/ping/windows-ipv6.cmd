command: ping fd00:66::1
host: cli
at: 1795350600.25
