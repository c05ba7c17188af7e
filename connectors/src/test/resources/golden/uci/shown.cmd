command: uci show network
host: srv
at: 1795350600.25
