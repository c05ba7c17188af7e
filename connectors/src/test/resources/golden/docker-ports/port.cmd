command: docker port wireguard
host: srv
at: 1795350600.25
