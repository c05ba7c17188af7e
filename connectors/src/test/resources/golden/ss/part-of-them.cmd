command: ss -lunp | grep 51820
host: srv
at: 1795350600.25
